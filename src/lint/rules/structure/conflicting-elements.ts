import { diagnosticRule } from '../../diagnostic-rule.js'

export const conflictingElements = diagnosticRule(
  {
    id: 'conflicting-elements',
    severity: 'error',
    category: 'structure',
    summary: 'A statement has an element and its negation, such as Action and NotAction',
    recommended: true,
  },
  ['conflicting-elements'],
)
