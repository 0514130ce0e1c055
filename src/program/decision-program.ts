import type { Diagnostic } from '../policy/diagnostic.js'
import type { Shard, Table } from '../tables/table.js'
import type { LoadedPolicy } from './policy-program.js'

/** A snapshot, compiled: what `decide` interprets. It never changes; a change of the snapshot makes another that shares what is the same. */
export interface DecisionProgram {
  /** Access keys: key-layout.ts. */
  readonly keys: Table
  /** Buckets and accounts: name-layout.ts. */
  readonly names: Table<NameShard>
  /** The hash of each name by its number, from which its row is found; in pieces, so that a change copies only one. */
  readonly nameHashes: readonly Int32Array[]
  /** One more than the last number of a name. */
  readonly nameCount: number
  /** What nameCount was when no name was without use. */
  readonly usualNames: number
}

/** How many names' hashes a piece holds. */
export const NAMES_PER_PIECE = 1024

/** A shard of names, with what is no words. */
export interface NameShard extends Shard {
  /** By the places that name-layout.ts tells; what is packed is replaced by what it is when it is first asked for. */
  readonly policies: StoredPolicy[]
  /** The names that somebody has asked for, by number: made when first asked for, and no part of the program's meaning. */
  readonly texts: Map<number, string>
}

/** The policy of a bucket, as it stands with its name. */
export type StoredPolicy =
  | LoadedBucketPolicy
  /** In an image: packed-policy.ts. */
  | { readonly kind: 'packed'; readonly words: Int32Array; readonly at: number }

/** The policy of a bucket. */
export type LoadedBucketPolicy =
  /** @property text the policy as it is stored, for explanations @property owner the bucket's account */
  | {
      readonly kind: 'program'
      readonly owner: string
      readonly program: LoadedPolicy
      readonly text: string
      readonly diagnostics: readonly Diagnostic[]
    }
  /** Quarantined: one of the diagnostics is an `error`. */
  | { readonly kind: 'unreadable'; readonly diagnostics: readonly Diagnostic[] }
