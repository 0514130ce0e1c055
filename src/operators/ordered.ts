import { compareInstants, type Instant, parseInstant } from '../match/date.js'
import { compareDecimals, type Decimal, parseDecimal } from '../match/number.js'
import { type Comparison, comparison, textOf } from './operator.js'

/** Of the request's value against the operand: below, equal or above zero. */
type Order = (order: number) => boolean

/** A comparison of exact decimal numbers. */
export function numeric(holds: Order, negated = false): Comparison {
  return ordered<Decimal>(parseDecimal, compareDecimals, 'a decimal number such as `10` or `-1.5e3`', holds, negated)
}

/** A comparison of instants. */
export function date(holds: Order, negated = false): Comparison {
  const expects = 'a date such as `2026-09-21` or `2026-09-21T14:13:20Z`, or Unix seconds'
  return ordered<Instant>(parseInstant, compareInstants, expects, holds, negated)
}

function ordered<Operand>(
  parse: (text: string) => Operand | undefined,
  compare: (value: Operand, operand: Operand) => number,
  expects: string,
  holds: Order,
  negated: boolean,
): Comparison {
  return comparison<Operand, Operand>({
    negated,
    expandsVariables: false,
    hasWildcards: false,
    expects,
    read: (pieces) => parse(textOf(pieces)),
    readValue: parse,
    matches: (operand, value) => holds(compare(value, operand)),
  })
}
