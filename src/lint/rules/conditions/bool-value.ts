import { diagnosticRule } from '../../diagnostic-rule.js'
import { conditionAt } from '../../place.js'
import { isMismatch } from './operator-key-mismatch.js'

export const boolValue = diagnosticRule(
  {
    id: 'bool-value',
    severity: 'error',
    category: 'conditions',
    summary: 'A Bool condition has a value that is neither true nor false',
    recommended: true,
  },
  ['malformed-operand'],
  (diagnostic, { found }) => {
    const condition = conditionAt(found?.draft, diagnostic)
    return condition?.operator.name === 'Bool' && !isMismatch(condition)
  },
)
