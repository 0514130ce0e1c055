import { diagnosticRule } from '../../diagnostic-rule.js'

export const emptyOperandList = diagnosticRule(
  {
    id: 'empty-operand-list',
    severity: 'warning',
    category: 'conditions',
    summary: 'A condition compares with an empty list, so that no value can match',
    recommended: true,
  },
  ['empty-operand-list'],
)
