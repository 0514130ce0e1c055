import { diagnosticRule } from '../../diagnostic-rule.js'

export const unknownPrincipalType = diagnosticRule(
  {
    id: 'unknown-principal-type',
    severity: 'error',
    category: 'principals',
    summary: 'A principal stands under a name that is no type of principal',
    recommended: true,
  },
  ['unknown-principal-type'],
)
