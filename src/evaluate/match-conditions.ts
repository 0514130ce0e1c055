import { evaluateOperator } from '../operators/evaluate-operator.js'
import { operators } from '../operators/table.js'
import { type Condition, formatOperator, type PolicyVersion } from '../policy/ast.js'
import { type Expansion, parseTemplate, plainText } from '../policy/template.js'
import type { EvaluationContext } from '../request/evaluation-context.js'
import { expandTemplate } from '../request/variables.js'
import type { ConditionOutcome } from './explanation.js'

/** Every condition of a statement, evaluated: docs/semantics.md, S8. */
export function matchConditions(
  conditions: readonly Condition[],
  version: PolicyVersion | undefined,
  context: EvaluationContext,
): readonly ConditionOutcome[] {
  return conditions.map(({ operator, key, values: operands }) => {
    const { expandsVariables } = operators[operator.name]
    const expand = (text: string): Expansion => (expandsVariables ? expandTemplate(parseTemplate(text, version), context) : plainText(text))
    const values = context.valuesOf(key.text)
    return {
      operator: formatOperator(operator),
      key: key.text,
      operands: operands.map(({ text }) => text),
      values,
      truth: evaluateOperator(
        operator,
        operands.map(({ text }) => expand(text)),
        values,
      ),
    }
  })
}
