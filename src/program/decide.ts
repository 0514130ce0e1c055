import { actionNumber } from '../catalog/action-numbers.js'
import { type ActionKind, actions } from '../catalog/actions.js'
import { rescuingActions } from '../catalog/rescuing-actions.js'
import type { Decision } from '../decision/decision.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import type { Principal } from '../request/principal.js'
import { RequestContext } from '../request/request-context.js'
import { fetchRow, findRow, hashFor, NO_ROW, recordOf, shardFor } from '../tables/table.js'
import { loadCanonicalId, loadCanonicalUser, restrictsPublic } from './accounts.js'
import { isBucket, ownerOf, policyOf } from './buckets.js'
import { isOfAccount, loadCaller, loadKeyCaller } from './caller.js'
import type { DecisionProgram, LoadedBucketPolicy, NameShard } from './decision-program.js'
import { findGrant, permissionOf } from './find-grant.js'
import * as keyLayout from './key-layout.js'
import { keyProblem } from './key-status.js'
import * as layout from './layout.js'
import * as nameLayout from './name-layout.js'
import { findName, NO_NAME, textOfNumber } from './names.js'
import * as outcomes from './outcomes.js'
import type { LoadedPolicy } from './policy-program.js'
import { findPrincipals } from './principals.js'
import type { Registers } from './registers.js'
import * as registers from './registers.js'
import { findAllow, findDelegation, findDeny, NONE } from './search.js'

/**
 * Decides a request: the checks in the order of docs/semantics.md, S2; the first that applies decides. The fast twin of `evaluate`. It makes
 * no objects; the decision is one of those made when the program was loaded.
 */
export function decide(program: DecisionProgram, r: Registers, request: AuthorizationRequest): Decision {
  const { principal } = request
  return principal.kind === 'key' ? decideByKey(program, r, request, principal.accessKey) : decideByOther(program, r, request, principal)
}

function decideByKey(program: DecisionProgram, r: Registers, request: AuthorizationRequest, accessKey: string): Decision {
  const hash = hashFor(program.keys, accessKey)
  const shard = shardFor(program.keys, hash)
  const bucketHash = hashOfBucket(program, request)
  // Kept, or the compiler would leave it out.
  r.fetched = fetchRow(shard, hash) ^ fetchRow(shardFor(program.names, bucketHash), bucketHash)
  const row = findRow(shard, hash, accessKey)
  if (row === NO_ROW) return outcomes.unknownKey
  const { words } = shard
  const key = recordOf(words, row)
  return keyProblem(words, key, request) ?? decideByWorkingKey(program, r, request, accessKey, words, key, bucketHash)
}

/** The hash that the request's bucket is found by. */
export function hashOfBucket({ names }: DecisionProgram, { bucket }: AuthorizationRequest): number {
  return bucket === undefined ? 0 : hashFor(names, bucket)
}

/**
 * As decide, by a key that works.
 * @param words those of the key's shard @param key the place of its record there @param hash as hashOfBucket gives it
 */
export function decideByWorkingKey(
  program: DecisionProgram,
  r: Registers,
  request: AuthorizationRequest,
  accessKey: string,
  words: Int32Array,
  key: number,
  hash: number,
): Decision {
  const problem = beginAction(r, request)
  if (problem !== undefined) return problem
  const { bucket: bucketName } = request
  const names = shardFor(program.names, hash)
  const name = bucketName === undefined ? NO_NAME : findName(names, hash, bucketName)
  const number = name === NO_NAME ? -1 : (names.words[name + nameLayout.NAME_NUMBER] as number)
  const isKnown = isBucket(names, name)
  if (asksIdentityAlone(r, isKnown)) {
    beginRequest(r, request)
    const grant = findGrant(words, r, key, kinds[r.action] === 'none' ? -1 : number)
    return grant === 0 ? outcomes.noIdentityAllow : decisionOfGrant(words, grant)
  }
  if (!isKnown) return outcomes.unknownBucket
  const isOwn = words[key + keyLayout.KEY_ACCOUNT] === names.words[name + nameLayout.NAME_OWNER]
  if (isOwn && isRescuing[r.action] === 1 && isRescued(program, r, accessKey, words, key)) return outcomes.ownerRescue
  const policy = policyOf(names, name)
  if (policy !== undefined) {
    beginRequest(r, request)
    return decideByKeyAndPolicy(program, r, accessKey, words, key, names, name, policy)
  }
  // Grants alone decide, and nearly all of them ask neither for the rest of the request nor for who the caller is beyond its account.
  if ((words[key + keyLayout.KEY_FLAGS] as number) & keyLayout.FLAG_TERMS) beginRequest(r, request)
  const grant = findGrant(words, r, key, number)
  if (grant === 0) return outcomes.noAllow
  return isOwn ? decisionOfGrant(words, grant) : outcomes.policySideMissing
}

