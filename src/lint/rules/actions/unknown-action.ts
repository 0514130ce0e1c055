import { textRule } from '../../text-rule.js'
import { actionProblem } from './action-problem.js'

export const unknownAction = textRule(
  {
    id: 'unknown-action',
    severity: 'error',
    category: 'actions',
    summary: 'An action that S3 does not have',
    recommended: true,
  },
  ['invalid-action'],
  (text) => actionProblem(text) === 'unknown',
)
