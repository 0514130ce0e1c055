import type { Reason } from '../decision/decision.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import { findRow, hashFor, NO_ROW, recordOf, shardFor } from '../tables/table.js'
import { isBucket, policyOf } from './buckets.js'
import { isOfAccount } from './caller.js'
import { type Candidate, candidatesOf, clock } from './candidates.js'
import { asksIdentityAlone, beginRequest, decide, decideByWorkingKey, hashOfBucket } from './decide.js'
import type { DecisionProgram } from './decision-program.js'
import { grantCandidates } from './grant-candidates.js'
import * as keyLayout from './key-layout.js'
import { keyProblem } from './key-status.js'
import * as layout from './layout.js'
import { findName } from './names.js'
import * as outcomes from './outcomes.js'
import type { LoadedPolicy } from './policy-program.js'
import type { Registers } from './registers.js'

/** Decided before any condition is asked, and whatever a condition would answer. */
const settled: ReadonlySet<Reason> = new Set<Reason>([
  'identity-denies',
  'unknown-action',
  'unsupported-action',
  'unknown-bucket',
  'owner-rescue',
  'policy-unreadable',
])

/**
 * The condition keys that can still change the answer to a request, verdict or reason, in order of their names: those that it carries, each
 * changed alone, and those that it lacks, or lists as unknown, together.
 */
export function requirementsOf(program: DecisionProgram, r: Registers, request: AuthorizationRequest): readonly string[] {
  const { principal } = request
  if (principal.kind !== 'key') {
    const { reason } = decide(program, r, request)
    const identity = reason === 'identity-allows' ? [{ byAccount: false, tests: [] }] : []
    return settled.has(reason) ? [] : sorted(keysOfAnswer(program, r, request, identity, reason))
  }
  const hash = hashFor(program.keys, principal.accessKey)
  const shard = shardFor(program.keys, hash)
  const row = findRow(shard, hash, principal.accessKey)
  if (row === NO_ROW) return []
  const { words } = shard
  const key = recordOf(words, row)
  const problem = keyProblem(words, key, request)
  if (problem === outcomes.keySuspended) return []
  const time = (words[key + keyLayout.KEY_FLAGS] as number) & keyLayout.FLAG_BOUNDS ? clock : []
  if (problem !== undefined && problem !== outcomes.keyTimeUnknown) return time
  const { reason } = decideByWorkingKey(program, r, request, principal.accessKey, words, key, hashOfBucket(program, request))
  if (settled.has(reason)) return time
  beginRequest(r, request)
  return sorted([...time, ...keysOfAnswer(program, r, request, grantCandidates(program, words, r, key, request), reason)])
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort()
}

/** Once the registers hold the request. @param identity what the caller's own side allows: the grants of a key, or a verdict for sure */
function keysOfAnswer(
  program: DecisionProgram,
  r: Registers,
  request: AuthorizationRequest,
  identity: readonly Candidate[],
  reason: Reason,
): readonly string[] {
  const policy = policyForRequest(program, r, request)
  if (policy === undefined) return keysOf(identity)
  const denies = candidatesOf(policy, r, layout.DENY)
  if (denies.some(isCertain) || reason === 'public-access-blocked') return keysOf(denies)
  return [...keysOf(denies), ...keysOfAllows(policy, r, identity)]
}

/** The policy that the request is decided by, if there is one. */
function policyForRequest({ names }: DecisionProgram, r: Registers, { bucket }: AuthorizationRequest): LoadedPolicy | undefined {
  if (bucket === undefined) return undefined
  const hash = hashFor(names, bucket)
  const shard = shardFor(names, hash)
  const name = findName(shard, hash, bucket)
  if (!isBucket(shard, name) || asksIdentityAlone(r, true)) return undefined
  const policy = policyOf(shard, name)
  return policy?.kind === 'program' ? policy.program : undefined
}

function keysOfAllows(policy: LoadedPolicy, r: Registers, identity: readonly Candidate[]): readonly string[] {
  // In its own account the caller needs nothing of the policy while its own side allows.
  if (isOfAccount(r, r.owner) && identity.some(isCertain)) return keysOf(identity)
  const allows = candidatesOf(policy, r, layout.ALLOW)
  const direct = allows.filter(({ byAccount }) => !byAccount)
  const delegating = direct.some(isCertain) ? [] : allows.filter(({ byAccount }) => byAccount)
  return [...keysOf(identity), ...keysOf(direct), ...keysOf(delegating)]
}

/** Applies as things are, and hangs on no key that is absent. */
function isCertain({ tests }: Candidate): boolean {
  return tests.every(({ suffices, isOpen }) => suffices && !isOpen)
}

/**
 * The keys that can change whether one of several candidates applies. If some apply for sure, only a key that all of those read: with
 * two Denies for sure, one by `aws:SourceIp` and one by `aws:SecureTransport`, no key alone lifts both. Else every candidate counts: one that
 * fails by `aws:SourceIp` alone may come to apply if that changes, whatever it lacks otherwise; one that fails by two keys may not.
 */
function keysOf(candidates: readonly Candidate[]): readonly string[] {
  const certain = candidates.filter(isCertain)
  if (certain.length > 0) return common(certain.map(({ tests }) => tests.flatMap(({ keys }) => keys)))
  return candidates.flatMap(({ tests }) => {
    const failing = tests.filter(({ suffices, isOpen }) => !suffices && !isOpen)
    return failing.length > 0 ? common(failing.map(({ keys }) => keys)) : tests.flatMap(({ keys }) => keys)
  })
}

function common([first = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  return first.filter((key) => others.every((keys) => keys.includes(key)))
}
