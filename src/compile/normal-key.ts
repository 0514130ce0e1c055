import type { Permission } from '../grants/permission.js'
import type { IpRange } from '../match/cidr.js'
import type { Instant } from '../match/date.js'

/** An access key in normal form: its grants as what they allow, its status as facts. */
export interface NormalKey {
  readonly accessKey: string
  readonly account: string
  readonly name: string | undefined
  /** Undefined: `arn:aws:iam::<account>:user/<access key>`. */
  readonly arn: string | undefined
  readonly isSuspended: boolean
  /** Has a `fullaccess` grant without limits. */
  readonly rescues: boolean
  readonly notBefore: Instant | undefined
  readonly expiresAt: Instant | undefined
  /** In the order in which the key lists them. */
  readonly grants: readonly NormalGrant[]
}

export interface NormalGrant {
  /** Undefined: every bucket. */
  readonly bucket: string | undefined
  readonly permission?: Permission
  /** Undefined: whatever the permission allows. */
  readonly terms: GrantTerms | undefined
}

/** What a grant allows that is not just a permission. */
export interface GrantTerms {
  /** As the snapshot spells them, of a grant without a permission. */
  readonly patterns: readonly string[]
  /** The places in the catalogue of the actions that can be allowed: under a prefix only those that a prefix limits. */
  readonly actions: readonly number[]
  readonly prefix?: string
  readonly ranges?: readonly { readonly text: string; readonly range: IpRange }[]
}
