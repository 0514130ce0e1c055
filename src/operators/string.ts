import { foldSimple } from '../match/case.js'
import { matchesWildcard, type Wildcard, wildcardOf } from '../match/wildcard.js'
import { comparison, textOf } from './operator.js'

const text = { expandsVariables: true, expects: 'text' }

/** Compares whole texts exactly. */
export function stringEquals(negated: boolean) {
  return comparison<string, string>({
    ...text,
    negated,
    hasWildcards: false,
    read: textOf,
    readValue: (value) => value,
    matches: (operand, value) => operand === value,
  })
}

/** Compares whole texts after simple case folding. */
export function stringEqualsIgnoreCase(negated: boolean) {
  return comparison<string, string>({
    ...text,
    negated,
    hasWildcards: false,
    read: (pieces) => foldSimple(textOf(pieces)),
    readValue: foldSimple,
    matches: (operand, value) => operand === value,
  })
}

/** Matches the whole text with a pattern of `*` and `?`. */
export function stringLike(negated: boolean) {
  return comparison<Wildcard, string>({
    ...text,
    negated,
    hasWildcards: true,
    read: wildcardOf,
    readValue: (value) => value,
    matches: matchesWildcard,
  })
}
