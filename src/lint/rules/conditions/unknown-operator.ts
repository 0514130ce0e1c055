import { diagnosticRule } from '../../diagnostic-rule.js'

export const unknownOperator = diagnosticRule(
  {
    id: 'unknown-operator',
    severity: 'error',
    category: 'conditions',
    summary: 'A condition uses an operator that does not exist',
    recommended: true,
  },
  ['unknown-operator'],
)
