import type { AccessKey, Account, Answer, Grant, Principal, Probe, Request, Snapshot, Verdict } from '../differential/format.js'
import * as policies from '../differential/read-policy.js'
import { keyName, list, lower, type Policy, type Statement } from '../differential/read-policy.js'
import * as language from './language.js'
import { any, type Context, cut, glob, not, type Truth } from './language.js'

const KINDS: ReadonlyMap<string, string> = new Map(Object.entries(policies.readJson('../oracle/actions.json')))
const PERMISSIONS: Readonly<Record<string, string[]>> = policies.readJson('../oracle/permissions.json')

/** `row` is the caller's in S12, `self` its own or its role's ARN, `name` what follows the type; then the entries that cover it. */
type Known = { row: string; self: string | undefined; account: string | undefined; name: string[]; plain: (entry: string) => string }
type Caller = Known & { direct: string[]; byAccount: string[]; perhaps: string[]; unique: string | undefined }
const entry = (kind: string, ...texts: (string | undefined)[]) => texts.filter((text) => text).map((text) => `${kind} ${text}`)
function callerOf(principal: Principal, key: AccessKey | undefined, accounts: readonly Account[]): Caller {
  const { kind, roleArn, userId, service, provider, id } = principal
  const arn = key ? (key.arn ?? `arn:aws:iam::${key.account}:user/${key.accessKey}`) : principal.arn
  const [, partition = 'aws', realm, , owner, resource = ''] = cut(arn ?? '')
  const [type, ...name] = resource.split('/')
  const row = realm ? `${realm}:${type}` : kind
  const account = owner ?? accounts.find(({ canonicalId }) => id !== undefined && canonicalId === id)?.id
  const iam = `arn:${partition}:iam::${account}:`
  const self = row === 'sts:assumed-role' ? (roleArn ?? `${iam}role/${name[0]}`) : arn
  const unique = /^A[A-Z]{3}[A-Z0-9]{12,}(?=:|$)/.exec(userId ?? '')?.[0]
  const others = [...entry('Service', service), ...entry('Federated', provider), ...entry('CanonicalUser', id)]
  const direct = row === 'iam:root' ? [] : [...entry('AWS', arn, self, unique), ...others]
  const canonicalIds = accounts.filter((each) => each.id === account).map((each) => each.canonicalId)
  const byAccount = [...entry('AWS', account), ...entry('CanonicalUser', ...canonicalIds)]
  const perhaps = [...direct, ...byAccount, ...entry('AWS', userId, account && `${iam}root`)]
  /** An account's root ARN as its id; a role's without partition and path if the caller is a session that names no role (S4.3). */
  const plain = (text: string) => {
    const short = text.replace(/^AWS arn:[^:]*:iam::([^:*?]*):root$/, 'AWS $1')
    return row === 'sts:assumed-role' && !roleArn
      ? short.replace(/^AWS arn:[^:]*(:iam::[^:]*:role\/)(.*\/)?/s, `AWS arn:${partition}$1`)
      : short
  }
  return { row, self, account, name, plain, direct, byAccount, perhaps, unique }
}

/** What request, caller and clock say of a key (S8.3, S8.4, S12): in the tables undefined is unknown and null is absent. */
function contextOf(request: Request, key: AccessKey | undefined, who: Caller, owner: string | undefined, now: bigint | undefined): Context {
  const { row, account, name, self } = who
  const { userId } = request.principal
  const rows: Record<string, (string | undefined)[]> = {
    'iam:user': ['User', key ? key.accessKey : userId],
    'iam:root': ['Account', account],
    'iam:role': ['AssumedRole', userId],
    'sts:assumed-role': ['AssumedRole', userId],
    'sts:federated-user': ['FederatedUser', userId ?? `${account}:${name.join('/')}`],
    anonymous: ['Anonymous', 'anonymous'],
  }
  const [type, id] = rows[row] ?? [undefined, userId]
  const [arn, user] = [row === 'anonymous' ? null : self, row === 'iam:user' ? name.at(-1) : null]
  const caller = { 'aws:principalarn': arn, 'aws:principaltype': type, 'aws:userid': id, 'aws:username': user }
  const accounts = { 'aws:principalaccount': account ?? rows[row]?.[1], 'aws:resourceaccount': owner, 's3:resourceaccount': owner }
  const [date, seconds] = now === undefined ? [] : [new Date(Number(now / 1_000_000n)).toISOString(), String(now / 1_000_000_000n)]
  const derived = { ...caller, ...accounts, 'aws:currenttime': date, 'aws:epochtime': seconds }
  const values = new Map<string, string | readonly string[] | null | undefined>(Object.entries(derived))
  for (const [key, value] of Object.entries(request.context ?? {})) values.set(keyName(key), value)
  const unknown = (request.unknown ?? []).map(keyName)
  return (key) => {
    const isUnknown = unknown.some((name) => name === key || (name.endsWith('/*') && key.startsWith(name.slice(0, -1))))
    const value = values.has(key) ? values.get(key) : null
    return isUnknown || value === undefined ? undefined : [value ?? []].flat()
  }
}

