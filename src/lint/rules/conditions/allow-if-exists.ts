import { formatOperator } from '../../../policy/ast.js'
import { absenceRule } from '../../absence-rule.js'
import { ifExistsGuards } from '../../open-guards.js'

export const allowIfExists = absenceRule(
  { id: 'allow-if-exists', severity: 'security', summary: 'An Allow under an operator with IfExists applies where the key is absent' },
  ifExistsGuards,
  ({ operator }) => `use \`${formatOperator({ ...operator, ifExists: false })}\``,
)
