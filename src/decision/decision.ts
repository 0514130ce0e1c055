import type { Permission } from '../grants/permission.js'

export type Verdict = 'Allow' | 'ExplicitDeny' | 'ImplicitDeny'

/** The answer to one request. */
export interface Decision {
  readonly verdict: Verdict
  readonly reason: Reason
  /** The statement that decides; where several do, one of them. */
  readonly statement?: StatementReference
  /** The permission of the grant that decides, with the reason `grant`; absent if that grant lists its actions itself. */
  readonly permission?: Permission
}

/** A decision and the grant that takes part in it. */
export interface DecisionWithGrant extends Decision {
  readonly grant?: GrantReference
}

export interface StatementReference {
  readonly index: number
  readonly sid?: string
}

export interface GrantReference {
  /** The grant's place in its key's list. */
  readonly index: number
  readonly bucket: string
  readonly permission?: Permission
}

/** Why the verdict is what it is. Stable, part of the API; the order of the checks is docs/semantics.md, S2. */
export type Reason =
  | 'unknown-key'
  | 'key-suspended'
  | 'key-time-unknown'
  | 'key-not-yet-valid'
  | 'key-expired'
  | 'identity-denies'
  | 'unknown-action'
  | 'unsupported-action'
  | 'no-identity-allow'
  | 'unknown-bucket'
  | 'owner-rescue'
  | 'policy-unreadable'
  | 'policy-denies'
  | 'public-access-blocked'
  | 'grant'
  | 'identity-allows'
  | 'policy-allows'
  | 'both-allow'
  | 'identity-side-missing'
  | 'policy-side-missing'
  | 'no-allow'
