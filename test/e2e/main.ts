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
  // Vitest ends with this process even if that is killed, as its daemons end with it.
  const child = spawn('/usr/bin/setpriv', ['--pdeathsig', 'INT', process.execPath, ...vitest], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, GRANTREE_E2E_DIRECTORY: directory },
    detached: true,
  })
  // In a group of its own, all of which ends at once: vitest would leave its workers to themselves, and they go on for a while.
  const interrupt = () => child.pid !== undefined && process.kill(-child.pid, 'SIGINT')
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status, signal) => resolve(status ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
  process.off('SIGINT', interrupt)
  process.off('SIGTERM', interrupt)
  rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
  return code
}
