import { decideContender } from '../src/benchmark/decide-contender.js'
import { lookUpFloor } from '../src/benchmark/floor.js'
import { ratioOf, timePairs } from '../src/benchmark/paired.js'
import { type Spread, spreadOf } from '../src/benchmark/spread.js'
import { Authorizer } from '../src/index.js'
import { clock, progress, progressOf } from './clock.js'
import { Fleet } from './fleet.js'
import { type Measurement, report } from './result.js'
import { random } from './workloads.js'

/** How a decision's time grows with the number of keys, beside two look-ups in nested Maps of the same size. */
const SIZES = [10, 100, 1000, 10_000, 100_000]
const GRANTS = 3
const OPERATIONS = 250
const ROUNDS = 60
const WARM_UP = 40

interface Row {
  readonly keys: number
  readonly name: string
  readonly ratio: Spread
  readonly own: Spread
  readonly floor: Spread
}

const rows: Row[] = []
for (const [index, keys] of SIZES.entries()) {
  progress(index / SIZES.length, `building ${keys} keys`)
  const fleet = new Fleet(keys, GRANTS, Math.max(500, keys / 10))
  const questions = (count: number) => Array.from({ length: count }, () => fleet.question(random))
  const lookUps = (count: number) => Array.from({ length: count }, () => fleet.lookUp(random))
  const name = `${keys.toLocaleString('en')} keys × ${GRANTS} grants`
  const floor = lookUpFloor(`two look-ups, ${name}`, { rows: fleet.grantTable(), questions: lookUps }, OPERATIONS)
  const decider = await Authorizer.from(fleet.rows())
  const [timing] = timePairs(floor, [decideContender({ name, decider, questions, operations: OPERATIONS })], {
    clock,
    rounds: ROUNDS,
    warmUp: WARM_UP,
    onRound: progressOf(ROUNDS + WARM_UP, name),
  })
  if (timing === undefined) throw new Error('nothing was timed')
  rows.push({ keys, name, ratio: ratioOf(timing), own: spreadOf(timing.nanoseconds), floor: spreadOf(timing.baseline) })
}
const measurements = rows.map(
  ({ keys, name, ratio, own }): Measurement => ({
    id: `keys ${keys}`,
    what: name,
    unit: '× floor of its size',
    value: ratio,
    nanoseconds: own,
  }),
)
const points = (spread: (row: Row) => Spread) => rows.map((row) => ({ x: row.keys, y: spread(row) }))
report('keys', measurements, [
  { chart: 'keys', series: 'grantree', points: points(({ own }) => own) },
  { chart: 'keys', series: 'two Map look-ups', points: points(({ floor }) => floor) },
])
