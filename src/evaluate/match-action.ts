import { foldAscii } from '../match/case.js'
import { matchesWildcard, wildcard } from '../match/wildcard.js'
import type { Truth } from '../operators/truth.js'
import type { Statement, Text } from '../policy/ast.js'

/** Action and NotAction: docs/semantics.md, S5. */
export function matchAction({ Action, NotAction = [] }: Statement, action: string): Truth {
  return Action === undefined ? !covers(NotAction, action) : covers(Action, action)
}

function covers(patterns: readonly Text[], action: string): boolean {
  const name = foldAscii(action)
  return patterns.some(({ text }) => matchesWildcard(wildcard(foldAscii(text)), name))
}
