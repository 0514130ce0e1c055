import { diagnosticRule } from '../../diagnostic-rule.js'
import { conditionAt } from '../../place.js'

export const nullValue = diagnosticRule(
  {
    id: 'null-value',
    severity: 'error',
    category: 'conditions',
    summary: 'A Null condition has a value that is neither true nor false',
    recommended: true,
  },
  ['malformed-operand'],
  (diagnostic, { found }) => conditionAt(found?.draft, diagnostic)?.operator.name === 'Null',
)
