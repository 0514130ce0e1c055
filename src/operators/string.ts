import { foldSimple } from '../match/case.js'
import { matchesWildcard, wildcardOf } from '../match/wildcard.js'
import { comparison, textOf } from './operator.js'

const text = { expandsVariables: true, expects: 'text' }

/** Compares whole texts exactly. */
export function stringEquals(negated: boolean) {
  return comparison<string>({
    ...text,
    negated,
    hasWildcards: false,
    read: textOf,
    test: (operand, value) => operand === value,
  })
}

/** Compares whole texts after simple case folding. */
export function stringEqualsIgnoreCase(negated: boolean) {
  return comparison<string>({
    ...text,
    negated,
    hasWildcards: false,
    read: (pieces) => foldSimple(textOf(pieces)),
    test: (operand, value) => operand === foldSimple(value),
  })
}

/** Matches the whole text with a pattern of `*` and `?`. */
export function stringLike(negated: boolean) {
  return comparison({
    ...text,
    negated,
    hasWildcards: true,
    read: wildcardOf,
    test: matchesWildcard,
  })
}
