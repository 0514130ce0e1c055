import { canonicalKeyName, findConditionKey } from '../catalog/lookup.js'
import { foldAscii } from '../match/case.js'
import type { Condition, Statement } from '../policy/ast.js'
import { callerArnOf } from '../request/caller.js'

/** Keys that say who asks, or from where: a condition on them is meant to keep others out. */
const callerKeys: ReadonlySet<string> = new Set([
  'aws:SourceIp',
  'aws:VpcSourceIp',
  'aws:SourceVpc',
  'aws:SourceVpcArn',
  'aws:SourceVpce',
  'aws:VpceAccount',
  'aws:VpceOrgID',
  'aws:VpceOrgPaths',
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'aws:PrincipalTag/',
  'aws:PrincipalType',
  'aws:PrincipalIsAWSService',
  'aws:PrincipalServiceName',
  'aws:PrincipalServiceNamesList',
  'aws:userid',
  'aws:username',
  'aws:TokenIssueTime',
  'aws:MultiFactorAuthPresent',
  'aws:MultiFactorAuthAge',
  'aws:FederatedProvider',
  'aws:SourceIdentity',
  'aws:AssumedRoot',
  'aws:SignInSessionArn',
  'aws:ChatbotSourceArn',
  'aws:Ec2InstanceSourceVpc',
  'aws:Ec2InstanceSourcePrivateIPv4',
  'ec2:SourceInstanceArn',
  'lambda:SourceFunctionArn',
  'aws:SourceArn',
  'aws:SourceAccount',
  'aws:SourceOwner',
  'aws:SourceOrgID',
  'aws:SourceOrgPaths',
  'aws:CalledVia',
  'aws:CalledViaFirst',
  'aws:CalledViaLast',
  's3:AccessGrantsInstanceArn',
  's3:AccessPointNetworkOrigin',
  's3:DataAccessPointAccount',
  's3:DataAccessPointArn',
])

/** Of these, the ones that come with every request. Source: IAM User Guide, "AWS global condition context keys". */
const alwaysPresent: ReadonlySet<string> = new Set(['aws:PrincipalAccount', 'aws:PrincipalType', 'aws:userid'])

/** Those that come with every signed request. */
const presentIfSigned: ReadonlySet<string> = new Set(['aws:PrincipalArn', 'aws:PrincipalIsAWSService'])

/** Those that come with every request of a session. */
const presentInSessions: ReadonlySet<string> = new Set(['aws:MultiFactorAuthPresent', 'aws:TokenIssueTime'])

export function saysWhoAsks(key: string): boolean {
  return callerKeys.has(findConditionKey(key)?.name ?? key)
}

/** Whether a request that the statement's Principal covers can lack a key that says who asks. */
export function mayBeAbsent(key: string, statement: Statement): boolean {
  const name = canonicalKeyName(key)
  if (alwaysPresent.has(name)) return false
  if (presentIfSigned.has(name)) return isForAnybody(statement)
  return !(presentInSessions.has(name) && isForSessions(statement))
}

/**
 * Whether an Allow is open to callers that lack the key of a condition which is true without it. Keys for what is sent, such as `aws:TagKeys`, are
 * absent where nothing is, and that is meant.
 */
export function isOpenWithout(statement: Statement, condition: Condition): boolean {
  const { text } = condition.key
  return statement.Effect === 'Allow' && saysWhoAsks(text) && mayBeAbsent(text, statement) && !isPresenceChecked(statement, condition)
}

/** Whether Principal covers callers that it does not name. */
export function isForAnybody({ Principal }: Pick<Statement, 'Principal'>): boolean {
  return Principal === undefined || Principal.some(({ text }) => text === '*')
}

/** Whether all callers that Principal covers have temporary credentials. */
function isForSessions({ Principal = [] }: Statement): boolean {
  const types = Principal.map(({ text }) => callerArnOf(text)?.type)
  return types.length > 0 && types.every((type) => type === 'role' || type === 'session' || type === 'federated-user')
}

/** Whether another condition of the statement is true only where the key is there. */
export function isPresenceChecked(statement: Statement, { key }: Condition): boolean {
  const name = canonicalKeyName(key.text)
  return statement.Condition.some((other) => canonicalKeyName(other.key.text) === name && needsKey(other))
}

/** Whether a condition is false where its key is absent. */
export function needsKey(condition: Condition): boolean {
  const { name, prefix, ifExists } = condition.operator
  if (name === 'Null') return prefix === undefined && condition.values.every(({ text }) => foldAscii(text) === 'false')
  return !ifExists && (prefix === 'ForAnyValue' || (prefix === undefined && !isNegated(condition)))
}

/** Whether the operator is one of `StringNotEquals`, `NotIpAddress` and the like, which are true where the key is absent. */
export function isNegated({ operator: { name } }: Condition): boolean {
  return name.includes('Not')
}
