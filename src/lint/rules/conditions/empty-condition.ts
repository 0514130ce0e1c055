import { diagnosticRule } from '../../diagnostic-rule.js'

export const emptyCondition = diagnosticRule(
  {
    id: 'empty-condition',
    severity: 'warning',
    category: 'conditions',
    summary: 'A condition without an operator or without a key restricts nothing',
    recommended: true,
  },
  ['empty-condition'],
)
