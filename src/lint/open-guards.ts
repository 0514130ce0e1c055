import { canonicalKeyName } from '../catalog/lookup.js'
import type { Condition, Statement } from '../policy/ast.js'
import { isForAnybody, isNegated, isOpenWithout, saysWhoAsks } from './absence.js'

/*
 * Conditions of an Allow that look as if they kept others out, and do not. Each kind is what one rule reports; the rules about what anybody may
 * do leave such a statement to it.
 */

/** Headers that a caller can set to anything. */
const headers: ReadonlySet<string> = new Set(['aws:referer', 'aws:UserAgent'])

/** Those on such headers, of an Allow to anybody that has no other guard. */
export function headerGuards(statement: Statement): readonly Condition[] {
  const { Effect, Condition: conditions } = statement
  if (Effect !== 'Allow' || !isForAnybody(statement) || conditions.some(({ key }) => saysWhoAsks(key.text))) return []
  return conditions.filter(({ operator: { name }, key }) => name !== 'Null' && headers.has(canonicalKeyName(key.text)))
}

/** Those under ForAllValues, which is true without the key. */
export function forAllValuesGuards(statement: Statement): readonly Condition[] {
  return statement.Condition.filter((condition) => {
    const { prefix, name } = condition.operator
    return prefix === 'ForAllValues' && name !== 'Null' && isOpenWithout(statement, condition)
  })
}

/** Those under an operator with IfExists. */
export function ifExistsGuards(statement: Statement): readonly Condition[] {
  return statement.Condition.filter(
    (condition) =>
      condition.operator.ifExists &&
      !isTrueAnyway(condition) &&
      !hasCounterpart(statement, condition) &&
      isOpenWithout(statement, condition),
  )
}

/** Those under a negated operator. */
export function negatedGuards(statement: Statement): readonly Condition[] {
  return statement.Condition.filter(
    (condition) => isNegated(condition) && condition.operator.prefix === undefined && isOpenWithout(statement, condition),
  )
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
