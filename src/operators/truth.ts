/** Three values: what cannot be decided is `unknown`, which never allows and never lifts a Deny. */
export type Truth = boolean | 'unknown'

/** False if any is false, else unknown if any is unknown, else true. */
export function and(truths: Iterable<Truth>): Truth {
  return not(or(Array.from(truths, not)))
}

/** True if any is true, else unknown if any is unknown, else false. */
export function or(truths: Iterable<Truth>): Truth {
  let result: Truth = false
  for (const truth of truths) {
    if (truth === true) return true
    if (truth === 'unknown') result = truth
  }
  return result
}

/** Swaps true and false. */
export function not(truth: Truth): Truth {
  return truth === 'unknown' ? truth : !truth
}
