import { textRule } from '../../text-rule.js'
import { actionProblem } from './action-problem.js'

export const wildcardWithoutMatch = textRule(
  {
    id: 'wildcard-without-match',
    severity: 'error',
    category: 'actions',
    summary: 'A pattern that covers no action of a bucket or an object',
    recommended: true,
  },
  ['invalid-action'],
  (text) => actionProblem(text) === 'pattern',
)
