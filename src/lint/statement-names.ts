import { listOf, quoted } from '../analyze/words/lists.js'
import type { Policy } from '../policy/ast.js'

/** Statements as people find them: "statement 1 `DenyPlainHttp` and statement 3". They are counted from 1. */
export function statementNames({ Statement }: Policy, indices: readonly number[], word: 'and' | 'or'): string {
  const names = indices.map((index) => {
    const sid = Statement[index]?.Sid?.text
    return sid === undefined ? `statement ${index + 1}` : `statement ${index + 1} ${quoted(sid)}`
  })
  return listOf(names, word)
}
