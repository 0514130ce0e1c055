import { parseArgs } from 'node:util'
import cliProgress from 'cli-progress'
import { showFinding, showTally } from './report.js'
import { run } from './run.js'

/** `npm run fuzz -- --requests 1000000 --seed 7`: random and mutated requests, each answer judged by an oracle of its own. */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '1000000' },
    /** What all requests are made from; printed, so that a run can be repeated. */
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
const [requests, seed] = [Number(values.requests), Number(values.seed)]
if (!Number.isSafeInteger(requests) || requests < 1 || !Number.isSafeInteger(seed))
  throw new Error('--requests and --seed are whole numbers')
process.stderr.write(`seed ${seed}\n`)
const bar = new cliProgress.SingleBar({
  stream: process.stderr,
  format: '{bar} {percentage}% | {value} of {total} | {eta_formatted} left',
  clearOnComplete: true,
})
if (process.stderr.isTTY) bar.start(requests, 0)
const start = performance.now()
const memoryBefore = process.memoryUsage().heapUsed
const tally = await run({ requests, seed, onProgress: (done) => bar.update(done) })
bar.stop()
process.stdout.write(`seed ${seed}\n${showTally(tally, (performance.now() - start) / 1000)}\n`)
const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0)
process.stdout.write(
  `\nmemory: heap ${megabytes(memoryBefore)} MB before, ${megabytes(process.memoryUsage().heapUsed)} MB after, most resident ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB\n`,
)
for (const finding of tally.findings) process.stdout.write(`\nFOUND ${showFinding(finding)}\n`)
if (tally.findings.length > 0) process.exitCode = 1
