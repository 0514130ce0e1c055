/** Truth as a number: three values that need no union of types in hot code. What cannot be decided never allows and never lifts a Deny. */
export type TruthNumber = 0 | 1 | 2
export const FALSE = 0
export const TRUE = 1
export const UNSURE = 2

export function truthOf(value: boolean): TruthNumber {
  return value ? TRUE : FALSE
}

/** Swaps true and false. */
export function not(truth: TruthNumber): TruthNumber {
  return truth === UNSURE ? UNSURE : truth === TRUE ? FALSE : TRUE
}
