import type { PrincipalEntry, Statement } from '../../../policy/ast.js'
import { diagnosticRule } from '../../diagnostic-rule.js'
import { principalAt, principalsOf } from '../../place.js'

/** Whether a principal is a star in a list with others. */
export function isStarAmongOthers({ type, text }: PrincipalEntry, statement: Statement): boolean {
  return type === 'AWS' && text === '*' && principalsOf(statement).filter((other) => other.type === 'AWS').length > 1
}

export const starAmongPrincipals = diagnosticRule(
  {
    id: 'star-among-principals',
    severity: 'error',
    category: 'principals',
    summary: 'The principal `*` stands beside others, which S3 does not take',
    recommended: true,
  },
  ['invalid-principal'],
  (diagnostic, { found }) => {
    const at = principalAt(found?.draft, diagnostic)
    return at !== undefined && isStarAmongOthers(at.entry, at.statement)
  },
)
