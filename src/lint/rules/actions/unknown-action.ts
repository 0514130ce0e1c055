import { textRule } from '../../text-rule.js'
import { hiddenCharacters } from '../structure/hidden-characters.js'
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
  // What cannot be seen in a name is told by invisible-characters.
  (text) => actionProblem(text) === 'unknown' && (text === undefined || hiddenCharacters(text).length === 0),
)
