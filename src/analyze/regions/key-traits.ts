import type { OperatorName } from '../../catalog/condition-operators.js'
import { hasWildcard } from '../../match/wildcard.js'
import { operators } from '../../operators/table.js'
import { formatOperator } from '../../policy/ast.js'
import { plainText } from '../../policy/template.js'
import type { ConditionTest } from '../conditions/condition-test.js'
import type { KeyValues } from '../dimensions/key-dimension.js'
import type { KeyLabel } from './labels.js'
import type { Trait } from './term.js'

export type KeyTrait = Trait<KeyValues, KeyLabel>

export const absent: KeyTrait = { label: { kind: 'absent' }, holds: (values) => values.length === 0 }

/** What the conditions on a key let one say about its values. */
export function keyTraits(tests: readonly ConditionTest[], isMultiValued: boolean): readonly KeyTrait[] {
  const traits = new Map<string, KeyTrait>()
  for (const test of tests) {
    for (const trait of isMultiValued ? [wholeTrait(test)] : operandTraits(test)) traits.set(JSON.stringify(trait.label), trait)
  }
  return [absent, ...traits.values()]
}

export function keyLabelOf(values: KeyValues): KeyLabel {
  return values.length === 0 ? { kind: 'absent' } : { kind: 'is', values }
}

function wholeTrait({ operator, operands, truthOf }: ConditionTest): KeyTrait {
  return { label: { kind: 'fulfils', operator: formatOperator(operator), values: operands }, holds: (values) => truthOf(values) === true }
}

/** Each operand alone, without negation: `10.0.0.0/8` rather than `not one of …`. */
function operandTraits({ operator, operands, expanded }: ConditionTest): readonly KeyTrait[] {
  const row = operators[operator.name]
  if (row.kind === 'presence') return []
  return operands.map((operand, index): KeyTrait => {
    const expansion = expanded[index] ?? plainText(operand)
    const read = expansion.kind === 'text' ? row.read(expansion.pieces) : undefined
    return {
      label: { kind: 'matches', operator: plainest(operator.name, operand), value: operand },
      holds([text]) {
        const value = text === undefined ? undefined : row.readValue(text)
        return value !== undefined && read !== undefined && row.matches(read, value)
      },
    }
  })
}

/** The operator without negation; a pattern without wildcards is only equal to itself. */
function plainest(name: OperatorName, operand: string): OperatorName {
  const operator = positive[name] ?? name
  return (operator === 'StringLike' || operator === 'ArnLike') && !hasWildcard(operand) && !operand.includes('${')
    ? 'StringEquals'
    : operator
}

const positive: Readonly<Partial<Record<OperatorName, OperatorName>>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnLike',
  ArnNotLike: 'ArnLike',
  ArnEquals: 'ArnLike',
}
