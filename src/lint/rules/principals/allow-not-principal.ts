import { diagnosticRule } from '../../diagnostic-rule.js'

export const allowNotPrincipal = diagnosticRule(
  {
    id: 'allow-not-principal',
    severity: 'security',
    category: 'principals',
    summary: 'An Allow with NotPrincipal lets everybody else in, anonymous callers included',
    recommended: true,
  },
  ['allow-not-principal'],
)
