import type { Verdict } from '../decision/decision.js'
import type { Diagnostic, Location } from '../policy/diagnostic.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** A file of decision tests. */
export interface DecisionTestFile {
  /** What cases without a snapshot or policy of their own are decided on. */
  readonly snapshot?: Snapshot
  readonly cases: readonly DecisionTestCase[]
}

/** One request and the answer that is expected. */
export interface DecisionTestCase {
  readonly name: string
  readonly location: Location
  /** What the request is decided on: the case's, the file's, or one bucket with the case's policy. Absent if its form is wrong. */
  readonly snapshot?: Snapshot
  /** Absent if its form is wrong. */
  readonly request?: AuthorizationRequest
  /** The errors in the case's own snapshot, policy and request. */
  readonly errors: readonly Diagnostic[]
  readonly expect: Expectation
  /** The rule or source that the verdict follows from. */
  readonly why?: string
}

/** A verdict, or the code of an error that the case's policy, snapshot or request must have. */
export type Expectation = Verdict | { readonly error: string }
