import type { Policy } from '../../policy/ast.js'
import type { PublicAccessBlock } from '../../public-access/public-access-block.js'
import type { Snapshot } from '../../snapshot/snapshot.js'

/** What questions are asked about: the whole state of a store, or one policy of a bucket that need not be known. */
export type Subject = Snapshot | PolicySubject

/** A policy alone. */
export interface PolicySubject {
  readonly policy: Policy
  /** The bucket it is on. Default: the one bucket that its resources name, else any. */
  readonly bucket?: string
  /** The account that owns the bucket. Default: one that the policy does not name. */
  readonly owner?: string
  /** What the bucket and its owner's account block of public access. Default: nothing. */
  readonly publicAccessBlock?: PublicAccessBlock
}

/** How hard to try, and what else to take for granted. */
export interface AnalyzeOptions {
  /** The most steps that a question may take, of about a microsecond each; past it the answer is `undecided`. Default: 300,000. */
  readonly budget?: number
}

/** Why a question has no answer: no witness was found, and it is not certain that there is none. */
export interface Undecided {
  /** `budget`: a larger budget may decide it. `inexact`: some requests are not followed exactly. */
  readonly code: 'budget' | 'inexact'
  /** What follows a "because". */
  readonly reason: string
}

/** It would take more steps than the budget has. */
export const tooManySteps: Undecided = { code: 'budget', reason: 'it would take too many steps' }

export function isPolicySubject(subject: Subject): subject is PolicySubject {
  return 'policy' in subject
}
