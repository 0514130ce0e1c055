import { textRule } from '../../text-rule.js'
import { actionProblem } from './action-problem.js'

export const unusableAction = textRule(
  {
    id: 'unusable-action',
    severity: 'error',
    category: 'actions',
    summary: 'An action of S3 that no bucket policy can be about',
    recommended: true,
  },
  ['invalid-action'],
  (text) => actionProblem(text) === 'unusable',
)
