import { type ActionRow, actions, commonActionKeys, resourceTypeKeys } from '../../../src/catalog/actions.js'
import { canonicalKeyName, findConditionKey } from '../../../src/catalog/lookup.js'
import type { AuthorizationRequest, AwsPrincipal, Principal, Snapshot } from '../../../src/index.js'
import { parseArn } from '../../../src/match/arn.js'
import { parseAddress } from '../../../src/match/cidr.js'
import { parseInstant } from '../../../src/match/date.js'
import { parseDecimal } from '../../../src/match/number.js'

const rows = new Map(actions.map((row) => [row.name, row]))

/** Keys that follow from caller, bucket and time. */
export const DERIVED: readonly string[] = [
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:PrincipalType',
  'aws:userid',
  'aws:username',
  'aws:ResourceAccount',
  's3:ResourceAccount',
  'aws:CurrentTime',
  'aws:EpochTime',
]
const BY_CALLER_KIND = ['aws:PrincipalIsAWSService', 'aws:PrincipalServiceName']
const ALWAYS_PRESENT = ['aws:SecureTransport', 'aws:RequestedRegion', 'aws:ViaAWSService']
const NOT_ANONYMOUS =
  /^(aws:(PrincipalOrgID|PrincipalOrgPaths|PrincipalTag\/.*|MultiFactorAuthPresent|MultiFactorAuthAge|TokenIssueTime|FederatedProvider|SourceIdentity|AssumedRoot)|s3:(authType|signatureversion|signatureAge))$/

/** The values of a key that the kind of caller decides; undefined for other keys. */
export function valuesByCallerKind(name: string, principal: Principal): readonly string[] | undefined {
  if (name === 'aws:PrincipalIsAWSService') return principal.kind === 'anonymous' ? [] : [String(principal.kind === 'service')]
  if (name === 'aws:PrincipalServiceName') return principal.kind === 'service' ? [principal.service] : []
  return undefined
}

const carriedNames = new Map<string, boolean>()

/** Whether a request for the action can carry the key. */
export function canCarry(row: ActionRow, name: string): boolean {
  const id = `${row.name} ${name}`
  const known = carriedNames.get(id)
  if (known !== undefined) return known
  const carried = isCarried(row, name)
  carriedNames.set(id, carried)
  return carried
}

function isCarried({ keys, resourceTypes, lacks = [] }: ActionRow, name: string): boolean {
  if (!/^s3:|^aws:(RequestTag|ResourceTag)\/|^aws:TagKeys$/.test(name)) return true
  const listed = [
    ...keys,
    ...resourceTypes.flatMap((type) => resourceTypeKeys[type] ?? []),
    ...commonActionKeys.filter((key) => !lacks.includes(key)),
  ]
  return listed.some((key) => (key.endsWith('/') ? name.startsWith(key) : key === name))
}

/** Whether a caller of this kind can have the key, if any can. */
export const canHave = ({ kind }: Principal, name: string): boolean => kind !== 'anonymous' || !NOT_ANONYMOUS.test(name)

export const isAlwaysPresent = (name: string): boolean => ALWAYS_PRESENT.includes(name)

export const isFree = (name: string): boolean => !DERIVED.includes(name) && !BY_CALLER_KIND.includes(name)

/** Whether the text is a value of the key's type in the catalogue. */
export function isValueOf(name: string, text: string): boolean {
  switch (findConditionKey(name)?.type) {
    case 'Bool':
      return text === 'true' || text === 'false'
    case 'Numeric':
      return !text.startsWith('-') && parseDecimal(text) !== undefined
    case 'Date':
      return parseInstant(text) !== undefined
    case 'IPAddress':
      return parseAddress(text) !== undefined
    case 'ARN':
      return parseArn(text) !== undefined
    default:
      return text.isWellFormed()
  }
}

export interface Bounds {
  /** The buckets of the subjects; any other name too if `anyBucket`. */
  readonly buckets: readonly string[]
  readonly anyBucket: boolean
  readonly snapshots: readonly Snapshot[]
  /** All that the subjects say, in which partitions are named. */
  readonly text: string
  /** The condition keys that the subjects speak of for a request on this bucket: those that are always there must be there. */
  readonly mentionedOn: (bucket: string | undefined) => ReadonlySet<string>
  /** Whether time makes a difference to access keys. */
  readonly limitsKeys: boolean
  /** Whether requests on no bucket count: those of a policy alone do not. */
  readonly hasPlaceless: boolean
}

/** What keeps the request out of the universe that the analyser speaks of; empty if nothing does. */
export function outsideUniverse(request: AuthorizationRequest, bounds: Bounds): readonly string[] {
  const row = rows.get(request.action)
  if (row === undefined) return [`no action ${request.action}`]
  return [
    ...placeProblems(row, request, bounds),
    ...principalProblems(request.principal, bounds),
    ...timeProblems(request, bounds),
    ...keyProblems(row, request, bounds),
  ]
}

export const isInUniverse = (request: AuthorizationRequest, bounds: Bounds): boolean => outsideUniverse(request, bounds).length === 0

function placeProblems({ kind, name }: ActionRow, { bucket, key, operation }: AuthorizationRequest, bounds: Bounds): readonly string[] {
  const isKnown =
    bucket !== undefined && (bounds.buckets.includes(bucket) || (bounds.anyBucket && /^[^/]+$/.test(bucket) && bucket.isWellFormed()))
  return [
    ...(kind === 'other' ? ['an action on neither bucket nor object'] : []),
    ...(kind === 'none' && !bounds.hasPlaceless ? ['an action on nothing, of a policy alone'] : []),
    ...((kind === 'bucket' || kind === 'object') && !isKnown ? [`a bucket that nobody asks about: ${bucket}`] : []),
    ...(kind === 'none' && (bucket !== undefined || key !== undefined) ? ['a bucket or key with an action on nothing'] : []),
    ...(kind === 'bucket' && key !== undefined ? ['a key with an action on a bucket'] : []),
    ...(kind === 'object' && (key === undefined || key === '' || !key.isWellFormed()) ? ['no key'] : []),
    ...(operation !== undefined && name !== 's3:ListBucket' ? ['an operation with another action than ListBucket'] : []),
  ]
}

