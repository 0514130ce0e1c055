import Benchmark from 'benchmark'
import { type Contender, ratioOf, type Timing, timePairs } from '../src/benchmark/paired.js'
import { type Spread, single, spreadOf } from '../src/benchmark/spread.js'
import { type Authorizer, parsePolicy } from '../src/index.js'
import { clock, progress, progressOf } from './clock.js'
import { compileText } from './compile-text.js'
import { questionsOf } from './questions.js'
import { type Measurement, report } from './result.js'
import { policyWorkload, random, type Workload } from './workloads.js'

/**
 * What reading and compiling a policy costs beside `JSON.parse` of its text, from 1 KB to 4.7 MB. Twice: in pairs round by round, which is
 * what counts, and by benchmark.js, which runs each alone. One text over and over is right here: nothing hashes it.
 */
const STATEMENTS = [5, 20, 88, 200, 2000, 20_000]
const ROUNDS = 25

/** About so many bytes are parsed between two readings of the clock, and a tenth of them compiled. */
const BYTES_A_RUN = 400_000

const WARM_UP_SECONDS = 5
const MOST_TO_WARM_UP = 100_000

/** benchmark.js repeats each a dozen times before it begins to count: larger texts would take minutes. */
const MOST_ALONE = 1_000_000

interface Subject {
  readonly workload: Workload
  readonly text: string
  readonly label: string
}

const subjects = STATEMENTS.map((statements): Subject => {
  const workload = policyWorkload(statements)
  const text = JSON.stringify(workload.snapshot.buckets?.[0]?.policy)
  return { workload, text, label: sizeOf(text.length) }
})
warmUp()
const paired = subjects.map((subject, index) => ({ ...subject, ...timePaired(subject, index) }))

const measurements = paired.flatMap(({ label, parse, compile }): readonly Measurement[] => [
  measurement(`parse ${label}`, `parsePolicy, ${label}`, parse),
  measurement(`compile ${label}`, `text to program, ${label}`, compile),
])
report('compile', [...measurements, growth(), ...subjects.filter(({ text }) => text.length < MOST_ALONE).flatMap(runSuite)])

/** Makes the reader and the compiler as fast as they get, on texts of all sizes, before any is timed. */
function warmUp(): void {
  const end = clock() + WARM_UP_SECONDS * 1e9
  while (clock() < end) {
    for (const { text } of subjects) {
      if (text.length > MOST_TO_WARM_UP) continue
      JSON.parse(text)
      compileText(text)
    }
    progress(0, 'warming up')
  }
}

function timePaired({ workload, text, label }: Subject, index: number): { readonly parse: Timing; readonly compile: Timing } {
  const runs = Math.max(1, Math.round(BYTES_A_RUN / text.length))
  const few = Math.max(1, Math.round(runs / 10))
  const baseline = contender('JSON.parse', text, runs, JSON.parse)
  const contenders = [contender('parsePolicy', text, few, parsePolicy), contender('compile', text, few, compileText, checkOn(workload))]
  // A large policy is warm after a round or two, and takes seconds.
  const warmUp = Math.min(10, runs)
  const onRound = progressOf(ROUNDS + warmUp, `compiling ${label} (${index + 1} of ${STATEMENTS.length})`)
  // No collecting between rounds: V8 forgets the shapes of objects that are all garbage, and compiling would be three times as slow.
  const [parse, compile] = timePairs(baseline, contenders, { clock, rounds: ROUNDS, warmUp, onRound })
  if (parse === undefined || compile === undefined) throw new Error('nothing was timed')
  return { parse, compile }
}

function contender<Made>(
  name: string,
  text: string,
  operations: number,
  make: (text: string) => Made,
  check?: (made: Made) => void,
): Contender<string> {
  let made: Made | undefined
  return {
    name,
    operations,
    prepare: () => text,
    run: (input) => {
      for (let run = 0; run < operations; run++) made = make(input)
    },
    check: () => {
      if (made === undefined) throw new Error(`${name} made nothing`)
      check?.(made)
      made = undefined
    },
  }
}

/** What was compiled decides as the reference does. */
function checkOn(workload: Workload): (authorizer: Authorizer) => void {
  const questions = questionsOf(workload, 20, random)
  return (authorizer) => {
    for (const { request, verdict } of questions(20)) {
      if (authorizer.decide(request).verdict !== verdict) throw new Error(`${workload.name}: not ${verdict} for ${JSON.stringify(request)}`)
    }
  }
}

/** The time for each byte at the largest beside that at 20 KB, as the power of the size that the time grows with. */
function growth(): Measurement {
  const small = paired[STATEMENTS.indexOf(88)]
  const large = paired.at(-1)
  if (small === undefined || large === undefined) throw new Error('nothing was timed')
  const times = spreadOf(large.compile.nanoseconds).median / spreadOf(small.compile.nanoseconds).median
  const power = Math.log(times) / Math.log(large.text.length / small.text.length)
  return { id: 'compile growth', what: `text to program, from ${small.label} to ${large.label}`, unit: 'power', value: single(power) }
}

/** benchmark.js on the same three, each on its own. */
function runSuite({ text, label }: Subject): readonly Measurement[] {
  progress(0, `benchmark.js, ${label}`)
  const options = { maxTime: 0.3, minSamples: 5 }
  const suite = new Benchmark.Suite()
    .add('JSON.parse', () => JSON.parse(text), options)
    .add('parsePolicy', () => parsePolicy(text), options)
    .add('compile', () => compileText(text), options)
    .run()
  const samples = suite.map((bench: Benchmark) => ({
    name: String(bench.name),
    nanoseconds: spreadOf(bench.stats.sample.map((time) => time * 1e9)),
  }))
  const [json] = samples
  return samples.map(({ name, nanoseconds }: { name: string; nanoseconds: Spread }) => {
    const floor = json.nanoseconds.median
    const value = { low: nanoseconds.low / floor, median: nanoseconds.median / floor, high: nanoseconds.high / floor }
    return { id: `benchmark.js: ${name} ${label}`, what: `benchmark.js: ${name}, ${label}`, unit: '× JSON.parse', value, nanoseconds }
  })
}

function measurement(id: string, what: string, timing: Timing): Measurement {
  return { id, what, unit: '× JSON.parse', value: ratioOf(timing), nanoseconds: spreadOf(timing.nanoseconds) }
}

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${Number((bytes / 1000).toPrecision(2))} KB` : `${Number((bytes / 1e6).toPrecision(2))} MB`
}
