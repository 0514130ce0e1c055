import { diagnosticRule } from '../../diagnostic-rule.js'

export const wrongType = diagnosticRule(
  {
    id: 'wrong-type',
    severity: 'error',
    category: 'structure',
    summary: 'An element is of a type that it cannot have',
    recommended: true,
  },
  ['wrong-type'],
)
