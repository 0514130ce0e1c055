import { findConditionKey } from '../../../catalog/lookup.js'
import { type Condition, formatOperator, type Statement } from '../../../policy/ast.js'
import { isPresenceChecked, mayBeAbsent, saysWhoAsks } from '../../absence.js'
import type { Rule } from '../../rule.js'

export const allowForAllValues: Rule = {
  meta: {
    id: 'allow-for-all-values',
    severity: 'security',
    category: 'conditions',
    summary: 'An Allow under ForAllValues applies where the key is absent',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { absent: '`{operator}` is true for requests without `{key}`, so the Allow applies to them too' },
  },
  create: ({ report }) => ({
    statement(statement) {
      for (const condition of statement.Condition) {
        if (!isOpenForAllValues(statement, condition)) continue
        const { operator, key } = condition
        const help = `add \`"Null": {"${key.text}": "false"}\`, or use \`${closedOperator(condition)}\``
        report({ messageId: 'absent', location: key.location, data: { operator: formatOperator(operator), key: key.text }, help })
      }
    },
  }),
}

/** The operator that is false where the key is absent. */
function closedOperator({ operator, key }: Condition): string {
  const { name } = operator
  const hasSeveral = findConditionKey(key.text)?.multiValued === true
  return formatOperator(hasSeveral ? { name, prefix: 'ForAnyValue', ifExists: false } : { name, ifExists: false })
}

/** Whether an Allow is open to callers without the key. Keys for what is sent, such as `aws:TagKeys`, are absent where nothing is, and that is meant. */
export function isOpenForAllValues(statement: Statement, condition: Condition): boolean {
  const { operator, key } = condition
  return (
    statement.Effect === 'Allow' &&
    operator.prefix === 'ForAllValues' &&
    operator.name !== 'Null' &&
    saysWhoAsks(key.text) &&
    mayBeAbsent(key.text, statement) &&
    !isPresenceChecked(statement, condition)
  )
}
