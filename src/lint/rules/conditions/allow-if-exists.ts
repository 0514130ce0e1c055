import { canonicalKeyName } from '../../../catalog/lookup.js'
import { type Condition, formatOperator, type Statement } from '../../../policy/ast.js'
import { isNegated } from '../../absence.js'
import { absenceRule } from '../../absence-rule.js'

export const allowIfExists = absenceRule(
  { id: 'allow-if-exists', severity: 'security', summary: 'An Allow under an operator with IfExists applies where the key is absent' },
  (condition, statement) => condition.operator.ifExists && !isTrueAnyway(condition) && !hasCounterpart(statement, condition),
  ({ operator }) => `use \`${formatOperator({ ...operator, ifExists: false })}\``,
)

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
