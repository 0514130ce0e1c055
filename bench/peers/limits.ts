/** What a peer may take before it is called too slow, in milliseconds. The programs in Go and Rust are told these numbers. */
export const limits = {
  loading: 60_000,
  /** One decision. */
  decision: 2000,
  /** The check stops here, if it has compared `fewestChecked` answers by then. */
  checking: 5000,
  /** All rounds of a peer, about. */
  timing: 2000,
  /** One round of a peer, about: fewer requests where decisions are slow. */
  round: 25,
} as const

export const counts = { checked: 200, checkedOfLarge: 104, fewestChecked: 16, operations: 1000, rounds: 100, fewestRounds: 3 } as const
