import { parseArgs } from 'node:util'
import { type Decider, decideContender, type Requests } from '../src/benchmark/decide-contender.js'
import { lookUpFloor } from '../src/benchmark/floor.js'
import type { RequestShape } from '../src/benchmark/fresh.js'
import { type Contender, ratioOf, type Timing, timePairs } from '../src/benchmark/paired.js'
import { percentilesOf, single, spreadOf } from '../src/benchmark/spread.js'
import { Authorizer } from '../src/index.js'
import { clock, collect, progress, progressOf } from './clock.js'
import { Fleet } from './fleet.js'
import { type Curve, type Measurement, report } from './result.js'
import { random } from './workloads.js'

/**
 * A snapshot of a million keys: how long it takes to build from rows, what it weighs, how long a decision takes beside two look-ups in nested
 * Maps of the same size, and the same after 100,000 consecutive changes by `with`, beside a snapshot built afresh. In a process of its
 * own, with --expose-gc: what it weighs is what the process has grown by, so it is weighed before the floor's gigabyte is made.
 */
const { values } = parseArgs({ options: { keys: { type: 'string', default: '1000000' }, changes: { type: 'string', default: '100000' } } })
const KEYS = Number(values.keys)
const CHANGES = Number(values.changes)
const GRANTS = 10
/** What the targets are about; whatever is measured on less has another id, so that nobody takes it for this. */
const FULL = { keys: 1_000_000, changes: 100_000 } as const
const BUCKETS = Math.max(1000, KEYS / 10)
const OPERATIONS = 250
const ROUNDS = 80
const WARM_UP = 40

/** If changes take longer than this, those that were made by then have to do, and the result says how many. */
const MOST_SECONDS = 60

if (globalThis.gc === undefined) throw new Error('start Node with --expose-gc: what a snapshot weighs cannot be told otherwise')

const fleet = new Fleet(KEYS, GRANTS, BUCKETS, CHANGES)
const questions = (count: number) => Array.from({ length: count }, () => fleet.question(random))
// What is loaded and compiled on first use does not belong to the snapshot; a few keys are enough, so that little of theirs stays resident.
await Authorizer.from(new Fleet(50, GRANTS, 1000).rows())

const rowsStart = clock()
for (const _ of fleet.rows()) {
  // Only what making the rows takes, which building from them includes.
}
const rowsSeconds = (clock() - rowsStart) / 1e9
progress(0, 'building')
const empty = await weigh()
const start = clock()
let authorizer = await Authorizer.from(fleet.rows())
const buildSeconds = (clock() - start) / 1e9
const built = await weigh()

const latencies = await change()
const changed = await weigh()
progress(0, 'building afresh')
const afresh = await Authorizer.from(fleet.rows())
const both = await weigh()

const contenders = [decider(afresh, 'plain'), decider(afresh, 'prebuilt')] as const
const [plain, prebuilt] = timeAgainst(floor(), 'deciding', contenders)
const [after] = timeAgainst(decider(afresh, 'plain'), 'deciding after the changes', [decider(authorizer, 'plain')])

