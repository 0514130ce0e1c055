import { isCanonicalBase64 } from '../match/base64.js'
import { comparison, textOf } from './operator.js'

/** Compares bytes; both sides spell them in canonical base64, so equal bytes are equal texts. */
export const binaryEquals = comparison<string, string>({
  negated: false,
  expandsVariables: false,
  hasWildcards: false,
  expects: 'base64 with padding',
  read: (pieces) => canonical(textOf(pieces)),
  readValue: canonical,
  matches: (operand, value) => value === operand,
})

function canonical(text: string): string | undefined {
  return isCanonicalBase64(text) ? text : undefined
}
