import type { DecisionWithGrant } from '../decision/decision.js'
import type { Grant } from '../grants/access-key.js'
import type { GrantLimit } from '../grants/check-grant.js'
import type { ContextValues } from '../operators/evaluate-operator.js'
import type { Truth } from '../operators/truth.js'
import type { Effect } from '../policy/ast.js'
import type { Diagnostic } from '../policy/diagnostic.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import type { Caller } from '../request/caller.js'
import type { IdentityVerdict } from '../request/principal.js'

/** A decision with everything it rests on: every statement and every grant, matched or with what did not match. */
export interface Explanation extends DecisionWithGrant {
  readonly request: AuthorizationRequest
  /** Absent if the request's key is not in the snapshot. */
  readonly caller?: Caller
  /** The ARN that resources are matched with; absent for actions on nothing, and where the bucket is not known. */
  readonly resource?: string
  /** The account that owns the bucket; absent if the bucket is not in the snapshot. */
  readonly owner?: string
  readonly identity: IdentitySide
  readonly policy: PolicySide
}

/** What the caller's own permissions say. */
export type IdentitySide =
  /** Anonymous and the like have no permissions of their own. */
  | { readonly kind: 'none' }
  /** The embedder's verdict. */
  | { readonly kind: 'verdict'; readonly verdict: IdentityVerdict }
  /** The grants of the access key. */
  | { readonly kind: 'grants'; readonly grants: readonly GrantOutcome[] }

export interface GrantOutcome {
  readonly index: number
  readonly grant: Grant
  /** The first thing that the grant does not allow; absent if the grant allows the request. */
  readonly failed?: GrantLimit
}

/** What the bucket's policy says. */
export type PolicySide =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly kind: 'statements'
      readonly statements: readonly StatementOutcome[]
      /** The public statements that make RestrictPublicBuckets cut off everybody outside the account; empty if it does not. */
      readonly restrictedBy: readonly number[]
    }

export interface StatementOutcome {
  readonly index: number
  readonly sid?: string
  readonly effect: Effect
  /** Whether the statement takes part in the decision: an Allow that is true, a Deny that is true or unknown. */
  readonly applies: boolean
  /** An Allow that names the caller's account only: it counts if the caller's identity side allows too. */
  readonly delegates: boolean
  readonly truth: Truth
  readonly principal: Truth
  readonly action: Truth
  readonly resource: Truth
  readonly conditions: readonly ConditionOutcome[]
}

export interface ConditionOutcome {
  /** As the policy spells it, `ForAnyValue:StringLike`. */
  readonly operator: string
  readonly key: string
  readonly operands: readonly string[]
  /** What the request has. */
  readonly values: ContextValues
  readonly truth: Truth
}
