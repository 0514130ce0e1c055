import { type Spread, spreadOf } from './spread.js'

/** Something to be timed. Only `run` is; `check` throws if what it answered was wrong. They are called in this order, round by round. */
export interface Contender<Input> {
  readonly name: string
  /** How many operations a run is. */
  readonly operations: number
  prepare(): Input
  run(input: Input): void
  check(input: Input): void
}

/** What a contender took, and what the baseline took next to it: nanoseconds an operation, one number a round. */
export interface Timing {
  readonly name: string
  readonly nanoseconds: readonly number[]
  readonly baseline: readonly number[]
}

export interface RoundOptions {
  /** Nanoseconds since any fixed moment. */
  readonly clock: () => number
  readonly rounds: number
  /** Rounds before these, which are not counted. */
  readonly warmUp: number
  /** What is to be done before each round and not timed, such as collecting garbage. */
  readonly beforeRound?: (round: number) => void
  /** Told after each round how many are done, those to warm up included. */
  readonly onRound?: (done: number) => void
}

/**
 * Times contenders against a baseline, all in turn round by round, so that whatever else the machine does meets all of them; the baseline
 * is timed anew right beside each contender, before it in one round and after it in the next. All are warm before any round counts, each
 * round starts with another contender, and every answer of every round is checked.
 */
export function timePairs<Input>(
  baseline: Contender<Input>,
  contenders: readonly Contender<Input>[],
  { clock, rounds, warmUp, beforeRound, onRound }: RoundOptions,
): readonly Timing[] {
  const timings = contenders.map(({ name }) => ({ name, nanoseconds: [] as number[], baseline: [] as number[] }))
  for (let round = 0; round < warmUp + rounds; round++) {
    beforeRound?.(round)
    for (let turn = 0; turn < contenders.length; turn++) {
      const index = (turn + round) % contenders.length
      const [own, other] = timePair(contenders[index] as Contender<Input>, baseline, round % 2 === 0, clock)
      if (round < warmUp) continue
      timings[index]?.nanoseconds.push(own)
      timings[index]?.baseline.push(other)
    }
    onRound?.(round + 1)
  }
  return timings
}

/** Both are ready before either is timed: nothing but the clock is between them. */
function timePair<Input>(contender: Contender<Input>, baseline: Contender<Input>, isBaselineFirst: boolean, clock: () => number) {
  const input = contender.prepare()
  const baselineInput = baseline.prepare()
  const early = isBaselineFirst ? timeRun(baseline, baselineInput, clock) : 0
  const own = timeRun(contender, input, clock)
  const other = isBaselineFirst ? early : timeRun(baseline, baselineInput, clock)
  contender.check(input)
  baseline.check(baselineInput)
  return [own, other] as const
}

function timeRun<Input>({ run, operations }: Contender<Input>, input: Input, clock: () => number): number {
  const start = clock()
  run(input)
  return (clock() - start) / operations
}

/** How many times as long as the baseline it took, in the same round each. */
export function ratioOf({ nanoseconds, baseline }: Timing): Spread {
  return spreadOf(nanoseconds.map((time, round) => time / (baseline[round] ?? Number.NaN)))
}
