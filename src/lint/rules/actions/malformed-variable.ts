import { diagnosticRule } from '../../diagnostic-rule.js'

export const malformedVariable = diagnosticRule(
  {
    id: 'malformed-variable',
    severity: 'warning',
    category: 'actions',
    summary: 'A policy variable is not written as it must be',
    recommended: true,
  },
  ['malformed-variable'],
)
