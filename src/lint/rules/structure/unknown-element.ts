import { diagnosticRule } from '../../diagnostic-rule.js'

export const unknownElement = diagnosticRule(
  {
    id: 'unknown-element',
    severity: 'error',
    category: 'structure',
    summary: 'An element that policies do not have',
    recommended: true,
  },
  ['unknown-element'],
)
