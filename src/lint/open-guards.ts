import { canonicalKeyName, findConditionKey } from '../catalog/lookup.js'
import { type Condition, formatOperator, type Statement } from '../policy/ast.js'
import { isForAnybody, isNegated, isOpenWithout, saysWhoAsks } from './absence.js'

/**
 * A kind of condition of an Allow that looks as if it kept others out, and does not. One rule reports each kind, and explains by it what the rules
 * about what anybody may do find in the statement.
 */
export interface OpenGuard {
  conditionsOf(statement: Statement): readonly Condition[]
  /** Why it keeps nobody out. */
  whyFor(condition: Condition): string
  /** The next step. */
  helpFor(condition: Condition): string
}

/** Headers that a caller can set to anything. */
const headers: ReadonlySet<string> = new Set(['aws:referer', 'aws:UserAgent'])

/** On such headers, of an Allow to anybody that has no other guard. */
export const headerGuard: OpenGuard = {
  conditionsOf(statement) {
    const { Effect, Condition: conditions } = statement
    if (Effect !== 'Allow' || !isForAnybody(statement) || conditions.some(({ key }) => saysWhoAsks(key.text))) return []
    return conditions.filter(({ operator: { name }, key }) => name !== 'Null' && headers.has(canonicalKeyName(key.text)))
  },
  whyFor: ({ key }) => `anybody can send any \`${key.text}\``,
  helpFor: () => 'use presigned URLs, or let CloudFront alone read the bucket',
}

/** Under ForAllValues, which is true without the key. */
export const forAllValuesGuard: OpenGuard = {
  conditionsOf: (statement) =>
    statement.Condition.filter((condition) => {
      const { prefix, name } = condition.operator
      return prefix === 'ForAllValues' && name !== 'Null' && isOpenWithout(statement, condition)
    }),
  whyFor: whyAbsent,
  helpFor: (condition) => `add \`"Null": {"${condition.key.text}": "false"}\`, or use \`${closedOperator(condition)}\``,
}

/** Under an operator with IfExists. */
export const ifExistsGuard: OpenGuard = {
  conditionsOf: (statement) =>
    statement.Condition.filter(
      (condition) =>
        condition.operator.ifExists &&
        !isTrueAnyway(condition) &&
        !hasCounterpart(statement, condition) &&
        isOpenWithout(statement, condition),
    ),
  whyFor: whyAbsent,
  helpFor: ({ operator }) => `use \`${formatOperator({ ...operator, ifExists: false })}\``,
}

/** Under a negated operator. */
export const negatedGuard: OpenGuard = {
  conditionsOf: (statement) =>
    statement.Condition.filter(
      (condition) => isNegated(condition) && condition.operator.prefix === undefined && isOpenWithout(statement, condition),
    ),
  whyFor: whyAbsent,
  helpFor: () => 'say who is allowed, and deny the others in a statement of their own',
}

export const openGuards: readonly OpenGuard[] = [headerGuard, forAllValuesGuard, ifExistsGuard, negatedGuard]

function whyAbsent({ operator, key }: Condition): string {
  return `\`${formatOperator(operator)}\` is true for requests without \`${key.text}\``
}

/** The operator that is false where the key is absent. */
function closedOperator({ operator, key }: Condition): string {
  const { name } = operator
  const hasSeveral = findConditionKey(key.text)?.multiValued === true
  return formatOperator(hasSeveral ? { name, prefix: 'ForAnyValue', ifExists: false } : { name, ifExists: false })
}

/** Negated operators and ForAllValues are true without the key even without IfExists, and have rules of their own. */
function isTrueAnyway(condition: Condition): boolean {
  const { prefix } = condition.operator
  return prefix === 'ForAllValues' || (prefix === undefined && isNegated(condition))
}

/** Every request has either an address on the internet or the keys of a VPC endpoint. */
const ofInternet: ReadonlySet<string> = new Set(['aws:SourceIp'])
const ofEndpoint: ReadonlySet<string> = new Set([
  'aws:SourceVpc',
  'aws:SourceVpcArn',
  'aws:SourceVpce',
  'aws:VpcSourceIp',
  'aws:VpceAccount',
  'aws:VpceOrgID',
])

/** Whether the requests without this key have another one, which is checked beside it. */
function hasCounterpart(statement: Statement, { key }: Condition): boolean {
  const name = canonicalKeyName(key.text)
  const counterparts = ofInternet.has(name) ? ofEndpoint : ofEndpoint.has(name) ? ofInternet : undefined
  return statement.Condition.some((other) => !isNegated(other) && counterparts?.has(canonicalKeyName(other.key.text)))
}
