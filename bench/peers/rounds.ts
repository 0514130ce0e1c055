import { counts, limits } from './limits.js'

/** Something to be timed: `prepare` is not, `run` is, and the sum it returns keeps the work from being left out. */
export interface Contender<Input> {
  readonly operations: number
  prepare(operations: number): Input
  run(input: Input): number
}

/** How many decisions a round and how many rounds, for a decision of so many milliseconds. */
export function planRounds(milliseconds: number): { readonly operations: number; readonly rounds: number } {
  const operations = clamp(Math.floor(limits.round / milliseconds), 1, counts.operations)
  const rounds = clamp(Math.floor(limits.timing / (operations * milliseconds)), counts.fewestRounds, counts.rounds)
  return { operations, rounds }
}

/**
 * Times contenders round by round in turn, as `bench/paired.ts` does, and gives every round's nanoseconds an operation: whatever else the
 * machine does meets all of them. A third as many rounds go before to warm up.
 */
export function timeRounds<Input>(contenders: readonly Contender<Input>[], rounds: number): readonly (readonly number[])[] {
  const times = contenders.map((): number[] => [])
  let sum = 0
  for (let round = -Math.ceil(rounds / 3); round < rounds; round++) {
    for (const [index, { operations, prepare, run }] of contenders.entries()) {
      const input = prepare(operations)
      const start = process.hrtime.bigint()
      sum += run(input)
      const nanoseconds = Number(process.hrtime.bigint() - start) / operations
      if (round >= 0) times[index]?.push(nanoseconds)
    }
  }
  if (Number.isNaN(sum)) throw new Error('a contender returned no number')
  return times
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
