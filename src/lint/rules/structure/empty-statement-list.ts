import { diagnosticRule } from '../../diagnostic-rule.js'

export const emptyStatementList = diagnosticRule(
  {
    id: 'empty-statement-list',
    severity: 'error',
    category: 'structure',
    summary: 'A policy without a statement',
    recommended: true,
  },
  ['empty-statement-list'],
)
