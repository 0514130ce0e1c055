import { actions } from '../catalog/actions.js'
import type { GrantReference } from '../decision/decision.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import { decide } from './decide.js'
import type { DecisionProgram } from './decision-program.js'
import { firstGrant } from './find-grant.js'
import * as layout from './key-layout.js'
import { readGrant } from './read-keys.js'
import type { Registers } from './registers.js'
import { shardOf } from './shards.js'

/** The first of the key's grants that allow the request, if one takes part in the decision. */
export function grantOf(program: DecisionProgram, r: Registers, request: AuthorizationRequest): GrantReference | undefined {
  const { principal, bucket: name } = request
  const { reason } = decide(program, r, request)
  if (principal.kind !== 'key' || (reason !== 'grant' && reason !== 'both-allow')) return undefined
  const keys = shardOf(program.keys, principal.accessKey)
  const row = keys.rows.get(principal.accessKey) as number
  const grant = firstGrant(keys, r, row, actions[r.action]?.kind === 'none' ? undefined : name)
  if (grant === 0) return undefined
  const { bucket, permission } = readGrant(keys, grant)
  return { index: keys.words[grant + layout.GRANT_INDEX] as number, bucket, ...(permission !== undefined && { permission }) }
}
