import { diagnosticRule } from '../../diagnostic-rule.js'

export const conditionNotApplicable = diagnosticRule(
  {
    id: 'condition-not-applicable',
    severity: 'error',
    category: 'conditions',
    summary: 'A condition asks for a key that requests for the statement’s actions never carry',
    recommended: true,
  },
  ['condition-not-applicable'],
)