function decideByKeyAndPolicy(
  program: DecisionProgram,
  r: Registers,
  accessKey: string,
  words: Int32Array,
  key: number,
  names: NameShard,
  name: number,
  policy: LoadedBucketPolicy,
): Decision {
  if (policy.kind === 'unreadable') return outcomes.policyUnreadable
  beginKey(program, r, accessKey, words, key)
  const refused = refusal(program, r, names, name, policy)
  if (refused !== undefined) return refused
  const grant = findGrant(words, r, key, names.words[name + nameLayout.NAME_NUMBER] as number)
  if (words[key + keyLayout.KEY_ACCOUNT] !== names.words[name + nameLayout.NAME_OWNER]) return decideAcross(policy.program, r, grant !== 0)
  return grant === 0 ? decideWithin(policy.program, r) : decisionOfGrant(words, grant)
}

function decideByOther(
  program: DecisionProgram,
  r: Registers,
  request: AuthorizationRequest,
  principal: Exclude<Principal, { kind: 'key' }>,
): Decision {
  const verdict = principal.kind === 'aws' ? principal.identityVerdict : undefined
  if (verdict === 'ExplicitDeny') return outcomes.identityDenies
  const problem = beginAction(r, request)
  if (problem !== undefined) return problem
  const { bucket: bucketName } = request
  const hash = hashOfBucket(program, request)
  const names = shardFor(program.names, hash)
  const name = bucketName === undefined ? NO_NAME : findName(names, hash, bucketName)
  const isKnown = isBucket(names, name)
  const policy = isKnown ? policyOf(names, name) : undefined
  beginRequest(r, request)
  loadCaller(r, principal, policy?.kind === 'program' ? policy.program : undefined)
  if (isKnown) r.owner = ownerOf(program, names, name)
  const isRoot = r.arnType === registers.ARN_ROOT && isKnown && isOfAccount(r, r.owner)
  const allowed = verdict === 'Allow' || (verdict === undefined && isRoot)
  if (asksIdentityAlone(r, isKnown)) return allowed ? outcomes.identityAllows : outcomes.noIdentityAllow
  if (!isKnown) return outcomes.unknownBucket
  if (isRoot && isRescuing[r.action] === 1) return outcomes.ownerRescue
  return policy === undefined ? decideWithoutPolicy(r, allowed) : decideByPolicy(program, r, names, name, policy, allowed)
}

/** @param allowed whether the caller's own side allows, which only an `aws` caller has */
function decideByPolicy(
  program: DecisionProgram,
  r: Registers,
  names: NameShard,
  name: number,
  policy: LoadedBucketPolicy,
  allowed: boolean,
): Decision {
  if (policy.kind === 'unreadable') return outcomes.policyUnreadable
  const refused = refusal(program, r, names, name, policy)
  if (refused !== undefined) return refused
  if (r.callerKind !== registers.CALLER_AWS) return decideAlone(policy.program, r)
  if (!isOfAccount(r, r.owner)) return decideAcross(policy.program, r, allowed)
  return allowed ? outcomes.identityAllows : decideWithin(policy.program, r)
}

function decideWithoutPolicy(r: Registers, allowed: boolean): Decision {
  if (!allowed) return outcomes.noAllow
  return isOfAccount(r, r.owner) ? outcomes.identityAllows : outcomes.policySideMissing
}

