import type { AuthorizationRequest } from '../../src/index.js'
import type { Workload } from '../workloads.js'

export type Answer = 'Allow' | 'Deny'

/** Another policy engine, and how it is given our workloads. */
export interface Peer {
  readonly name: string
  readonly version: string
  readonly language: string
  /** Translates and loads the workload, as far as the peer can do that once for many requests. Throws `CannotExpress`. */
  prepare(workload: Workload): Engine | Promise<Engine>
}

/** A peer that has loaded a workload. `decide` includes turning a request into the peer's own form, as every host must. */
export interface Engine {
  decide(request: AuthorizationRequest): Answer
}

/** The peer's language has no words for what the workload says. */
export class CannotExpress extends Error {}
