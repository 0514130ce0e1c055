import { decideContender } from '../src/benchmark/decide-contender.js'
import { standardFloor } from '../src/benchmark/floor.js'
import { timePairs } from '../src/benchmark/paired.js'
import { single, spreadOf } from '../src/benchmark/spread.js'
import { Authorizer, evaluate, parseSnapshot } from '../src/index.js'
import { clock, collect, progressOf } from './clock.js'
import { inTurn } from './questions.js'
import { type Curve, report } from './result.js'
import { random } from './workloads.js'

/**
 * Patterns that make a backtracking matcher try every way to divide a key among their stars: `*a` two to ten times, then `b`, on keys of
 * nothing but a's; and the same with a star at the end, so that a look at the key's last letter does not do. How long a decision takes
 * against the key's length.
 */
const STARS = [2, 6, 10]
const ENDS = ['b', 'b*']
const LENGTHS = [100, 215, 464, 1000, 2154, 4642, 10_000]
const OPERATIONS = 30
const ROUNDS = 25
const WARM_UP = 15

const cases = ENDS.flatMap((end) => STARS.flatMap((stars) => casesOf(stars, end)))
const timings = timePairs(
  standardFloor((limit) => Math.floor(random() * limit), OPERATIONS),
  cases.map(({ contender }) => contender),
  { clock, rounds: ROUNDS, warmUp: WARM_UP, beforeRound: collect, onRound: progressOf(ROUNDS + WARM_UP, 'hostile patterns') },
)
const series = [...new Set(cases.map((each) => each.series))]
const curves = series.map((name): Curve => {
  const points = cases.flatMap((each, index) =>
    each.series === name ? [{ x: each.length, y: spreadOf(timings[index]?.nanoseconds ?? []) }] : [],
  )
  return { chart: 'hostile', series: name, points }
})
const steepest = Math.max(...curves.map(slope))
report(
  'hostile',
  [
    {
      id: 'hostile',
      what: 'hostile patterns: the steepest curve, as the power of the key’s length from 1,000 on',
      unit: 'power',
      value: single(steepest),
    },
  ],
  curves,
)

function casesOf(stars: number, end: string) {
  const Resource = `arn:aws:s3:::b/${'*a'.repeat(stars)}${end}`
  const Statement = [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource }]
  const json = { buckets: [{ name: 'b', owner: '111122223333', policy: { Statement } }] }
  const decider = Authorizer.from(json)
  const { snapshot } = parseSnapshot(json)
  if (snapshot === undefined) throw new Error('the snapshot is invalid')
  return LENGTHS.map((length) => {
    // One key in ten ends in the b that the pattern asks for.
    const pool = Array.from({ length: 10 }, (_, index) => {
      const key = 'a'.repeat(length - 1) + (index === 0 ? 'b' : 'a')
      const request = { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'b', key } as const
      return { request, verdict: evaluate(snapshot, request).verdict }
    })
    const name = `${stars} × *a, ${end}, on a key of ${length}`
    const contender = decideContender({ name, decider, questions: inTurn(pool), operations: OPERATIONS })
    return { series: `${stars} × *a, then ${end}`, length, contender }
  })
}

/** The slope of the line through the points of 1,000 letters and more on logarithmic scales: 1 is linear, 2 quadratic. */
function slope({ points }: Curve): number {
  const long = points.filter(({ x }) => x >= 1000).map(({ x, y }) => [Math.log(x), Math.log(y.median)] as const)
  const mean = (at: 0 | 1) => long.reduce((sum, point) => sum + point[at], 0) / long.length
  const [meanX, meanY] = [mean(0), mean(1)]
  const covariance = long.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  return covariance / long.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
}
