import { findConditionKey } from '../../../catalog/lookup.js'
import { type Condition, formatOperator, type Statement } from '../../../policy/ast.js'
import { isOpenWithout } from '../../absence.js'
import { absenceRule } from '../../absence-rule.js'

export const allowForAllValues = absenceRule(
  { id: 'allow-for-all-values', severity: 'security', summary: 'An Allow under ForAllValues applies where the key is absent' },
  isForAllValues,
  (condition) => `add \`"Null": {"${condition.key.text}": "false"}\`, or use \`${closedOperator(condition)}\``,
)

function isForAllValues({ operator: { prefix, name } }: Condition): boolean {
  return prefix === 'ForAllValues' && name !== 'Null'
}

/** The operator that is false where the key is absent. */
function closedOperator({ operator, key }: Condition): string {
  const { name } = operator
  const hasSeveral = findConditionKey(key.text)?.multiValued === true
  return formatOperator(hasSeveral ? { name, prefix: 'ForAnyValue', ifExists: false } : { name, ifExists: false })
}

/** Whether this rule reports a condition. */
export function isOpenForAllValues(statement: Statement, condition: Condition): boolean {
  return isForAllValues(condition) && isOpenWithout(statement, condition)
}
