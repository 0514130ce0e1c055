import type { AccessKey } from '../../grants/access-key.js'
import type { Caller } from '../../request/caller.js'
import type { Principal } from '../../request/principal.js'
import type { Side } from '../scene/scene.js'

/** What counts about a caller beside which clauses are about it. Twin: `decide` of the reference evaluator, which replays every witness. */
export interface Standing {
  /** Unknown and suspended keys are nobody; anonymous callers, services and the like have no permissions of their own. */
  readonly kind: 'nobody' | 'own-account' | 'other-account' | 'alone'
  /** What the caller's own permissions say: yes, what the grants say, or nothing. */
  readonly identity: 'allows' | 'grants' | 'none'
  /** Its own bucket's policy is always within reach. */
  readonly isRescued: boolean
  /** RestrictPublicBuckets keeps it out. */
  readonly isCutOff: boolean
  /** It works between certain times only. */
  readonly hasTimes: boolean
}

const nobody: Standing = { kind: 'nobody', identity: 'none', isRescued: false, isCutOff: false, hasTimes: false }

export function standingOf(
  principal: Principal,
  caller: Caller | undefined,
  key: AccessKey | undefined,
  { owner, restricts }: Side,
): Standing {
  if (caller === undefined || key?.status === 'suspended') return nobody
  const isOwn = caller.account === owner
  const isRoot = caller.arn?.type === 'root' && isOwn
  return {
    kind: caller.kind !== 'key' && caller.kind !== 'aws' ? 'alone' : isOwn ? 'own-account' : 'other-account',
    identity: key !== undefined ? 'grants' : principal.kind === 'aws' && allows(principal.identityVerdict, isRoot) ? 'allows' : 'none',
    isRescued: isRoot || isUnlimitedKeyOf(key, owner),
    isCutOff: restricts && caller.kind !== 'service' && !isOwn,
    hasTimes: key?.notBefore !== undefined || key?.expiresAt !== undefined,
  }
}

function allows(verdict: 'Allow' | 'ExplicitDeny' | 'ImplicitDeny' | undefined, isRoot: boolean): boolean {
  return verdict === undefined ? isRoot : verdict === 'Allow'
}

function isUnlimitedKeyOf(key: AccessKey | undefined, owner: string): boolean {
  return (
    key?.account === owner &&
    key.grants.some(({ permission, sourceIp, prefix }) => permission === 'fullaccess' && sourceIp === undefined && prefix === undefined)
  )
}

/** Equal for standings that are the same. */
export function standingKey({ kind, identity, isRescued, isCutOff, hasTimes }: Standing): string {
  return `${kind} ${identity} ${isRescued} ${isCutOff} ${hasTimes}`
}
