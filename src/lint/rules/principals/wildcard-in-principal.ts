import { hasWildcard } from '../../../match/wildcard.js'
import type { PrincipalEntry } from '../../../policy/ast.js'
import { diagnosticRule } from '../../diagnostic-rule.js'
import { principalAt } from '../../place.js'

/** Whether a principal has a wildcard and is not the star that means everybody. */
export function hasPartialWildcard({ type, text }: PrincipalEntry): boolean {
  return hasWildcard(text) && !(text === '*' && (type === '*' || type === 'AWS'))
}

export const wildcardInPrincipal = diagnosticRule(
  {
    id: 'wildcard-in-principal',
    severity: 'error',
    category: 'principals',
    summary: 'A principal is a pattern, which S3 does not take',
    recommended: true,
  },
  ['invalid-principal'],
  (diagnostic, { found }) => {
    const at = principalAt(found?.draft, diagnostic)
    return at !== undefined && hasPartialWildcard(at.entry)
  },
)
