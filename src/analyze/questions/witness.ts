import type { Decision } from '../../decision/decision.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Scene } from '../scene/scene.js'
import { decisionAt } from './confirm.js'

/** A request that shows what an answer says, and what the engine decides on it. */
export interface Witness {
  readonly request: AuthorizationRequest
  /** For each subject: what the request was decided on, and how. */
  readonly decisions: readonly { readonly snapshot: Snapshot; readonly decision: Decision }[]
}

export function witnessOf(request: AuthorizationRequest, { sides }: Scene): Witness {
  return {
    request,
    decisions: sides.map((side) => ({ snapshot: side.snapshotFor(request.bucket), decision: decisionAt(side, request) })),
  }
}
