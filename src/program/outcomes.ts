import type { Decision, Reason, Verdict } from '../decision/decision.js'
import { permissions } from '../grants/permission.js'

/** The decisions that no statement makes: one frozen object each, so that deciding makes none. */
function outcome(verdict: Verdict, reason: Reason): Decision {
  return Object.freeze({ verdict, reason })
}

export const unknownKey = outcome('ImplicitDeny', 'unknown-key')
export const keySuspended = outcome('ImplicitDeny', 'key-suspended')
export const keyTimeUnknown = outcome('ImplicitDeny', 'key-time-unknown')
export const keyNotYetValid = outcome('ImplicitDeny', 'key-not-yet-valid')
export const keyExpired = outcome('ImplicitDeny', 'key-expired')
export const identityDenies = outcome('ExplicitDeny', 'identity-denies')
export const unknownAction = outcome('ImplicitDeny', 'unknown-action')
export const unsupportedAction = outcome('ImplicitDeny', 'unsupported-action')
export const noIdentityAllow = outcome('ImplicitDeny', 'no-identity-allow')
export const unknownBucket = outcome('ImplicitDeny', 'unknown-bucket')
export const ownerRescue = outcome('Allow', 'owner-rescue')
export const policyUnreadable = outcome('ExplicitDeny', 'policy-unreadable')
export const publicAccessBlocked = outcome('ImplicitDeny', 'public-access-blocked')
export const identityAllows = outcome('Allow', 'identity-allows')
export const identitySideMissing = outcome('ImplicitDeny', 'identity-side-missing')
export const policySideMissing = outcome('ImplicitDeny', 'policy-side-missing')
export const noAllow = outcome('ImplicitDeny', 'no-allow')

/** By the permission's place in `permissions`; a grant that lists its actions itself has none. */
const byPermission = permissions.map((permission) => Object.freeze<Decision>({ verdict: 'Allow', reason: 'grant', permission }))
const byActions = outcome('Allow', 'grant')

/** What a grant decides. @param permission its place in `permissions`, or −1 */
export function grantDecision(permission: number): Decision {
  return permission < 0 ? byActions : (byPermission[permission] as Decision)
}
