import { absenceRule } from '../../absence-rule.js'
import { ifExistsGuard } from '../../open-guards.js'

export const allowIfExists = absenceRule(
  { id: 'allow-if-exists', severity: 'security', summary: 'An Allow under an operator with IfExists applies where the key is absent' },
  ifExistsGuard,
)
