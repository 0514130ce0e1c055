import { diagnosticRule } from '../../diagnostic-rule.js'
import { conditionAt } from '../../place.js'
import { isMismatch } from './operator-key-mismatch.js'

/** Values of `Bool` and `Null`, and operators that do not fit the key, have rules of their own. */
export const malformedOperand = diagnosticRule(
  {
    id: 'malformed-operand',
    severity: 'error',
    category: 'conditions',
    summary: 'A condition has a value that its operator cannot read',
    recommended: true,
  },
  ['malformed-operand'],
  (diagnostic, { found }) => {
    const condition = conditionAt(found?.draft, diagnostic)
    if (condition === undefined) return true
    const { name } = condition.operator
    return name !== 'Bool' && name !== 'Null' && !isMismatch(condition)
  },
)