type Cover = 'direct' | 'byAccount' | 'perhaps' | 'no'
function coverOf(text: string, who: Caller): Cover {
  if (/[*?]/.test(text)) return text === 'AWS *' ? 'direct' : who.perhaps.some((name) => glob(text, name)) ? 'perhaps' : 'no'
  return who.direct.includes(text) ? 'direct' : who.byAccount.includes(text) ? 'byAccount' : 'no'
}
function principalCover(statement: Statement, who: Caller): Cover {
  const entries = policies.entriesOf(statement).map(who.plain)
  const covers = entries.map((text) => coverOf(text, who))
  const best = (['direct', 'byAccount', 'perhaps'] as const).find((cover) => covers.includes(cover)) ?? 'no'
  if (statement.Principal !== undefined) return best
  if (statement.Effect === 'Allow') return best === 'perhaps' ? best : best === 'no' ? 'direct' : 'no'
  const isListed =
    covers.includes('byAccount') && (who.row === 'iam:root' || [who.self, who.unique].some((name) => entries.includes(`AWS ${name}`)))
  const isSpared = entries.includes('AWS *') || (who.self === undefined ? best === 'direct' : isListed)
  return isSpared && who.row !== 'anonymous' ? 'no' : 'direct'
}
function resourceTruth(text: string, resource: string, unset: Truth, variables?: Context): Truth {
  const { source, isUnknown, isUnset, isMalformed } = language.read(text, true, variables)
  if (text === '*') return true
  if (isMalformed || cut(source)[0] !== 'arn' || cut(source).slice(0, 5).join().includes('){1}')) return undefined
  if (isUnset) return unset
  return isUnknown ? undefined : language.matchesByPart(source, resource)
}
type Scene = { request: Request; who: Caller; context: Context; probe: Probe | undefined }
function statementTruth(statement: Statement, hasVariables: boolean, { request, who, context, probe }: Scene): Truth {
  const { Action, NotAction, Resource, NotResource } = statement
  const { bucket, key, action } = request
  const variables = hasVariables ? context : undefined
  const cover = principalCover(statement, who)
  const arn = `arn:aws:s3:::${bucket}${KINDS.get(action) === 'object' ? `/${key}` : ''}`
  const what = any(list(Action ?? NotAction).map((pattern) => glob(lower(pattern), lower(action))))
  const where = any(list(Resource ?? NotResource).map((text) => resourceTruth(text, arn, Resource ? false : undefined, variables)))
  const truths = [cover === 'perhaps' ? undefined : cover !== 'no', Action ? what : not(what), Resource ? where : not(where)]
  if (truths.includes(false)) return false
  for (const [operator, key, operands] of policies.conditionsOf(statement)) {
    const values = context(key)
    const truth = language.condition(operator, operands, values, variables)
    probe?.(operator.replace(/^.*:|IfExists$/g, ''), truth === undefined ? 'unknown' : `${truth}`, values?.length === 0)
    truths.push(truth)
  }
  return language.all(truths)
}

function grantAllows(grant: Grant, { action, bucket, key = '', operation }: Request, context: Context): boolean {
  const { permission = '', prefix, sourceIp } = grant
  const kind = KINDS.get(action)
  const isOne = (name: string, test: (value: string) => boolean) => context(name)?.length === 1 && context(name)?.every(test) === true
  const isHere = permission === 'fullaccess' || (grant.bucket === bucket && kind !== 'none')
  const isCovered = (grant.actions ?? PERMISSIONS[permission] ?? []).some((pattern) => glob(lower(pattern), lower(action)))
  const isInside = !sourceIp || isOne('aws:sourceip', (ip) => sourceIp.some((range) => language.inRange(range, ip) === true))
  if (!isHere || !isCovered || !isInside) return false
  if (prefix === undefined || action === 's3:GetBucketLocation') return true
  if (kind === 'object') return key.startsWith(prefix)
  const isListing = action === 's3:ListBucket' || action === 's3:ListBucketVersions'
  return isListing && (operation === 'HeadBucket' || isOne('s3:prefix', (value) => value.startsWith(prefix)))
}

