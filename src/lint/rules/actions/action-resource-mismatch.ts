import { diagnosticRule } from '../../diagnostic-rule.js'

export const actionResourceMismatch = diagnosticRule(
  {
    id: 'action-resource-mismatch',
    severity: 'error',
    category: 'actions',
    summary: 'An action has no resource in its statement that it can be done to',
    recommended: true,
  },
  ['action-resource-mismatch'],
)
