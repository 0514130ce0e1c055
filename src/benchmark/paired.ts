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

/** How often, and by what clock. */
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
 * Times contenders against a baseline, all in turn round by round, so that whatever else the machine does meets all of them: the ratio is
 * that of one round. Each round starts with another of them, and the baseline is run as often as any other, or its data would be nearer to the
 * processor than theirs. All are warm before any round counts, and every answer of every round is checked.
 */
export function timePairs<Input>(
  baseline: Contender<Input>,
  contenders: readonly Contender<Input>[],
  { clock, rounds, warmUp, beforeRound, onRound }: RoundOptions,
): readonly Timing[] {
  const all = [baseline, ...contenders]
  const nanoseconds = all.map((): number[] => [])
  for (let round = 0; round < warmUp + rounds; round++) {
    beforeRound?.(round)
    for (let turn = 0; turn < all.length; turn++) {
      const index = (turn + round) % all.length
      const time = timeContender(all[index] as Contender<Input>, clock)
      if (round >= warmUp) nanoseconds[index]?.push(time)
    }
    onRound?.(round + 1)
  }
  const [own = [], ...others] = nanoseconds
  return contenders.map(({ name }, index) => ({ name, nanoseconds: others[index] ?? [], baseline: own }))
}

function timeContender<Input>(contender: Contender<Input>, clock: () => number): number {
  const input = contender.prepare()
  const time = timeRun(contender, input, clock)
  contender.check(input)
  return time
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
