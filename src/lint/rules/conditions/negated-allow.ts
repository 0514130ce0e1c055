import { absenceRule } from '../../absence-rule.js'
import { negatedGuards } from '../../open-guards.js'

export const negatedAllow = absenceRule(
  { id: 'negated-allow', severity: 'warning', summary: 'An Allow under a negated operator applies where the key is absent' },
  negatedGuards,
  () => 'say who is allowed, and deny the others in a statement of their own',
)
