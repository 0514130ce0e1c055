import type { AccessKey } from '../grants/access-key.js'
import type { Policy } from '../policy/ast.js'
import type { Diagnostic } from '../policy/diagnostic.js'
import type { PublicAccessBlock } from '../public-access/public-access-block.js'

/** What requests are decided on. */
export interface Snapshot {
  readonly buckets: ReadonlyMap<string, Bucket>
  readonly keys: ReadonlyMap<string, AccessKey>
  readonly accounts: ReadonlyMap<string, Account>
}

export interface Bucket {
  readonly name: string
  /** The account that owns the bucket. */
  readonly owner: string
  readonly policy?: BucketPolicy
  readonly publicAccessBlock: PublicAccessBlock
}

/** A stored policy: readable, or quarantined because one of its diagnostics is an `error`. */
export interface BucketPolicy {
  /** Absent while the bucket is quarantined. */
  readonly policy?: Policy
  /** The problems of the policy's form. Their places are in the snapshot, or in the policy's text where it is stored as text. */
  readonly diagnostics: readonly Diagnostic[]
}

export interface Account {
  readonly id: string
  readonly publicAccessBlock: PublicAccessBlock
  readonly canonicalId?: string
}
