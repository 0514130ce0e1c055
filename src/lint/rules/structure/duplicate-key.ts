import { diagnosticRule } from '../../diagnostic-rule.js'

export const duplicateKey = diagnosticRule(
  {
    id: 'duplicate-key',
    severity: 'error',
    category: 'structure',
    summary: 'An element or a condition key stands twice in one object, so that one of them is lost',
    recommended: true,
  },
  ['duplicate-member', 'repeated-condition-key'],
)
