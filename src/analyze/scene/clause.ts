import type { AccessKey, Grant } from '../../grants/access-key.js'
import type { PolicyVersion, Statement } from '../../policy/ast.js'
import type { Asked } from './asked.js'

/**
 * What lives or dies as a request is made up piece by piece: a statement or a grant that applies if all of its demands are met. A statement
 * that names callers as well as whole accounts is two, because what it gives to an account only counts if the caller's own side allows too.
 */
export type Clause = StatementClause | GrantClause | ValidityClause | QuestionClause

export interface StatementClause {
  readonly kind: 'deny' | 'allow' | 'delegation'
  /** The sides whose policies have the statement. */
  readonly sides: readonly number[]
  /** Its place in the policy of the first of them. */
  readonly index: number
  readonly statement: Statement
  readonly version: PolicyVersion | undefined
}

/** One way in which a grant may cover a request. */
export interface GrantClause {
  readonly kind: 'grant'
  readonly sides: readonly number[]
  readonly key: AccessKey
  readonly grant: Grant
  /** What its prefix asks for: of the object's key, of the listing's prefix, that the operation is HeadBucket, or nothing. */
  readonly limit: 'object' | 'listing' | 'head-bucket' | 'none'
}

/** A key inside the times between which it works. */
export interface ValidityClause {
  readonly kind: 'validity'
  readonly sides: readonly number[]
  readonly key: AccessKey
}

/** The request is one of those that the question is about. */
export interface QuestionClause {
  readonly kind: 'question'
  readonly sides: readonly []
  readonly asked: Asked
}