/** Whether the caller is one of the universe's, whatever it asks for. */
export const isKnownCaller = (principal: Principal, bounds: Bounds): boolean => principalProblems(principal, bounds).length === 0

function principalProblems(principal: Principal, { snapshots, text }: Bounds): readonly string[] {
  switch (principal.kind) {
    case 'anonymous':
      return []
    case 'key':
      return snapshots.some(({ keys }) => keys.has(principal.accessKey)) ? [] : ['an access key of no snapshot']
    case 'aws':
      return awsProblems(principal, text)
    case 'service':
      return principal.service === '' ? ['a service without name'] : []
    case 'federated':
      return principal.provider === '' ? ['a provider without name'] : []
    case 'canonicalUser':
      return principal.id === '' ? ['a canonical user without id'] : []
  }
}

function awsProblems({ arn, account, roleArn, userId, identityVerdict }: AwsPrincipal, text: string): readonly string[] {
  const found = /^arn:([^:]+):(iam|sts)::([^:/]+):(.+)$/su.exec(arn)
  if (found === null) return [`a caller of no known form: ${arn}`]
  const [, partition = '', service, id = '', resource = ''] = found
  const session = service === 'sts' ? /^assumed-role\/([^/]+)\/(.+)$/su.exec(resource) : null
  const isKnown =
    session !== null ||
    (service === 'iam' && /^(root|user\/(.*\/)?[^/]+)$/su.test(resource)) ||
    (service === 'sts' && /^federated-user\/.*[^/]$/su.test(resource))
  const role = roleArn === undefined ? undefined : /^arn:([^:]+):iam::([^:/]+):role\/(?:.*\/)?([^/]+)$/su.exec(roleArn)
  return [
    ...(isKnown ? [] : [`a caller of no known form: ${arn}`]),
    ...(partition === 'aws' || text.includes(`arn:${partition}:`) || text.includes(`"${partition}"`)
      ? []
      : [`a partition that nobody names: ${partition}`]),
    ...(account !== undefined && account !== id ? ['an account that disagrees with the ARN'] : []),
    ...((session !== null) === (roleArn !== undefined) ? [] : ['a session has a roleArn, and nobody else']),
    ...(session !== null && (role?.[1] !== partition || role[2] !== id || role[3] !== session[1])
      ? [`another role than the session's: ${roleArn}`]
      : []),
    ...(userId === '' ? ['an empty userId'] : []),
    ...(identityVerdict === 'ExplicitDeny' ? ['an identity side that denies'] : []),
  ]
}

function timeProblems(
  { principal, bucket, time, unknown = [] }: AuthorizationRequest,
  { mentionedOn, limitsKeys }: Bounds,
): readonly string[] {
  const mentioned = mentionedOn(bucket)
  // What makes no difference may be left out.
  const isAsked = (limitsKeys && principal.kind === 'key') || mentioned.has('aws:CurrentTime') || mentioned.has('aws:EpochTime')
  const isTime =
    (time === undefined && !isAsked) || (Number.isInteger(time) && (time as number) >= 0 && (time as number) <= 253402300799999)
  return [...(isTime ? [] : [`no time: ${time}`]), ...(unknown.length > 0 ? ['something unknown'] : [])]
}

function keyProblems(
  row: ActionRow,
  { principal, bucket, context = {} }: AuthorizationRequest,
  { mentionedOn }: Bounds,
): readonly string[] {
  const given = Object.entries(context as Readonly<Record<string, string | readonly string[]>>).map(
    ([name, values]) => [name, [values].flat()] as const,
  )
  const present = new Set(given.filter(([, values]) => values.length > 0).map(([name]) => name))
  const missing = [...mentionedOn(bucket)].filter((name) => !present.has(name) && isRequired(name, principal))
  return [...missing.map((name) => `${name} is missing`), ...given.flatMap(([name, values]) => valueProblems(row, principal, name, values))]
}

const isRequired = (name: string, principal: Principal): boolean =>
  isAlwaysPresent(name) || (valuesByCallerKind(name, principal) ?? []).length > 0

function valueProblems(row: ActionRow, principal: Principal, name: string, values: readonly string[]): readonly string[] {
  if (name !== canonicalKeyName(name)) return [`${name} in another spelling`]
  if (values.length === 0) return []
  const byKind = valuesByCallerKind(name, principal)
  if (byKind !== undefined) return String(byKind) === String(values) ? [] : [`${name} of this caller is not ${values}`]
  // Whether a derived key agrees is for the reader of requests to say.
  if (DERIVED.includes(name)) return principal.kind === 'service' || principal.kind === 'federated' ? [`${name} is free for nobody`] : []
  return [
    ...(canCarry(row, name) ? [] : [`${row.name} does not carry ${name}`]),
    ...(canHave(principal, name) ? [] : [`anonymous callers have no ${name}`]),
    ...(values.length > 1 && findConditionKey(name)?.multiValued !== true ? [`${name} has several values`] : []),
    ...values.filter((value) => !isValueOf(name, value)).map((value) => `${name} is never ${JSON.stringify(value)}`),
  ]
}
