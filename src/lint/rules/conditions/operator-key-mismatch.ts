import type { ConditionKeyType } from '../../../catalog/condition-keys.js'
import type { OperatorName } from '../../../catalog/condition-operators.js'
import { canonicalKeyName, findConditionKey } from '../../../catalog/lookup.js'
import { parseRange } from '../../../match/cidr.js'
import { type Condition, formatOperator } from '../../../policy/ast.js'
import { isNegated } from '../../absence.js'
import type { Rule } from '../../rule.js'

export const operatorKeyMismatch: Rule = {
  meta: {
    id: 'operator-key-mismatch',
    severity: 'warning',
    category: 'conditions',
    summary: 'A condition compares a key with an operator for values of another type',
    recommended: true,
    fixable: false,
    analysis: false,
    messages: { mismatch: '`{operator}` compares {compares}, but `{key}` is {type}' },
  },
  create: ({ report }) => ({
    statement({ Condition: conditions }) {
      for (const condition of conditions) {
        const type = mismatchedType(condition)
        if (type === undefined || isRefused(condition)) continue
        const { operator, key } = condition
        const data = { operator: formatOperator(operator), compares: nouns[familyOf(operator.name)], key: key.text, type: typeNouns[type] }
        report({
          messageId: 'mismatch',
          location: key.location,
          data,
          help: `use ${(isNegated(condition) ? negatedRemedies : remedies)[type]}`,
        })
      }
    },
  }),
}

/** S3 refuses what is no address on this key, and a rule of its own says so. */
function isRefused({ key, values }: Condition): boolean {
  return canonicalKeyName(key.text) === 'aws:SourceIp' && values.some(({ text }) => parseRange(text) === undefined)
}

/** Whether the operator is for another type of values than the key has. */
export function isMismatch(condition: Condition): boolean {
  return mismatchedType(condition) !== undefined
}

type Family = 'String' | 'Numeric' | 'Date' | 'Bool' | 'Binary' | 'IpAddress' | 'Arn' | 'Null'

const nouns: Readonly<Record<Family, string>> = {
  String: 'text',
  Numeric: 'numbers',
  Date: 'dates',
  Bool: '`true` and `false`',
  Binary: 'binary data',
  IpAddress: 'addresses',
  Arn: 'ARNs',
  Null: 'nothing',
}

const typeNouns: Readonly<Record<ConditionKeyType, string>> = {
  String: 'text',
  ARN: 'an ARN',
  Bool: '`true` or `false`',
  Date: 'a date',
  IPAddress: 'an address',
  Numeric: 'a number',
}

const remedies: Readonly<Record<ConditionKeyType, string>> = {
  String: '`StringEquals` or `StringLike`',
  ARN: '`ArnEquals` or `ArnLike`',
  Bool: '`Bool`',
  Date: 'one of the operators that begin with `Date`',
  IPAddress: '`IpAddress`',
  Numeric: 'one of the operators that begin with `Numeric`',
}

const negatedRemedies: Readonly<Record<ConditionKeyType, string>> = {
  String: '`StringNotEquals` or `StringNotLike`',
  ARN: '`ArnNotEquals` or `ArnNotLike`',
  Bool: '`Bool` with the other value',
  Date: '`DateNotEquals`',
  IPAddress: '`NotIpAddress`',
  Numeric: '`NumericNotEquals`',
}

/** Operators that do what they seem to on keys of a type: texts of ARNs and of truth values compare well. */
const fitting: Readonly<Record<ConditionKeyType, readonly Family[]>> = {
  String: ['String', 'Binary'],
  ARN: ['Arn', 'String'],
  Bool: ['Bool', 'String'],
  Date: ['Date'],
  IPAddress: ['IpAddress'],
  Numeric: ['Numeric'],
}

function familyOf(name: OperatorName): Family {
  const families: readonly Family[] = ['String', 'Numeric', 'Date', 'Bool', 'Binary', 'Arn', 'Null']
  return families.find((family) => name.startsWith(family)) ?? 'IpAddress'
}

/** The key's type, if the operator does not fit it. What tags hold is their author's choice. */
function mismatchedType({ operator, key, values }: Condition): ConditionKeyType | undefined {
  const row = findConditionKey(key.text)
  const family = familyOf(operator.name)
  if (row === undefined || family === 'Null' || row.name.endsWith('/') || fitting[row.type].includes(family)) return undefined
  // Seconds since 1970 are a date and a number.
  if (row.name === 'aws:EpochTime' && family === 'Numeric') return undefined
  // Two addresses of one request are compared as texts: operators for addresses know no variables.
  return row.type === 'IPAddress' && family === 'String' && values.some(({ text }) => text.includes('${')) ? undefined : row.type
}
