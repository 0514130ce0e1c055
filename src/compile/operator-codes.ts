import type { OperatorName } from '../catalog/condition-operators.js'
import * as layout from '../program/layout.js'

/** What the program knows of an operator. */
export interface OperatorCode {
  readonly family: number
  readonly negated: boolean
  /** For numbers and dates: the orders of value and operand for which it holds. */
  readonly orders: number
}

/** How a program carries out each condition operator. What they mean is in operators/table.ts. */
export const operatorCodes: Readonly<Record<OperatorName, OperatorCode>> = {
  StringEquals: code(layout.FAMILY_EQUALS),
  StringNotEquals: negated(layout.FAMILY_EQUALS),
  StringEqualsIgnoreCase: code(layout.FAMILY_EQUALS_FOLDED),
  StringNotEqualsIgnoreCase: negated(layout.FAMILY_EQUALS_FOLDED),
  StringLike: code(layout.FAMILY_LIKE),
  StringNotLike: negated(layout.FAMILY_LIKE),
  NumericEquals: code(layout.FAMILY_NUMBER),
  NumericNotEquals: negated(layout.FAMILY_NUMBER),
  NumericLessThan: code(layout.FAMILY_NUMBER, layout.ORDER_BELOW),
  NumericLessThanEquals: code(layout.FAMILY_NUMBER, layout.ORDER_BELOW | layout.ORDER_EQUAL),
  NumericGreaterThan: code(layout.FAMILY_NUMBER, layout.ORDER_ABOVE),
  NumericGreaterThanEquals: code(layout.FAMILY_NUMBER, layout.ORDER_ABOVE | layout.ORDER_EQUAL),
  DateEquals: code(layout.FAMILY_DATE),
  DateNotEquals: negated(layout.FAMILY_DATE),
  DateLessThan: code(layout.FAMILY_DATE, layout.ORDER_BELOW),
  DateLessThanEquals: code(layout.FAMILY_DATE, layout.ORDER_BELOW | layout.ORDER_EQUAL),
  DateGreaterThan: code(layout.FAMILY_DATE, layout.ORDER_ABOVE),
  DateGreaterThanEquals: code(layout.FAMILY_DATE, layout.ORDER_ABOVE | layout.ORDER_EQUAL),
  Bool: code(layout.FAMILY_BOOLEAN),
  BinaryEquals: code(layout.FAMILY_BINARY),
  IpAddress: code(layout.FAMILY_ADDRESS),
  NotIpAddress: negated(layout.FAMILY_ADDRESS),
  ArnEquals: code(layout.FAMILY_ARN),
  ArnLike: code(layout.FAMILY_ARN),
  ArnNotEquals: negated(layout.FAMILY_ARN),
  ArnNotLike: negated(layout.FAMILY_ARN),
  Null: code(layout.FAMILY_PRESENCE),
}

function code(family: number, orders = layout.ORDER_EQUAL): OperatorCode {
  return { family, negated: false, orders }
}

function negated(family: number): OperatorCode {
  return { family, negated: true, orders: layout.ORDER_EQUAL }
}
