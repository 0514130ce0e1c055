import { canonicalKeyName } from '../../catalog/lookup.js'
import { type ContextValues, evaluateOperator } from '../../operators/evaluate-operator.js'
import { operators } from '../../operators/table.js'
import type { Truth } from '../../operators/truth.js'
import { type Condition, type ConditionOperator, formatOperator, type PolicyVersion } from '../../policy/ast.js'
import { type Expansion, parseTemplate, plainText } from '../../policy/template.js'
import type { EvaluationContext } from '../../request/evaluation-context.js'
import { expandTemplate } from '../../request/variables.js'
import { type Probe, probesOf } from './probe.js'

/** One condition of a statement, its variables replaced. */
export interface ConditionTest {
  /** Equal for conditions that mean the same. */
  readonly id: string
  /** As the catalogue spells it. */
  readonly key: string
  readonly operator: Omit<ConditionOperator, 'location'>
  /** As the policy spells them. */
  readonly operands: readonly string[]
  /** The same with variables replaced. */
  readonly expanded: readonly Expansion[]
  readonly probes: readonly Probe[]
  readonly truthOf: (values: ContextValues) => Truth
}

/** @param variables what the policy's variables stand for */
export function conditionTest(
  { operator, key, values }: Condition,
  version: PolicyVersion | undefined,
  variables: EvaluationContext,
): ConditionTest {
  const { expandsVariables } = operators[operator.name]
  const operands = values.map(({ text }) => text)
  const expanded = operands.map((text) => (expandsVariables ? expandTemplate(parseTemplate(text, version), variables) : plainText(text)))
  const name = canonicalKeyName(key.text)
  return {
    id: JSON.stringify([formatOperator(operator), name, expanded]),
    key: name,
    operator: { name: operator.name, ifExists: operator.ifExists, ...(operator.prefix && { prefix: operator.prefix }) },
    operands,
    expanded,
    probes: expanded.flatMap((operand) => probesOf(operator.name, operand)),
    truthOf: (given) => evaluateOperator(operator, expanded, given),
  }
}
