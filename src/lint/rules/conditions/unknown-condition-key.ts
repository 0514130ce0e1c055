import { diagnosticRule } from '../../diagnostic-rule.js'

export const unknownConditionKey = diagnosticRule(
  {
    id: 'unknown-condition-key',
    severity: 'error',
    category: 'conditions',
    summary: 'A condition asks for a key that does not exist',
    recommended: true,
  },
  ['unknown-condition-key', 'unknown-global-key'],
)
