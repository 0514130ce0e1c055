import { diagnosticRule } from '../../diagnostic-rule.js'
import { principalAt } from '../../place.js'
import { isStarAmongOthers } from './star-among-principals.js'
import { hasPartialWildcard } from './wildcard-in-principal.js'

/** Principals with wildcards, and stars among others, have rules of their own. */
export const invalidPrincipal = diagnosticRule(
  {
    id: 'invalid-principal',
    severity: 'error',
    category: 'principals',
    summary: 'A principal that S3 cannot resolve',
    recommended: true,
  },
  ['invalid-principal'],
  (diagnostic, { found }) => {
    const at = principalAt(found?.draft, diagnostic)
    return at === undefined || !(hasPartialWildcard(at.entry) || isStarAmongOthers(at.entry, at.statement))
  },
)
