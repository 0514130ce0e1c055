import { foldAscii } from '../match/case.js'
import { comparison, type Presence, textOf } from './operator.js'

/** `true` and `false` in any case are equal to themselves. */
export const bool = comparison<boolean, boolean>({
  negated: false,
  expandsVariables: false,
  hasWildcards: false,
  expects: '`true` or `false`',
  read: (pieces) => parseBoolean(textOf(pieces)),
  readValue: parseBoolean,
  matches: (operand, value) => value === operand,
})

/** `true` asks for the key's absence, `false` for its presence. */
export const nullOperator: Presence = {
  kind: 'presence',
  expandsVariables: false,
  hasWildcards: false,
  expects: '`true` (the key is absent) or `false` (it is present)',
  read: (pieces) => parseBoolean(textOf(pieces)),
}

function parseBoolean(text: string): boolean | undefined {
  const folded = foldAscii(text)
  return folded === 'true' ? true : folded === 'false' ? false : undefined
}