const nanoseconds = (time: unknown) => (typeof time === 'number' ? BigInt(time) * 1_000_000n : language.instant(String(time)))
type Line = [holds: unknown, verdict: Verdict, reason: string]
const firstOf = (lines: readonly Line[]): Line | undefined => lines.find(([holds]) => holds)
/** Lines 1 to 5 of S2. */
function keyLines(key: AccessKey | undefined, now: bigint | undefined): Line[] {
  const [start, end] = [key?.notBefore, key?.expiresAt].map(nanoseconds)
  return [
    [!key, 'ImplicitDeny', 'unknown-key'],
    [key?.status === 'suspended', 'ImplicitDeny', 'key-suspended'],
    [(start ?? end) !== undefined && now === undefined, 'ImplicitDeny', 'key-time-unknown'],
    [start !== undefined && now !== undefined && now < start, 'ImplicitDeny', 'key-not-yet-valid'],
    [end !== undefined && now !== undefined && now >= end, 'ImplicitDeny', 'key-expired'],
  ]
}
/** Lines 13 to 15 of S2. */
function decideByPolicy(policy: Policy, identity: string, isOwn: boolean, isRestricted: boolean, scene: Scene): Answer {
  const { who } = scene
  const statements = list(policy.Statement)
  const truths = statements.map((statement) => statementTruth(statement, policy.Version === '2012-10-17', scene))
  const indices = (applies: (statement: Statement, truth: Truth) => boolean) =>
    statements.flatMap((statement, at) => (applies(statement, truths[at]) ? [at] : []))
  const denying = indices(({ Effect }, truth) => Effect === 'Deny' && truth !== false)
  const counts = (statement: Statement) => identity !== '' || principalCover(statement, who) === 'direct'
  const agreeing = indices(({ Effect }, truth) => Effect === 'Allow' && truth === true)
  const allowing = agreeing.filter((at) => counts(statements[at] as Statement))
  const isForeign = who.self !== undefined && !isOwn
  const [, verdict, reason] = firstOf([
    [denying.length, 'ExplicitDeny', 'policy-denies'],
    [isRestricted && !isOwn && who.row !== 'service' && language.isPublic(policy), 'ImplicitDeny', 'public-access-blocked'],
    [isForeign && identity && allowing.length, 'Allow', 'both-allow'],
    [isForeign && agreeing.length, 'ImplicitDeny', 'identity-side-missing'],
    [isForeign && identity, 'ImplicitDeny', 'policy-side-missing'],
    [identity, 'Allow', identity],
    [allowing.length, 'Allow', 'policy-allows'],
    [isOwn && who.self && agreeing.length, 'ImplicitDeny', 'identity-side-missing'],
  ]) ?? [true, 'ImplicitDeny' as const, 'no-allow']
  return { verdict, reason, applying: denying.length > 0 ? denying : allowing }
}
export function oracle(snapshot: Snapshot, request: Request, probe?: Probe): Answer {
  const { principal, action, context: given = {} } = request
  const kind = KINDS.get(action)
  const key = snapshot.keys.find(({ accessKey }) => accessKey === principal.accessKey)
  const bucket = snapshot.buckets.find(({ name }) => name === request.bucket && kind !== 'none')
  const owner = snapshot.accounts?.find(({ id }) => id === bucket?.owner)
  const clock = Object.entries(given).find(([name]) => /^aws:(currenttime|epochtime)$/i.test(name))?.[1]
  const now = nanoseconds(request.time ?? clock)
  const who = callerOf(principal, key, snapshot.accounts ?? [])
  const context = contextOf(request, key, who, bucket?.owner, now)
  const isOwn = bucket !== undefined && bucket.owner === who.account
  const [isRoot, isBare] = [who.row === 'iam:root', kind === 'none' || (action === 's3:CreateBucket' && !bucket)]
  const identityVerdict = principal.identityVerdict ?? (isOwn && isRoot && !key ? 'Allow' : 'ImplicitDeny')
  const isGranted = key?.grants.some((grant) => grantAllows(grant, request, context))
  const identity = isGranted ? 'grant' : identityVerdict === 'Allow' ? 'identity-allows' : ''
  const isFull = key?.grants.some((grant) => grant.permission === 'fullaccess' && !grant.sourceIp && grant.prefix === undefined)
  const isRescue = isOwn && (isRoot || isFull) && /^s3:(Get|Put|Delete)BucketPolicy$/.test(action)
  const policy = bucket && policies.policyOf(bucket)
  const decided = firstOf([
    ...(principal.kind === 'key' ? keyLines(key, now) : []),
    [identityVerdict === 'ExplicitDeny', 'ExplicitDeny', 'identity-denies'],
    [!kind, 'ImplicitDeny', 'unknown-action'],
    [kind === 'other', 'ImplicitDeny', 'unsupported-action'],
    [isBare && identity, 'Allow', identity],
    [isBare, 'ImplicitDeny', 'no-identity-allow'],
    [!bucket, 'ImplicitDeny', 'unknown-bucket'],
    [isRescue, 'Allow', 'owner-rescue'],
    [!policy, 'ExplicitDeny', 'policy-unreadable'],
  ])
  if (decided || !policy) return { verdict: decided?.[1] ?? 'ImplicitDeny', reason: decided?.[2] ?? '', applying: [] }
  const isRestricted = [bucket, owner].some((each) => each?.publicAccessBlock?.RestrictPublicBuckets)
  return decideByPolicy(policy, identity, isOwn, isRestricted, { request, who, context, probe })
}
