import { diagnosticRule } from '../../diagnostic-rule.js'

export const nullWithSetOperator = diagnosticRule(
  {
    id: 'null-with-set-operator',
    severity: 'warning',
    category: 'conditions',
    summary: 'Null under ForAllValues or ForAnyValue is always the same',
    recommended: true,
  },
  ['null-with-set-operator'],
)
