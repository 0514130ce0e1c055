import { type ActionKind, actions } from '../catalog/actions.js'
import { actionNumber } from '../catalog/lookup.js'
import { rescuingActions } from '../catalog/rescuing-actions.js'
import type { Decision } from '../decision/decision.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import type { Principal } from '../request/principal.js'
import { accountOf, isOfAccount, loadCaller, loadKeyCaller } from './caller.js'
import type { BucketEntry, DecisionProgram } from './decision-program.js'
import { findGrant } from './find-grant.js'
import * as keyLayout from './key-layout.js'
import type { LoadedKeys } from './key-program.js'
import { keyProblem } from './key-status.js'
import * as layout from './layout.js'
import * as outcomes from './outcomes.js'
import type { LoadedPolicy } from './policy-program.js'
import { findPrincipals } from './principals.js'
import type { Registers } from './registers.js'
import * as registers from './registers.js'
import { findAllow, findDelegation, findDeny, NONE } from './search.js'
import { shardOf } from './shards.js'

/**
 * Decides a request: the checks in the order of docs/semantics.md, S2; the first that applies decides. The fast twin of `evaluate`. It makes
 * no objects; the decision is one of those made when the program was loaded.
 */
export function decide(program: DecisionProgram, r: Registers, request: AuthorizationRequest): Decision {
  const { principal } = request
  return principal.kind === 'key' ? decideByKey(program, r, request, principal.accessKey) : decideByOther(program, r, request, principal)
}

function decideByKey(program: DecisionProgram, r: Registers, request: AuthorizationRequest, accessKey: string): Decision {
  const keys = shardOf(program.keys, accessKey)
  const row = keys.rows.get(accessKey)
  if (row === undefined) return outcomes.unknownKey
  return keyProblem(keys, row, request) ?? decideByWorkingKey(program, r, request, keys, row)
}

/** As decide, by a key that works. @param row the key's in its shard */
export function decideByWorkingKey(
  program: DecisionProgram,
  r: Registers,
  request: AuthorizationRequest,
  keys: LoadedKeys,
  row: number,
): Decision {
  const problem = beginRequest(r, request)
  if (problem !== undefined) return problem
  const bucket = bucketOf(program, request)
  if (asksIdentityAlone(r, bucket)) {
    const grant = findGrant(keys, r, row, kinds[r.action] === 'none' ? undefined : request.bucket)
    return grant === 0 ? outcomes.noIdentityAllow : decisionOfGrant(keys, grant)
  }
  if (bucket === undefined) return outcomes.unknownBucket
  if (isRescuing[r.action] === 1 && isKeyRescued(r, keys, row, bucket.owner)) return outcomes.ownerRescue
  return decideOnBucket(program, r, bucket, keys, row)
}

function decideOnBucket(program: DecisionProgram, r: Registers, bucket: BucketEntry, keys: LoadedKeys, row: number): Decision {
  const { policy, owner, name } = bucket
  if (policy.kind === 'unreadable') return outcomes.policyUnreadable
  const isOwn = stringOf(keys, row + keyLayout.KEY_ACCOUNT) === owner
  if (policy.kind === 'none') {
    // Nothing but grants decides: who the caller is beyond its account does not matter.
    const grant = findGrant(keys, r, row, name)
    if (grant === 0) return outcomes.noAllow
    return isOwn ? decisionOfGrant(keys, grant) : outcomes.policySideMissing
  }
  beginKey(r, keys, row)
  const refused = refusal(program, r, bucket, policy.program)
  if (refused !== undefined) return refused
  const grant = findGrant(keys, r, row, name)
  if (!isOwn) return decideAcross(policy.program, r, grant !== 0)
  return grant === 0 ? decideWithin(policy.program, r) : decisionOfGrant(keys, grant)
}

function decideByOther(
  program: DecisionProgram,
  r: Registers,
  request: AuthorizationRequest,
  principal: Exclude<Principal, { kind: 'key' }>,
): Decision {
  const verdict = principal.kind === 'aws' ? principal.identityVerdict : undefined
  if (verdict === 'ExplicitDeny') return outcomes.identityDenies
  const problem = beginRequest(r, request)
  if (problem !== undefined) return problem
  const bucket = bucketOf(program, request)
  loadCaller(r, principal)
  const isRoot = r.arnType === registers.ARN_ROOT && bucket !== undefined && isOfAccount(r, bucket.owner)
  const allowed = verdict === 'Allow' || (verdict === undefined && isRoot)
  if (asksIdentityAlone(r, bucket)) return allowed ? outcomes.identityAllows : outcomes.noIdentityAllow
  if (bucket === undefined) return outcomes.unknownBucket
  const { policy, owner } = bucket
  if (isRescuing[r.action] === 1 && isRoot) return outcomes.ownerRescue
  if (policy.kind === 'unreadable') return outcomes.policyUnreadable
  if (policy.kind === 'none') return decideWithoutPolicy(r, owner, allowed)
  const refused = refusal(program, r, bucket, policy.program)
  if (refused !== undefined) return refused
  if (r.callerKind !== registers.CALLER_AWS) return decideByPolicy(policy.program, r)
  if (!isOfAccount(r, owner)) return decideAcross(policy.program, r, allowed)
  return allowed ? outcomes.identityAllows : decideWithin(policy.program, r)
}

function decideWithoutPolicy(r: Registers, owner: string, allowed: boolean): Decision {
  if (!allowed) return outcomes.noAllow
  return isOfAccount(r, owner) ? outcomes.identityAllows : outcomes.policySideMissing
}

