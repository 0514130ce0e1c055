import { isNegated } from '../../absence.js'
import { absenceRule } from '../../absence-rule.js'

export const negatedAllow = absenceRule(
  { id: 'negated-allow', severity: 'warning', summary: 'An Allow under a negated operator applies where the key is absent' },
  (condition) => isNegated(condition) && condition.operator.prefix === undefined,
  () => 'say who is allowed, and deny the others in a statement of their own',
)
