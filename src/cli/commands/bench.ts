import { cpus } from 'node:os'
import { Authorizer } from '../../authorizer/authorizer.js'
import { BATCH, batchedContender, decideContender, type Question } from '../../benchmark/decide-contender.js'
import { STANDARD_FLOOR, standardFloor } from '../../benchmark/floor.js'
import { histogramOf } from '../../benchmark/histogram.js'
import { ratioOf, type Timing, timePairs } from '../../benchmark/paired.js'
import { percentilesOf, spreadOf } from '../../benchmark/spread.js'
import type { Verdict } from '../../decision/decision.js'
import { evaluate } from '../../evaluate/evaluate.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { type ExitCode, exitCode, InputError } from '../exit-code.js'
import { startProgress } from '../progress.js'
import { loadSnapshot } from '../read-input.js'
import { loadRequests } from '../read-requests.js'
import { type BenchReport, renderBench } from '../render/bench.js'
import { printableJson } from '../render/printable.js'
import type { Terminal } from '../terminal.js'

export const benchFormats = ['text', 'json'] as const
export const DEFAULT_ROUNDS = 100
const MOST_ROUNDS = 10_000

export interface BenchOptions {
  readonly snapshot: string
  readonly requests: string
  readonly rounds: number
  readonly format: (typeof benchFormats)[number]
}

/** Decisions in a round: few, so that a round is over before the system gives the core to another process, and more if all requests are to have a turn. */
const LEAST_OPERATIONS = 500
const MOST_OPERATIONS = 20_000
const WARM_UP = 40
const MOST_BINS = 14

/** The value of --rounds. */
export function parseRounds(text: string): number {
  const rounds = /^[0-9]{1,5}$/.test(text) ? Number(text) : 0
  if (rounds < 1 || rounds > MOST_ROUNDS) throw new InputError(`--rounds takes a number from 1 to ${MOST_ROUNDS}, not \`${text}\``)
  return rounds
}

/** Times the program on the user's snapshot and requests, after every verdict has been compared with the reference evaluator's. */
export async function bench(
  { snapshot: path, requests: requestsPath, rounds, format }: BenchOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const snapshot = loadSnapshot(path, terminal)
  const requests = await loadRequests(requestsPath, snapshot, terminal)
  const start = clock()
  const authorizer = Authorizer.from(snapshot)
  const compileNanoseconds = clock() - start
  const questions = askReference(snapshot, requests, terminal)
  const report: BenchReport = {
    requests: questions.length,
    verdicts: countVerdicts(questions),
    compileNanoseconds,
    ...timeDecisions(authorizer, questions, rounds, terminal),
    machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, node: process.version },
  }
  terminal.out.write(format === 'json' ? `${printableJson(report, 2)}\n` : renderBench(report, terminal.outColors))
  return exitCode.fine
}

/** Nanoseconds. */
function clock(): number {
  return performance.now() * 1e6
}

function askReference(snapshot: Snapshot, requests: readonly AuthorizationRequest[], terminal: Terminal): readonly Question[] {
  const progress = startProgress(requests.length, terminal)
  const questions = requests.map((request, index) => {
    const { verdict } = evaluate(snapshot, request)
    progress.update(index + 1)
    return { request, verdict }
  })
  progress.stop()
  return questions
}

function timeDecisions(decider: Authorizer, pool: readonly Question[], rounds: number, terminal: Terminal) {
  const operations = Math.min(MOST_OPERATIONS, Math.max(LEAST_OPERATIONS, Math.ceil(pool.length / rounds)))
  const subject = { name: 'the program', decider, questions: inTurn(pool), operations }
  let batches: number[] = []
  const progress = startProgress(WARM_UP + rounds, terminal)
  const [timing] = timePairs(
    standardFloor(spreadPick(), operations),
    [decideContender(subject), batchedContender(subject, clock, (nanoseconds) => batches.push(nanoseconds))],
    {
      clock,
      rounds,
      warmUp: WARM_UP,
      beforeRound: () => globalThis.gc?.(),
      onRound(done) {
        if (done === WARM_UP) batches = []
        progress.update(done)
      },
    },
  ) as readonly [Timing, Timing]
  progress.stop()
  const decision = spreadOf(timing.nanoseconds)
  return {
    rounds,
    decisionsPerRound: operations,
    decisionsPerSecond: 1e9 / decision.median,
    decisionNanoseconds: decision,
    floor: { name: STANDARD_FLOOR, ratio: ratioOf(timing), nanoseconds: spreadOf(timing.baseline) },
    batch: BATCH,
    percentiles: percentilesOf(batches),
    histogram: histogramOf(batches, MOST_BINS),
  }
}

function countVerdicts(questions: readonly Question[]): Readonly<Record<Verdict, number>> {
  const count = (verdict: Verdict) => questions.filter((question) => question.verdict === verdict).length
  return { Allow: count('Allow'), ExplicitDeny: count('ExplicitDeny'), ImplicitDeny: count('ImplicitDeny') }
}

/** The requests one after the other, from the first again after the last. */
function inTurn(pool: readonly Question[]): (count: number) => readonly Question[] {
  let next = 0
  return (count) => Array.from({ length: count }, () => pool[next++ % pool.length] as Question)
}

/** Numbers that are spread evenly over any range and follow no order that a cache could foresee: multiples of the golden ratio, without their whole part. */
function spreadPick(): (limit: number) => number {
  let place = 0
  return (limit) => {
    place = (place + 0.618033988749895) % 1
    return Math.floor(place * limit)
  }
}
