import { decideContender, type Requests } from '../src/benchmark/decide-contender.js'
import { lookUpFloor, STANDARD_FLOOR } from '../src/benchmark/floor.js'
import type { RequestShape } from '../src/benchmark/fresh.js'
import { type Contender, ratioOf, timePairs } from '../src/benchmark/paired.js'
import { single, spreadOf } from '../src/benchmark/spread.js'
import type { Authorizer } from '../src/index.js'
import { clock, progress, progressOf } from './clock.js'
import { Fleet } from './fleet.js'
import { linearScan, type StatementJson } from './linear-scan.js'
import { type QuestionSource, questionsOf } from './questions.js'
import { type Measurement, report } from './result.js'
import { authorizerOf, grantWorkload, policyWorkload, random, type Workload } from './workloads.js'

/**
 * How long a decision takes: on 1,000 keys, and on policies of 20 to 20,000 statements, as a multiple of two look-ups in nested Maps; beside
 * it, a plain linear scan of the same policies. Every verdict of every round is compared with the reference evaluator's.
 */
const OPERATIONS = 1000
/** In short runs each is measured as it is after other work: the floor too has to fetch its Maps again. */
const SHORT = 100
const ROUNDS = 80
const WARM_UP = 30
const POOL = 3000

interface Subject {
  readonly id: string
  readonly workload: Workload
  readonly questions: QuestionSource
}

const [KEYS, GRANTS, BUCKETS] = [1000, 3, 500] as const
const subjects: readonly Subject[] = [
  subject('G1', grantWorkload(KEYS, GRANTS, BUCKETS)),
  subject('P1', policyWorkload(20)),
  subject('P2', policyWorkload(200)),
  subject('P3', policyWorkload(2000)),
  subject('P4', policyWorkload(20_000)),
]
interface Row {
  readonly id: string
  readonly contender: Contender<Requests>
}

const authorizers = subjects.map(({ workload }) => authorizerOf(workload))
const programs = (shape: RequestShape, operations = OPERATIONS) =>
  subjects.map((subject, index) => program(subject, authorizers[index] as Authorizer, shape, operations))
// Plain requests last: by then the program has met contexts of both kinds, as a gateway's has. A scan of megabytes, or contexts by the
// megabyte, would leave the caches to what they need, and not to what is timed after them.
const scans = time('scanning', subjects.filter(({ id }) => id.startsWith('P')).map(scan))
const prebuilt = time('deciding, contexts prebuilt', programs('prebuilt'))
const short = time('deciding in short runs', programs('plain', SHORT), SHORT)
const plain = time('deciding', programs('plain'))
const measurements = [...plain, ...short, ...prebuilt, ...scans].map(({ id, timing }): Measurement => {
  const nanoseconds = spreadOf(timing.nanoseconds)
  return { id, what: timing.name, unit: '× floor', value: ratioOf(timing), nanoseconds }
})
const floorNanoseconds = spreadOf(plain.flatMap(({ timing }) => timing.baseline))
const FLOOR = { id: 'floor', what: STANDARD_FLOOR, unit: '× floor', value: single(1), nanoseconds: floorNanoseconds }
report('decide', [FLOOR, ...measurements], [curve('grantree', /^P\d$/), curve('linear scan', /^scan /)])

function time(what: string, rows: readonly Row[], operations = OPERATIONS) {
  const contenders = rows.map(({ contender }) => contender)
  const onRound = progressOf(ROUNDS + WARM_UP, what)
  const timings = timePairs(floor(operations), contenders, { clock, rounds: ROUNDS, warmUp: WARM_UP, onRound })
  return timings.map((timing, index) => ({ id: rows[index]?.id ?? '', timing }))
}

function subject(id: string, workload: Workload): Subject {
  progress(0, `asking the reference about ${workload.name}`)
  return { id, workload, questions: questionsOf(workload, POOL, random) }
}

function floor(operations: number): Contender<Requests> {
  const fleet = new Fleet(KEYS, GRANTS, BUCKETS)
  const questions = (count: number) => Array.from({ length: count }, () => fleet.lookUp(random))
  return lookUpFloor(STANDARD_FLOOR, { rows: fleet.grantTable(), questions }, operations)
}

function program({ id, workload: { name }, questions }: Subject, decider: Authorizer, shape: RequestShape, operations: number): Row {
  const suffix = `${shape === 'plain' ? '' : ', contexts prebuilt'}${operations === SHORT ? `, runs of ${SHORT}` : ''}`
  return {
    id: `${id}${suffix}`,
    contender: decideContender({ name: `${name}${suffix}`, decider, questions, operations, shape }),
  }
}

function scan({ id, workload, questions }: Subject): Row {
  const policy = workload.snapshot.buckets?.[0]?.policy as { readonly Statement: readonly StatementJson[] }
  // A scan of 20,000 statements takes milliseconds: a few requests a round tell as much.
  const operations = Math.max(2, Math.floor(1000 / policy.Statement.length))
  const name = `linear scan: ${workload.name}`
  return { id: `scan ${id}`, contender: decideContender({ name, decider: { decide: linearScan(policy) }, questions, operations }) }
}

function curve(series: string, ids: RegExp) {
  const sizes = subjects.map(
    ({ workload }) => (workload.snapshot.buckets?.[0]?.policy as { Statement?: unknown[] })?.Statement?.length ?? 0,
  )
  const points = measurements
    .filter(({ id }) => ids.test(id))
    .map(({ nanoseconds }, index) => ({ x: sizes[index + 1] as number, y: nanoseconds as Measurement['value'] }))
  return { chart: 'statements', series, points }
}
