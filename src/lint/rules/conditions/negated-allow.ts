import { absenceRule } from '../../absence-rule.js'
import { negatedGuard } from '../../open-guards.js'

export const negatedAllow = absenceRule(
  { id: 'negated-allow', severity: 'warning', summary: 'An Allow under a negated operator applies where the key is absent' },
  negatedGuard,
)
