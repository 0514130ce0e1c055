import type { Decision } from '../../decision/decision.js'
import { evaluate } from '../../evaluate/evaluate.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import type { Side } from '../scene/scene.js'

/** What the engine itself says to a request. */
export function decisionAt(side: Side, request: AuthorizationRequest): Decision {
  const known = decisions.get(request)?.get(side)
  if (known !== undefined) return known
  const decision = decide(side, request)
  decisions.set(request, new Map(decisions.get(request)).set(side, decision))
  return decision
}

/** Witnesses are confirmed when they are found, and shown later. */
const decisions = new WeakMap<AuthorizationRequest, ReadonlyMap<Side, Decision>>()

function decide(side: Side, request: AuthorizationRequest): Decision {
  const { verdict, reason, statement, permission } = evaluate(side.snapshotFor(request.bucket), request)
  return { verdict, reason, ...(statement !== undefined && { statement }), ...(permission !== undefined && { permission }) }
}

export function isAllowedAt(side: Side | undefined, request: AuthorizationRequest): boolean {
  return side !== undefined && decisionAt(side, request).verdict === 'Allow'
}
