import type { Effect } from '../policy/ast.js'
import type { ElementOf, PatternOf, PrincipalName, ResourceOf } from './normal-policy.js'

/** A policy in which everything that is named has a number, and equal conditions are one. Strings are numbers of the pool. */
export interface NumberedPolicy {
  readonly isPublic: boolean
  readonly strings: readonly string[]
  readonly keys: readonly NumberedKey[]
  /** Principal 1 is the first: number 0 is everyone. Accounts, roles, unique ids and users come first, each in order. */
  readonly principals: readonly NumberedName[]
  readonly conditions: readonly NumberedCondition[]
  readonly statements: readonly NumberedStatement[]
}

export interface NumberedKey {
  readonly name: number
  /** `family/*`, or −1. */
  readonly family: number
  readonly slot: number
  readonly derivation: number
  readonly multiValued: boolean
}

export interface NumberedName {
  readonly kind: PrincipalName['kind']
  readonly text: number
  /** −1: it has none. */
  readonly account: number
  /** −1: it has none. */
  readonly name: number
}

export interface NumberedStatement {
  readonly index: number
  /** −1: it has none. */
  readonly sid: number
  readonly effect: Effect
  /** Places in the catalogue, in order. */
  readonly actions: readonly number[]
  readonly principal: NumberedPrincipal
  readonly onBucket: readonly NumberedResource[]
  readonly onObjects: readonly NumberedResource[]
  /** Places in the policy's list of conditions. */
  readonly conditions: readonly number[]
}

export type NumberedPrincipal =
  | { readonly kind: 'everyone' }
  /**
   * @property names as the statement itself spells them, for a test: roles of one name and account are one principal to the index, whatever their
   * paths, because a session may not tell its role's
   */
  | { readonly kind: 'listed'; readonly principals: readonly number[]; readonly names: readonly NumberedName[] }
  | { readonly kind: 'tested'; readonly test: 'listed' | 'not-listed' | 'not-spared'; readonly names: readonly NumberedName[] }

export type NumberedResource = ResourceOf<NumberedVariable>
export type NumberedPattern = PatternOf<NumberedVariable>
export type NumberedElement = ElementOf<NumberedVariable>

export interface NumberedVariable {
  readonly kind: 'variable'
  readonly key: number
  /** −1: it has none. */
  readonly default: number
}

export interface NumberedCondition {
  readonly family: number
  readonly flags: number
  readonly orders: number
  readonly key: number
  /** As policies spell it, with prefix and IfExists. */
  readonly operator: number
  readonly operands: readonly NumberedOperand[]
}

export interface NumberedOperand {
  readonly text: number
  readonly variables: readonly NumberedVariable[]
  readonly reading: Reading
}

/** What the operator has read. */
export type Reading =
  /** A malformed variable. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'string'; readonly string: number }
  | { readonly kind: 'pattern'; readonly pattern: NumberedPattern }
  /** The six parts of an ARN. */
  | { readonly kind: 'arn'; readonly parts: readonly NumberedPattern[] }
  /** Words that are the data as they are. */
  | { readonly kind: 'words'; readonly words: readonly number[] }
