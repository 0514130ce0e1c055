import { diagnosticRule } from '../../diagnostic-rule.js'

export const invalidVersion = diagnosticRule(
  {
    id: 'invalid-version',
    severity: 'error',
    category: 'structure',
    summary: 'A version of the policy language that does not exist',
    recommended: true,
  },
  ['invalid-version'],
)
