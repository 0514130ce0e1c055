/**
 * The names of the 27 condition operators. Source: IAM User Guide, "IAM JSON policy elements: Condition operators". What they do
 * is in `operators/`.
 */
export const conditionOperators = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
  'Null',
] as const

export type OperatorName = (typeof conditionOperators)[number]

/** The prefixes that make an operator work on sets of values. */
export const setPrefixes = ['ForAllValues', 'ForAnyValue'] as const

export type SetPrefix = (typeof setPrefixes)[number]
