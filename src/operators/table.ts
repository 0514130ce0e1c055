import type { OperatorName } from '../catalog/condition-operators.js'
import { arnLike } from './arn.js'
import { binaryEquals } from './binary.js'
import { bool, nullOperator } from './boolean.js'
import { ipAddress } from './ip.js'
import type { Operator } from './operator.js'
import { date, numeric } from './ordered.js'
import { stringEquals, stringEqualsIgnoreCase, stringLike } from './string.js'

/** What each condition operator does. Source: IAM User Guide, "IAM JSON policy elements: Condition operators". */
export const operators: Readonly<Record<OperatorName, Operator>> = {
  StringEquals: stringEquals(false),
  StringNotEquals: stringEquals(true),
  StringEqualsIgnoreCase: stringEqualsIgnoreCase(false),
  StringNotEqualsIgnoreCase: stringEqualsIgnoreCase(true),
  StringLike: stringLike(false),
  StringNotLike: stringLike(true),
  NumericEquals: numeric((order) => order === 0),
  NumericNotEquals: numeric((order) => order === 0, true),
  NumericLessThan: numeric((order) => order < 0),
  NumericLessThanEquals: numeric((order) => order <= 0),
  NumericGreaterThan: numeric((order) => order > 0),
  NumericGreaterThanEquals: numeric((order) => order >= 0),
  DateEquals: date((order) => order === 0),
  DateNotEquals: date((order) => order === 0, true),
  DateLessThan: date((order) => order < 0),
  DateLessThanEquals: date((order) => order <= 0),
  DateGreaterThan: date((order) => order > 0),
  DateGreaterThanEquals: date((order) => order >= 0),
  Bool: bool,
  BinaryEquals: binaryEquals,
  IpAddress: ipAddress(false),
  NotIpAddress: ipAddress(true),
  ArnEquals: arnLike(false),
  ArnLike: arnLike(false),
  ArnNotEquals: arnLike(true),
  ArnNotLike: arnLike(true),
  Null: nullOperator,
}
