import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CannotRun } from './cannot-run.js'
import { install } from './install.js'

/**
 * `npm run test:e2e`: installs what is missing, then runs vitest on this folder. Arguments go to vitest. Ends with vitest's exit code, or
 * with 2 where the machine lacks something.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))

try {
  install()
  process.exitCode = await runTests(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof CannotRun)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}

async function runTests(args: readonly string[]): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'grantree-e2e-'))
  const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/e2e/vitest.config.ts', ...args]
  const child = spawn(process.execPath, vitest, { cwd: root, stdio: 'inherit', env: { ...process.env, GRANTREE_E2E_DIRECTORY: directory } })
  // Ctrl-C reaches vitest by itself, and its daemons end with it; this process stays to remove what they leave.
  const ignore = () => {}
  process.on('SIGINT', ignore)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status, signal) => resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
  process.off('SIGINT', ignore)
  rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
  return code
}