const grants = KEYS * GRANTS
const size = `${KEYS.toLocaleString('en')} keys × ${GRANTS} grants`
const { p50, p99, max } = percentilesOf(latencies)
const scale = KEYS === FULL.keys ? '' : `, ${KEYS} keys only`
const changesScale = latencies.length === FULL.changes ? scale : `${scale}, ${latencies.length} changes only`
const changes = `${latencies.length.toLocaleString('en')} consecutive changes`
report(
  'g2',
  [
    ratio(`G2${scale}`, `${size} over ${BUCKETS.toLocaleString('en')} buckets`, '× floor', plain),
    ratio(`G2, contexts prebuilt${scale}`, `${size}, contexts prebuilt`, '× floor', prebuilt),
    { ...once('floor', 'two look-ups in Maps of this size', '× floor', 1), nanoseconds: spreadOf(plain.baseline) },
    once(`G2 build${scale}`, `${size}, built from rows`, 's', buildSeconds),
    once(`G2 rows${scale}`, 'of that, making the rows', 's', rowsSeconds),
    once(
      `G2 memory${scale}`,
      'resident memory that a build adds, names of keys and buckets included',
      'bytes a grant',
      (built.resident - empty.resident) / grants,
    ),
    once(`G2 live${scale}`, 'the same as the live bytes of the heap and of buffers', 'bytes a grant', (built.live - empty.live) / grants),
    once(`with p50${changesScale}`, `\`with\`, of ${changes}`, 'ms', p50),
    once(`with p99${changesScale}`, `\`with\`, of ${changes}`, 'ms', p99),
    once(`with max${changesScale}`, `\`with\`, of ${changes}`, 'ms', max),
    ratio(`with decide${changesScale}`, 'deciding after the changes', '× a fresh build', after),
    once(
      `with memory${changesScale}`,
      'live bytes after the changes',
      '× a fresh build',
      (changed.live - empty.live) / (both.live - changed.live),
    ),
    once(
      `with resident${changesScale}`,
      'resident memory after the changes',
      '× the first build',
      (changed.resident - empty.resident) / (built.resident - empty.resident),
    ),
  ],
  KEYS === FULL.keys ? curves() : [],
)

/** Where the curves of bench/keys.ts end. */
function curves(): readonly Curve[] {
  const point = (nanoseconds: readonly number[]) => [{ x: KEYS, y: spreadOf(nanoseconds) }]
  return [
    { chart: 'keys', series: 'grantree', points: point(plain.nanoseconds) },
    { chart: 'keys', series: 'two Map look-ups', points: point(plain.baseline) },
  ]
}

function decider(subject: Decider, shape: RequestShape): Contender<Requests> {
  return decideContender({ name: shape, decider: subject, questions, operations: OPERATIONS, shape })
}

function floor(): Contender<Requests> {
  progress(0, 'building the floor')
  const lookUps = (count: number) => Array.from({ length: count }, () => fleet.lookUp(random))
  return lookUpFloor('floor', { rows: fleet.grantTable(), questions: lookUps }, OPERATIONS)
}

function timeAgainst(baseline: Contender<Requests>, what: string, contenders: readonly Contender<Requests>[]) {
  const onRound = progressOf(ROUNDS + WARM_UP, what)
  // Once and not each round, which would take minutes: what made the Maps is garbage, and marking it would fall into the rounds.
  collect()
  return timePairs(baseline, contenders, { clock, rounds: ROUNDS, warmUp: WARM_UP, onRound }) as readonly [Timing, Timing]
}

/** Makes the changes one after the other, each on what the one before has made, and times `with` alone, in milliseconds. */
async function change(): Promise<Float64Array> {
  const milliseconds = new Float64Array(CHANGES)
  const end = clock() + MOST_SECONDS * 1e9
  for (let done = 0; done < CHANGES; done++) {
    if (clock() > end) return milliseconds.slice(0, done)
    const next = fleet.change(random)
    const from = clock()
    authorizer = authorizer.with(next)
    milliseconds[done] = (clock() - from) / 1e6
    if (done % 1000 === 0) progress(done / CHANGES, 'changing')
  }
  return milliseconds
}

/** What the process holds, once all that can be collected is. */
async function weigh() {
  for (let time = 0; time < 4; time++) {
    collect()
    // Pages go back to the system a moment later.
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  return { resident: rss, live: heapUsed + external }
}

function once(id: string, what: string, unit: string, value: number): Measurement {
  return { id, what, unit, value: single(value) }
}

function ratio(id: string, what: string, unit: string, timing: Timing): Measurement {
  return { id, what, unit, value: ratioOf(timing), nanoseconds: spreadOf(timing.nanoseconds) }
}
