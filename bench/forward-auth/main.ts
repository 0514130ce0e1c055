import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CannotRun } from '../../test/e2e/cannot-run.js'
import { install } from '../../test/e2e/install.js'
import { runOrThrow } from '../../test/e2e/run-command.js'
import { startCeph } from '../../test/e2e/services/ceph.js'
import { type Service, stopAll } from '../../test/e2e/services/service.js'
import { report } from '../result.js'
import { checkAnswers } from './check-answers.js'
import { startContenders } from './contenders.js'
import { barsOf, measurementsOf } from './measurements.js'
import { timeInTurn } from './rounds.js'

/**
 * Measures what forward-auth by nginx and grantree leaves of a gateway's requests per second. Prints the result to standard output; the lines on
 * standard error are percentages and what is being done, for bench/run.ts.
 */
const SECONDS = 3
const ROUNDS = 7
const root = fileURLToPath(new URL('../..', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'grantree-bench-'))
const running: Service[] = []
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cleanUp().finally(() => process.exit(1)))

try {
  tell(0, 'installing what is missing')
  install()
  await runOrThrow(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'src'], { cwd: root, timeout: 300_000 })
  tell(2, 'starting the gateway')
  const cephDirectory = join(directory, 'ceph')
  mkdirSync(cephDirectory)
  const ceph = await startCeph(cephDirectory)
  running.push(ceph)
  tell(12, 'putting objects')
  const contenders = await startContenders(ceph, directory, running)
  tell(20, 'checking answers')
  for (const contender of contenders) await checkAnswers(contender)
  const runs = await timeInTurn(contenders, { seconds: SECONDS, rounds: ROUNDS, onRound: (share) => tell(20 + 80 * share, 'timing') })
  report('forward-auth', measurementsOf(runs), [], barsOf(runs))
} catch (error) {
  if (!(error instanceof CannotRun)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
} finally {
  await cleanUp()
}

function tell(percentage: number, what: string): void {
  process.stderr.write(`${percentage.toFixed(0)} ${what}\n`)
}

async function cleanUp(): Promise<void> {
  await stopAll(running)
  rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
}
