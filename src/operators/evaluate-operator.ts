import type { ConditionOperator } from '../policy/ast.js'
import type { Expansion } from '../policy/template.js'
import type { Comparison, Presence } from './operator.js'
import { operators } from './table.js'
import { and, not, or, type Truth } from './truth.js'

/** The values of a condition key in one request; an empty list is an absent key. */
export type ContextValues = readonly string[] | 'unknown'

/** Whether a condition holds: its operator, its operands after variables, and the request's values of its key. */
export function evaluateOperator(
  { name, prefix, ifExists }: Pick<ConditionOperator, 'name' | 'prefix' | 'ifExists'>,
  operands: readonly Expansion[],
  values: ContextValues,
): Truth {
  if (values === 'unknown') return 'unknown'
  const operator = operators[name]
  if (operator.kind === 'presence') {
    // AWS documents both as constant (Access Analyzer check "Null with qualifier").
    if (prefix !== undefined) return prefix === 'ForAllValues'
    return or(operands.map((operand) => evaluatePresence(operator, operand, values.length === 0)))
  }
  if (prefix === 'ForAllValues') return and(values.map((value) => evaluateValue(operator, operands, value)))
  if (prefix === 'ForAnyValue') {
    return values.length === 0 ? ifExists : or(values.map((value) => evaluateValue(operator, operands, value)))
  }
  const [value, ...others] = values
  if (value === undefined) return ifExists || operator.negated
  return others.length > 0 ? 'unknown' : evaluateValue(operator, operands, value)
}

/** Whether the operator holds for one value: one operand must match, or for a negated operator none. */
function evaluateValue(operator: Comparison, operands: readonly Expansion[], value: string): Truth {
  const matches = or(operands.map((operand) => evaluatePair(operator, operand, value)))
  return operator.negated ? not(matches) : matches
}

/** What the operator cannot read, on either side, makes the pair unknown; an operand whose variable is unset matches nothing. */
function evaluatePair(operator: Comparison, operand: Expansion, text: string): Truth {
  const value = operator.readValue(text)
  if (value === undefined || operand.kind === 'unknown') return 'unknown'
  if (operand.kind === 'unset') return false
  const read = operator.read(operand.pieces)
  return read === undefined ? 'unknown' : operator.matches(read, value)
}

function evaluatePresence(operator: Presence, operand: Expansion, isAbsent: boolean): Truth {
  const wantsAbsence = operand.kind === 'text' ? operator.read(operand.pieces) : undefined
  return wantsAbsence === undefined ? 'unknown' : wantsAbsence === isAbsent
}
