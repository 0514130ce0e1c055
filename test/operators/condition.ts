import type { OperatorName, SetPrefix } from '../../src/catalog/condition-operators.js'
import type { Piece } from '../../src/match/wildcard.js'
import { type ContextValues, evaluateOperator } from '../../src/operators/evaluate-operator.js'
import type { Truth } from '../../src/operators/truth.js'
import type { Expansion } from '../../src/policy/template.js'

/** A condition after its variables have been expanded: operands that are texts are plain texts. */
export interface TestedCondition {
  readonly name: OperatorName
  readonly prefix?: SetPrefix | undefined
  readonly ifExists?: boolean | undefined
  readonly operands: readonly (string | Expansion)[]
  readonly values: ContextValues
}

export const unset: Expansion = { kind: 'unset' }
export const unknown: Expansion = { kind: 'unknown' }

/** An operand whose pieces are, in turn, plain and literal: `a*` plain, then `*` literal, and so on. */
export function pieces(...texts: readonly string[]): Expansion {
  return { kind: 'text', pieces: texts.map((text, index): Piece => ({ text, literal: index % 2 === 1 })) }
}

export function truthOf({ name, prefix, ifExists = false, operands, values }: TestedCondition): Truth {
  const expansions = operands.map((operand) => (typeof operand === 'string' ? pieces(operand) : operand))
  return evaluateOperator({ name, ifExists, ...(prefix === undefined ? {} : { prefix }) }, expansions, values)
}
