import type { AuthorizationRequest, Decision, Policy, Snapshot } from '../../../src/index.js'

/** What the checks use of the analyser. They take it as a value, so that a wrong one can be tried on them. */
export interface Analyser {
  diff(before: Subject, after: Subject): AccessDiff
  publicAccess(subject: Subject, options?: { readonly trusted?: readonly string[] }): readonly PublicReport[]
  ever(subject: Subject, question: Question): { verdict: 'never' | 'possible' | 'undecided'; witness?: Witness }
  always(subject: Subject, question: Question): { verdict: 'always' | 'refutable' | 'undecided'; witness?: Witness }
  equivalent(a: Subject, b: Subject): { verdict: 'equivalent' | 'different' | 'undecided'; witness?: Witness }
  disjoint(a: Subject, b: Subject): { verdict: 'disjoint' | 'overlapping' | 'undecided'; witness?: Witness }
  examineStatements(subject: Subject): readonly StatementReport[]
}

export type Subject = Snapshot | { policy: Policy; bucket?: string; owner?: string }

export interface Witness {
  readonly request: AuthorizationRequest
  /** For each subject: what the request was decided on, and how. */
  readonly decisions: readonly { readonly snapshot: Snapshot; readonly decision: Decision }[]
}

export interface Question {
  readonly action?: string
  readonly resource?: string
  readonly except?: readonly string[]
}

export interface AccessDiff {
  readonly relation: 'equal' | 'less' | 'more' | 'incomparable' | 'undecided'
  readonly newlyAllowed: readonly Change[]
  readonly newlyDenied: readonly Change[]
  readonly undecided: readonly unknown[]
}

export interface Change {
  readonly request: AuthorizationRequest
  readonly before: Decision
  readonly after: Decision
  readonly beforeSnapshot: Snapshot
  readonly afterSnapshot: Snapshot
}

export interface PublicReport {
  readonly bucket?: string
  readonly aws: { readonly isPublic: boolean; readonly statements: readonly number[] }
  readonly exact: 'public' | 'not-public' | 'undecided'
  readonly witness?: Witness
}

export interface StatementReport {
  readonly index: number
  readonly status: 'needed' | 'unreachable' | 'shadowed' | 'redundant' | 'undecided'
  readonly by: readonly number[]
  readonly witness?: Witness
}
