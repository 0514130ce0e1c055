import { type Contender, ratioOf, timePairs } from '../src/benchmark/paired.js'
import { spreadOf } from '../src/benchmark/spread.js'
import { Authorizer } from '../src/index.js'
import { clock, progressOf } from './clock.js'
import { compileText } from './compile-text.js'
import { questionsOf } from './questions.js'
import { report } from './result.js'
import { policyWorkload, random } from './workloads.js'

/** What opening an image costs beside compiling its policy of 20,000 statements from text. What either makes answers as the reference does. */
const ROUNDS = 25
const WARM_UP = 2
const CHECKED = 50

const workload = policyWorkload(20_000)
const text = JSON.stringify(workload.snapshot.buckets?.[0]?.policy)
const image = compileText(text).toImage()
const questions = questionsOf(workload, CHECKED, random)
const [timing] = timePairs(
  contender('compile', () => compileText(text)),
  [contender('open', () => Authorizer.open(image))],
  { clock, rounds: ROUNDS, warmUp: WARM_UP, onRound: progressOf(ROUNDS + WARM_UP, 'opening an image') },
)
if (timing === undefined) throw new Error('nothing was timed')
const what = `open an image of a policy of 20,000 statements (${(image.length / 1e6).toPrecision(2)} MB)`
report('image', [{ id: 'image', what, unit: '× compiling it', value: ratioOf(timing), nanoseconds: spreadOf(timing.nanoseconds) }])

function contender(name: string, make: () => Authorizer): Contender<undefined> {
  let made: Authorizer | undefined
  return {
    name,
    operations: 1,
    prepare: () => undefined,
    run: () => {
      made = make()
    },
    check: () => {
      for (const { request, verdict } of questions(CHECKED)) {
        if (made?.decide(request).verdict !== verdict) throw new Error(`${name}: not ${verdict} for ${JSON.stringify(request)}`)
      }
    },
  }
}
