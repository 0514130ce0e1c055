import { diagnosticRule } from '../../diagnostic-rule.js'

export const invalidEffect = diagnosticRule(
  {
    id: 'invalid-effect',
    severity: 'error',
    category: 'structure',
    summary: 'An effect other than Allow and Deny',
    recommended: true,
  },
  ['invalid-effect'],
)