/** What refuses whatever anybody allows: a Deny, or RestrictPublicBuckets. Finds the caller among the policy's principals. */
function refusal(program: DecisionProgram, r: Registers, bucket: BucketEntry, policy: LoadedPolicy): Decision | undefined {
  const flags = policy.words[layout.HEADER_FLAGS] as number
  r.owner = bucket.owner
  if (r.callerKind === registers.CALLER_CANONICAL) loadCanonicalUser(program, r)
  else if (flags & layout.FLAG_CANONICAL_IDS) loadCanonicalId(program, r)
  findPrincipals(policy, r)
  const deny = findDeny(policy, r)
  if (deny !== NONE) return policy.decisions[2 * deny]
  return flags & layout.FLAG_PUBLIC && isCutOff(program, r, bucket) ? outcomes.publicAccessBlocked : undefined
}

/** While the policy is public, only the owner's account and services get access, if the bucket or the account says so. */
function isCutOff(program: DecisionProgram, r: Registers, { owner, restrictsPublic }: BucketEntry): boolean {
  if (r.callerKind === registers.CALLER_SERVICE || isOfAccount(r, owner)) return false
  return restrictsPublic || shardOf(program.accounts, owner).get(owner)?.restrictsPublic === true
}

/** The caller has no side of its own. */
function decideByPolicy(policy: LoadedPolicy, r: Registers): Decision {
  const allow = findAllow(policy, r)
  return allow === NONE ? outcomes.noAllow : (policy.decisions[2 * allow] as Decision)
}

/** In the owner's account the policy alone may allow, unless it only hands the question to the account. */
function decideWithin(policy: LoadedPolicy, r: Registers): Decision {
  const allow = findAllow(policy, r)
  if (allow !== NONE) return policy.decisions[2 * allow] as Decision
  return findDelegation(policy, r) === NONE ? outcomes.noAllow : outcomes.identitySideMissing
}

/** Across accounts both sides must allow. */
function decideAcross(policy: LoadedPolicy, r: Registers, byIdentity: boolean): Decision {
  const direct = findAllow(policy, r)
  const allow = direct === NONE ? findDelegation(policy, r) : direct
  if (allow === NONE) return byIdentity ? outcomes.policySideMissing : outcomes.noAllow
  return byIdentity ? (policy.decisions[2 * allow + 1] as Decision) : outcomes.identitySideMissing
}

const kinds: readonly ActionKind[] = actions.map(({ kind }) => kind)
const isRescuing = Uint8Array.from(actions, ({ name }) => (rescuingActions.has(name) ? 1 : 0))
const CREATE_BUCKET = actionNumber('s3:CreateBucket')

/** Writes the request into the registers; the decision, if its action decides already. */
function beginRequest(r: Registers, request: AuthorizationRequest): Decision | undefined {
  const { action: name, context, unknown, operation, bucket, key } = request
  const action = actionNumber(name)
  if (action === undefined) return outcomes.unknownAction
  const kind = kinds[action]
  if (kind === 'other') return outcomes.unsupportedAction
  if (kind === 'object' && key === undefined) throw new TypeError(`a request for ${name} needs a key`)
  if (unknown !== undefined && !Array.isArray(unknown)) throw new TypeError('`unknown` must be a list of names')
  r.action = action
  r.context = context
  r.unknown = unknown !== undefined && unknown.length > 0 ? unknown : undefined
  r.request = request
  r.operation = operation
  r.bucket = bucket ?? ''
  r.key = kind === 'object' && key !== undefined ? key : ''
  return undefined
}

export function bucketOf({ buckets }: DecisionProgram, { bucket }: AuthorizationRequest): BucketEntry | undefined {
  return bucket === undefined ? undefined : shardOf(buckets, bucket).get(bucket)
}

/** What is on no bucket, or on one that does not exist yet, has no policy. */
export function asksIdentityAlone({ action }: Registers, bucket: BucketEntry | undefined): boolean {
  return kinds[action] === 'none' || (bucket === undefined && action === CREATE_BUCKET)
}

function beginKey(r: Registers, keys: LoadedKeys, row: number): void {
  const arn = keys.words[row + keyLayout.KEY_ARN] as number
  loadKeyCaller(
    r,
    stringOf(keys, row + keyLayout.KEY_ACCESS_KEY),
    stringOf(keys, row + keyLayout.KEY_ACCOUNT),
    arn < 0 ? '' : (keys.strings[arn] as string),
  )
}

/** Whether the key may always read, replace and remove the bucket's policy: docs/semantics.md, S9. */
function isKeyRescued(r: Registers, keys: LoadedKeys, row: number, owner: string): boolean {
  if (stringOf(keys, row + keyLayout.KEY_ACCOUNT) !== owner) return false
  if (((keys.words[row + keyLayout.KEY_FLAGS] as number) & keyLayout.FLAG_RESCUES) !== 0) return true
  beginKey(r, keys, row)
  return r.arnType === registers.ARN_ROOT
}

/** A canonical user is a caller of the account that has its id, if the snapshot tells. */
function loadCanonicalUser({ canonicalIds }: DecisionProgram, r: Registers): void {
  const account = shardOf(canonicalIds, r.canonicalId).get(r.canonicalId)
  if (account === undefined) return
  r.hasAccount = true
  r.accountText = account
  r.accountTo = account.length
}

function loadCanonicalId({ accounts }: DecisionProgram, r: Registers): void {
  if (!r.hasAccount) return
  const account = accountOf(r)
  r.canonicalId = shardOf(accounts, account).get(account)?.canonicalId ?? ''
}

function decisionOfGrant({ words }: LoadedKeys, grant: number): Decision {
  return outcomes.grantDecision(words[(words[grant + keyLayout.GRANT_TERMS] as number) + keyLayout.TERMS_PERMISSION] as number)
}

function stringOf({ words, strings }: LoadedKeys, at: number): string {
  return strings[words[at] as number] as string
}
