import { Authorizer } from '../authorizer/authorizer.js'
import type { DecisionWithGrant } from '../decision/decision.js'
import { evaluate } from '../evaluate/evaluate.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** What decides: `program`, the snapshot compiled and indexed, or `reference`, the plain evaluator, slower, for comparison. */
export type Engine = 'program' | 'reference'

/** Answers a valid request on the snapshot that it was made for. */
export type Decide = (request: AuthorizationRequest) => DecisionWithGrant

/** Makes of a snapshot, once, what decides its requests. */
export type Prepare = (snapshot: Snapshot) => Decide

/** A row per engine. */
export const engines: Readonly<Record<Engine, Prepare>> = {
  program(snapshot) {
    const authorizer = Authorizer.from(snapshot)
    return (request) => {
      const decision = authorizer.decide(request)
      const grant = authorizer.grantOf(request)
      return grant === undefined ? decision : { ...decision, grant }
    }
  },
  reference: (snapshot) => (request) => evaluate(snapshot, request),
}

export const defaultEngine: Engine = 'program'

/** As the engine, but a snapshot that comes again is not prepared again: most cases of a file share one. */
export function preparedOnce(prepare: Prepare): Prepare {
  const prepared = new Map<Snapshot, Decide>()
  return (snapshot) => {
    const known = prepared.get(snapshot)
    if (known !== undefined) return known
    const decide = prepare(snapshot)
    prepared.set(snapshot, decide)
    return decide
  }
}
