import { and as bothOf, ite, not as notTerm, or as oneOf, type Term } from './terms.js'

/** A truth of three values as two terms: it is true; it is true or unknown. */
export interface Truth {
  readonly sure: Term
  readonly possible: Term
}

export const certain = (term: Term): Truth => ({ sure: term, possible: term })
export const always: Truth = certain('true')
export const never: Truth = certain('false')
export const unknown: Truth = { sure: 'false', possible: 'true' }

export function and(...truths: readonly Truth[]): Truth {
  return { sure: bothOf(...truths.map(({ sure }) => sure)), possible: bothOf(...truths.map(({ possible }) => possible)) }
}

export function or(...truths: readonly Truth[]): Truth {
  return { sure: oneOf(...truths.map(({ sure }) => sure)), possible: oneOf(...truths.map(({ possible }) => possible)) }
}

export function not({ sure, possible }: Truth): Truth {
  return { sure: notTerm(possible), possible: notTerm(sure) }
}

/** The first where the condition holds, else the second. */
export function choose(condition: Term, yes: Truth, no: Truth): Truth {
  return { sure: ite(condition, yes.sure, no.sure), possible: ite(condition, yes.possible, no.possible) }
}
