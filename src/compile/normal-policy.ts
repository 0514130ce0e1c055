import type { OperatorName, SetPrefix } from '../catalog/condition-operators.js'
import type { Effect } from '../policy/ast.js'

/** A policy in normal form: what its text leaves open (spelling, lists, Versions, other buckets) is decided, as far as that needs no request. */
export interface NormalPolicy {
  readonly bucket: string
  /** Whether AWS calls the policy public. */
  readonly isPublic: boolean
  readonly statements: readonly NormalStatement[]
}

/** A statement is about a request if its action, its principal, one resource and every condition are. */
export interface NormalStatement {
  /** Its place in the policy. */
  readonly index: number
  readonly sid?: string
  readonly effect: Effect
  /** Names from the catalogue, in its order; only actions on the bucket or on objects. */
  readonly actions: readonly string[]
  readonly principal: NormalPrincipal
  /** What actions on the bucket itself are matched with; none: no such action is covered. */
  readonly onBucket: readonly NormalResource[]
  /** What actions on objects are matched with. */
  readonly onObjects: readonly NormalResource[]
  readonly conditions: readonly NormalCondition[]
}

export type NormalPrincipal =
  | { readonly kind: 'everyone' }
  /** The caller is one of these, and the index finds it. */
  | { readonly kind: 'listed'; readonly names: readonly PrincipalName[] }
  /** Entries that only the request can tell about: NotPrincipal, and texts with wildcards. */
  | { readonly kind: 'tested'; readonly test: 'listed' | 'not-listed' | 'not-spared'; readonly names: readonly PrincipalName[] }

/** A name that a caller can have. */
export type PrincipalName =
  | { readonly kind: 'everyone' | 'arn' | 'id' | 'service' | 'provider' | 'canonical'; readonly text: string }
  | { readonly kind: 'account'; readonly text: string; readonly account: string }
  /**
   * `arn:aws:iam::<account>:user/<name>`, by its parts too, because nobody puts together the ARN of an access key that has none of its own;
   * or a role's ARN with the last part of its path.
   */
  | { readonly kind: 'user' | 'role'; readonly text: string; readonly account: string; readonly name: string }
  | { readonly kind: 'aws-pattern' | 'service-pattern' | 'provider-pattern' | 'canonical-pattern'; readonly text: string }

/** What an object's key, or for the bucket itself the empty text, is matched with. */
export type NormalResource = ResourceOf<Variable>

/** @typeParam Reference how a variable is told: by its key's name, or by its number */
export type ResourceOf<Reference> =
  /** Whatever it is. */
  | { readonly kind: 'any' }
  /** No request can tell. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'pattern'; readonly pattern: PatternOf<Reference> }
  /**
   * With variables: one of the patterns must match the key (`rest`), or `bucket/key` (`resource`) where a variable stands before the key, or
   * stars in the bucket's name leave too many ways.
   */
  | {
      readonly kind: 'template'
      readonly subject: 'rest' | 'resource'
      readonly variables: readonly Reference[]
      readonly patterns: readonly PatternOf<Reference>[]
    }
  /** NotResource. */
  | { readonly kind: 'none-of'; readonly resources: readonly ResourceOf<Reference>[] }

export type Pattern = PatternOf<Variable>

/** A text with wildcards and variables. */
export type PatternOf<Reference> = readonly ElementOf<Reference>[]

export type Element = ElementOf<Variable>

export type ElementOf<Reference> =
  | { readonly kind: 'text'; readonly text: string }
  /** `*` */
  | { readonly kind: 'any' }
  /** `?` */
  | { readonly kind: 'one' }
  | Reference

export interface Variable {
  readonly kind: 'variable'
  /** As `canonicalKeyName` spells it. */
  readonly key: string
  readonly default?: string
}

export interface NormalCondition {
  readonly operator: OperatorName
  readonly prefix?: SetPrefix
  readonly ifExists: boolean
  /** As `canonicalKeyName` spells it. */
  readonly key: string
  readonly operands: readonly NormalOperand[]
}

export interface NormalOperand {
  /** As the policy spells it. */
  readonly text: string
  /** Absent if it has a malformed variable. */
  readonly pattern?: Pattern
}
