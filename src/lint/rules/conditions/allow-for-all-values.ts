import { findConditionKey } from '../../../catalog/lookup.js'
import { type Condition, formatOperator } from '../../../policy/ast.js'
import { absenceRule } from '../../absence-rule.js'
import { forAllValuesGuards } from '../../open-guards.js'

export const allowForAllValues = absenceRule(
  { id: 'allow-for-all-values', severity: 'security', summary: 'An Allow under ForAllValues applies where the key is absent' },
  forAllValuesGuards,
  (condition) => `add \`"Null": {"${condition.key.text}": "false"}\`, or use \`${closedOperator(condition)}\``,
)

/** The operator that is false where the key is absent. */
function closedOperator({ operator, key }: Condition): string {
  const { name } = operator
  const hasSeveral = findConditionKey(key.text)?.multiValued === true
  return formatOperator(hasSeveral ? { name, prefix: 'ForAnyValue', ifExists: false } : { name, ifExists: false })
}
