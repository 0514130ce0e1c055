/** Something to be timed: `prepare` is not, `run` is, and the sum it returns keeps the work from being left out. */
export interface Contender<Input> {
  readonly name: string
  /** How many operations a run is. */
  readonly operations: number
  prepare(): Input
  run(input: Input): number
}

export interface Timing {
  readonly name: string
  /** Nanoseconds an operation, the median over the rounds. */
  readonly median: number
  /** The ratio to the first contender in the same round: quartiles over the rounds. */
  readonly ratio: { readonly low: number; readonly median: number; readonly high: number }
}

/**
 * Times contenders against the first, round by round in turn, so that whatever else the machine does meets all of them. Every contender is
 * warm before any round counts.
 */
export function timePairs<Input>(contenders: readonly Contender<Input>[], rounds: number, warmUp: number): readonly Timing[] {
  const times = contenders.map((): number[] => [])
  let sum = 0
  for (let round = -warmUp; round < rounds; round++) {
    for (const [index, { operations, prepare, run }] of contenders.entries()) {
      const input = prepare()
      const start = process.hrtime.bigint()
      sum += run(input)
      const nanoseconds = Number(process.hrtime.bigint() - start) / operations
      if (round >= 0) times[index]?.push(nanoseconds)
    }
  }
  if (Number.isNaN(sum)) throw new Error('a contender returned no number')
  const [floor = []] = times
  return contenders.map(({ name }, index) => {
    const own = times[index] ?? []
    const ratios = own.map((time, round) => time / (floor[round] ?? Number.NaN))
    return {
      name,
      median: quantile(own, 0.5),
      ratio: { low: quantile(ratios, 0.25), median: quantile(ratios, 0.5), high: quantile(ratios, 0.75) },
    }
  })
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}
