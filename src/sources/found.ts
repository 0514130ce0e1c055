import type { Policy } from '../policy/ast.js'
import type { Diagnostic, Location } from '../policy/diagnostic.js'
import type { PositionedValue } from '../policy/positioned-value.js'
import type { PublicAccessBlock } from '../public-access/public-access-block.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** A file as it was read. `path` is what findings name it by. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** What a file holds. All locations are places in the file itself, whatever its format. */
export interface Reading {
  readonly found: readonly Found[]
  /** Why the file, or a part of it, could not be read. */
  readonly problems: readonly SourceProblem[]
}

export type Found = FoundPolicy | FoundSnapshot

/** A bucket policy. */
export interface FoundPolicy {
  readonly kind: 'policy'
  readonly file: SourceFile
  /** Where in the file, in the words of its format: `aws_s3_bucket_policy.logs`, `Resources.LogsPolicy`; empty for a bare policy. */
  readonly address: string
  /** The policy as JSON, positions in the file; absent if it cannot be read at all. */
  readonly root?: PositionedValue
  /** The path of the file with the resource that the policy is of, if that is another one. */
  readonly declaredIn?: string
  /** The partition of its resources if it is not `aws`; `draft` and `diagnostics` spell them as those of `aws`. */
  readonly partition?: string
  /** What can be read of the policy, problems or not; absent if nothing can. Decide nothing by it if a diagnostic is an `error`. */
  readonly draft?: Policy
  /** Problems of form and of meaning, as `validatePolicy` finds them; none about what is not known. */
  readonly diagnostics: readonly Diagnostic[]
  readonly bucket?: string
  readonly owner?: string
  /** What the bucket and its owner's account block of public access, where the file tells. */
  readonly publicAccessBlock?: PublicAccessBlock
  /** Parts that are made only when the file is deployed. */
  readonly unknowns: readonly Unknown[]
  /** Whether the policy stands in the file as JSON text, so that edits of its extents make sense. */
  readonly isEditable: boolean
}

/** A snapshot: buckets with their policies, access keys with their grants. Its policies are found as policies of their own too. */
export interface FoundSnapshot {
  readonly kind: 'snapshot'
  readonly file: SourceFile
  readonly root: PositionedValue
  readonly snapshot: Snapshot
  readonly diagnostics: readonly Diagnostic[]
}

/** A part of a policy that cannot be known from the file. */
export interface Unknown {
  readonly location: Location
  /** What follows a "because": `var.account is a variable`. */
  readonly reason: string
}

export interface SourceProblem {
  readonly file: string
  readonly message: string
  readonly location?: Location
  /** A next step. */
  readonly help?: string
}
