import type { IpRange } from '../match/cidr.js'
import type { Instant } from '../match/date.js'
import type { CallerArn } from '../request/caller.js'
import type { Permission } from './permission.js'

/** An access key and what it may do. Its secret is never part of a snapshot. */
export interface AccessKey {
  readonly accessKey: string
  readonly account: string
  readonly name?: string
  readonly arn: CallerArn
  readonly grants: readonly Grant[]
  readonly status: 'active' | 'suspended'
  /** The first instant at which the key works. */
  readonly notBefore?: Instant
  /** The first instant at which it no longer works. */
  readonly expiresAt?: Instant
}

/** What a key may do to one bucket, or with the permission `fullaccess` to all of them. */
export interface Grant {
  /** The bucket's name, never a pattern; empty for `fullaccess`. */
  readonly bucket: string
  /** Absent where the grant lists its actions itself. */
  readonly permission?: Permission
  /** Patterns of action names. */
  readonly actions: readonly string[]
  /** Only objects whose key starts with this, and listings that ask for it. */
  readonly prefix?: string
  /** Only from these addresses. */
  readonly sourceIp?: readonly SourceRange[]
}

/** A block of addresses, and how the snapshot spells it. */
export interface SourceRange {
  readonly text: string
  readonly range: IpRange
}
