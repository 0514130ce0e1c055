import { findConditionKey } from '../../../catalog/lookup.js'
import { formatOperator } from '../../../policy/ast.js'
import { forAllValuesGuard } from '../../open-guards.js'
import type { Rule } from '../../rule.js'

export const setOperatorOnSingleValue: Rule = {
  meta: {
    id: 'set-operator-on-single-value',
    severity: 'warning',
    category: 'conditions',
    summary: 'ForAllValues or ForAnyValue on a key that has one value at most',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: {
      all: '`{key}` has one value at most: `{operator}` only adds that the condition is true where it is absent',
      any: '`{key}` has one value at most: the `ForAnyValue` says nothing',
    },
  },
  create: ({ report }) => ({
    statement(statement) {
      for (const condition of statement.Condition) {
        const { operator, key } = condition
        const row = findConditionKey(key.text)
        // Null under a set operator has a rule of its own, and so has the Allow that the absence opens.
        if (operator.prefix === undefined || operator.name === 'Null' || row === undefined || row.multiValued === true) continue
        if (forAllValuesGuard.conditionsOf(statement).includes(condition)) continue
        const data = { key: key.text, operator: formatOperator(operator) }
        const single = formatOperator({ name: operator.name, ifExists: operator.ifExists })
        const messageId = operator.prefix === 'ForAllValues' ? 'all' : 'any'
        report({ messageId, location: key.location, data, help: `use \`${single}\`` })
      }
    },
  }),
}
