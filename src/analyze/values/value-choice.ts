/** Values of which each stands for all that the tests treat like it. */
export interface ValueChoice {
  /** The values people would rather read first. */
  readonly values: readonly string[]
  /** Why there may be values that none of these stands for; absent if there are none. */
  readonly incomplete?: string
}
