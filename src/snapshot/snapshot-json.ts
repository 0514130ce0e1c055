import type { Permission } from '../grants/permission.js'
import type { PublicAccessBlock } from '../public-access/public-access-block.js'

/** The form of a snapshot as JSON: schemas/snapshot.schema.json. */
export interface SnapshotJson {
  readonly $schema?: string
  readonly buckets?: readonly BucketJson[]
  readonly keys?: readonly KeyJson[]
  readonly accounts?: readonly AccountJson[]
}

export interface BucketJson {
  readonly name: string
  /** The account that owns the bucket. */
  readonly owner: string
  /** As an object, or as the text that was stored. */
  readonly policy?: object | string
  readonly publicAccessBlock?: Partial<PublicAccessBlock>
}

export interface KeyJson {
  readonly accessKey: string
  readonly account: string
  readonly name?: string
  /** Default: `arn:aws:iam::<account>:user/<access key>`. */
  readonly arn?: string
  readonly grants: readonly GrantJson[]
  readonly status?: 'active' | 'suspended'
  /** A date, or milliseconds since 1970. */
  readonly notBefore?: string | number
  readonly expiresAt?: string | number
}

export interface GrantJson {
  /** `""` for the permission `fullaccess`. */
  readonly bucket: string
  readonly permission?: Permission
  readonly actions?: readonly string[]
  readonly prefix?: string
  readonly sourceIp?: string | readonly string[]
}

export interface AccountJson {
  readonly id: string
  readonly publicAccessBlock?: Partial<PublicAccessBlock>
  readonly canonicalId?: string
}