/** What refuses whatever anybody allows: a Deny, or RestrictPublicBuckets. Finds the caller among the policy's principals. */
function refusal(
  program: DecisionProgram,
  r: Registers,
  names: NameShard,
  bucket: number,
  { owner, program: policy }: Extract<LoadedBucketPolicy, { kind: 'program' }>,
): Decision | undefined {
  const flags = policy.words[layout.HEADER_FLAGS]
  // Without its words a policy would deny nothing.
  if (flags === undefined) throw new Error('the memory of the image that this authorizer was opened from has been given away')
  r.owner = owner
  if (r.callerKind === registers.CALLER_CANONICAL) loadCanonicalUser(program, r)
  else if (flags & layout.FLAG_CANONICAL_IDS) loadCanonicalId(program, r)
  findPrincipals(policy, r)
  const deny = findDeny(policy, r)
  if (deny !== NONE) return policy.decisions[2 * deny]
  return flags & layout.FLAG_PUBLIC && isCutOff(program, r, names, bucket) ? outcomes.publicAccessBlocked : undefined
}

/** While the policy is public, only the owner's account and services get access, if the bucket or the account says so. */
function isCutOff(program: DecisionProgram, r: Registers, { words }: NameShard, bucket: number): boolean {
  if (r.callerKind === registers.CALLER_SERVICE || isOfAccount(r, r.owner)) return false
  const flags = words[bucket + nameLayout.NAME_FLAGS] as number
  return (flags & nameLayout.FLAG_BUCKET_RESTRICTS) !== 0 || restrictsPublic(program, words[bucket + nameLayout.NAME_OWNER] as number)
}

/** The caller has no side of its own. */
function decideAlone(policy: LoadedPolicy, r: Registers): Decision {
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

/** Writes the action into the registers; the decision, if it decides already. Throws a TypeError for a request of no valid form. */
function beginAction(r: Registers, { action: name, unknown, key }: AuthorizationRequest): Decision | undefined {
  const action = actionNumber(name)
  if (action === undefined) return outcomes.unknownAction
  const kind = kinds[action]
  if (kind === 'other') return outcomes.unsupportedAction
  if (kind === 'object' && key === undefined) throw new TypeError(`a request for ${name} needs a key`)
  if (unknown !== undefined && !Array.isArray(unknown)) throw new TypeError('`unknown` must be a list of names')
  r.action = action
  return undefined
}

/** Writes the rest of the request, whose action has been written. */
export function beginRequest(r: Registers, request: AuthorizationRequest): void {
  const { context, unknown, key } = request
  r.request = request
  if (context !== undefined) {
    r.context = context
    // Far cheaper than asking a record for a member that it does not have; a context of another copy of this package is told later.
    if (context instanceof RequestContext) r.prepared = context
  }
  if (unknown !== undefined && unknown.length > 0) r.unknown = unknown
  if (key !== undefined && kinds[r.action] === 'object') r.key = key
}

/** What is on no bucket, or on one that does not exist yet, has no policy. */
export function asksIdentityAlone({ action }: Registers, isKnownBucket: boolean): boolean {
  return kinds[action] === 'none' || (!isKnownBucket && action === CREATE_BUCKET)
}

function beginKey(program: DecisionProgram, r: Registers, accessKey: string, words: Int32Array, key: number): void {
  const hasArn = ((words[key + keyLayout.KEY_FLAGS] as number) & keyLayout.FLAG_ARN) !== 0
  const arn = hasArn ? textOfNumber(program, words[key + keyLayout.KEY_SIZE] as number) : ''
  loadKeyCaller(r, accessKey, textOfNumber(program, words[key + keyLayout.KEY_ACCOUNT] as number), arn)
}

/** Whether a key of the owner may always read, replace and remove the bucket's policy: docs/semantics.md, S9. */
function isRescued(program: DecisionProgram, r: Registers, accessKey: string, words: Int32Array, key: number): boolean {
  if (((words[key + keyLayout.KEY_FLAGS] as number) & keyLayout.FLAG_RESCUES) !== 0) return true
  beginKey(program, r, accessKey, words, key)
  return r.arnType === registers.ARN_ROOT
}

function decisionOfGrant(words: Int32Array, grant: number): Decision {
  return outcomes.grantDecision(permissionOf(words, grant))
}
