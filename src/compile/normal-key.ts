import type { Permission } from '../grants/permission.js'
import type { IpRange } from '../match/cidr.js'
import type { Instant } from '../match/date.js'

/** An access key in normal form: its grants as what they allow, its status as facts. */
export interface NormalKey {
  readonly accessKey: string
  readonly account: string
  readonly name?: string
  /** Absent: `arn:aws:iam::<account>:user/<access key>`. */
  readonly arn?: string
  readonly isSuspended: boolean
  /** Has a `fullaccess` grant without limits. */
  readonly rescues: boolean
  readonly notBefore?: Instant
  readonly expiresAt?: Instant
  /** In order of their buckets. */
  readonly grants: readonly NormalGrant[]
}

export interface NormalGrant {
  /** Its place in the key's list. */
  readonly index: number
  /** Empty: every bucket. */
  readonly bucket: string
  readonly terms: GrantTerms
}

/** What a grant allows, whatever its bucket. */
export interface GrantTerms {
  readonly permission?: Permission
  /** As the snapshot spells them. */
  readonly patterns: readonly string[]
  /** Names from the catalogue of the actions that can be allowed: under a prefix only those that a prefix limits. */
  readonly actions: readonly string[]
  readonly prefix?: string
  readonly ranges?: readonly { readonly text: string; readonly range: IpRange }[]
}
