/** Quartiles over the rounds. */
export interface Spread {
  readonly low: number
  readonly median: number
  readonly high: number
}

/** What became of a peer on a workload. */
export type Outcome =
  | Timed
  /** `cannot`: no words for it; `wrong`: other answers than the reference; `slow`: past the limits; `missing`: no toolchain or package. */
  | { readonly status: 'cannot' | 'wrong' | 'slow' | 'missing' | 'failed'; readonly reason: string }

export interface Timed {
  readonly status: 'timed'
  /** Nanoseconds a decision. */
  readonly ns: Spread
  /** Times grantree in the same round, and grantree's own times the floor; only of peers in the same process. */
  readonly ratio?: Spread
  /** Nanoseconds of the floor in the same rounds; only with grantree's own. */
  readonly floor?: Spread
  /** Answers compared with the reference before anything was timed. */
  readonly checked: number
  readonly rounds: number
  /** Decisions in each round. */
  readonly operations: number
}

export type Stage = 'started' | 'loaded' | 'checked'

/** What a process that times a peer says, a line of JSON each: it is past a stage, or it has ended. */
export type Message = { readonly stage: Stage } | Outcome

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { low: at(0.25), median: at(0.5), high: at(0.75) }
}
