import type { Diagnostic } from '../policy/diagnostic.js'
import type { LoadedKeys } from './key-program.js'
import type { LoadedPolicy } from './policy-program.js'
import type { Shards } from './shards.js'

/** A snapshot, compiled: what `decide` interprets. It never changes; a change of the snapshot makes another that shares what is the same. */
export interface DecisionProgram {
  readonly keys: Shards<LoadedKeys>
  readonly buckets: Shards<ReadonlyMap<string, BucketEntry>>
  readonly accounts: Shards<ReadonlyMap<string, AccountEntry>>
  /** The accounts with a canonical user id, by it. */
  readonly canonicalIds: Shards<ReadonlyMap<string, string>>
}

export interface BucketEntry {
  readonly name: string
  /** The account that owns the bucket. */
  readonly owner: string
  /** RestrictPublicBuckets of the bucket itself. */
  readonly restrictsPublic: boolean
  readonly policy: BucketPolicyEntry
}

export type BucketPolicyEntry =
  | { readonly kind: 'none' }
  /** @property text the policy as it is stored, for explanations */
  | { readonly kind: 'program'; readonly program: LoadedPolicy; readonly text: string; readonly diagnostics: readonly Diagnostic[] }
  /** Quarantined: one of the diagnostics is an `error`. */
  | { readonly kind: 'unreadable'; readonly diagnostics: readonly Diagnostic[] }

export interface AccountEntry {
  readonly id: string
  readonly restrictsPublic: boolean
  readonly canonicalId?: string
}
