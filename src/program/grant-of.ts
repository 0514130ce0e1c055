import { actions } from '../catalog/actions.js'
import type { GrantReference } from '../decision/decision.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import { findRow, hashFor, recordOf, shardFor } from '../tables/table.js'
import { beginRequest, decide } from './decide.js'
import type { DecisionProgram } from './decision-program.js'
import { allows, bucketOfGrant, grantsOf } from './find-grant.js'
import { EVERY_BUCKET } from './key-layout.js'
import { NAME_NUMBER } from './name-layout.js'
import { memberOfName, textOfNumber } from './names.js'
import { readGrant } from './read-key.js'
import type { Registers } from './registers.js'

/** The first of the key's grants that allow the request, if one takes part in the decision. */
export function grantOf(program: DecisionProgram, r: Registers, request: AuthorizationRequest): GrantReference | undefined {
  const { principal } = request
  const { reason } = decide(program, r, request)
  if (principal.kind !== 'key' || (reason !== 'grant' && reason !== 'both-allow')) return undefined
  beginRequest(r, request)
  const hash = hashFor(program.keys, principal.accessKey)
  const shard = shardFor(program.keys, hash)
  const { words } = shard
  const grants = grantsOf(words, recordOf(words, findRow(shard, hash, principal.accessKey)))
  const number = numberOfBucket(program, r, request)
  const index = grants.findIndex((grant) => isOn(words, grant, number) && allows(words, r, grant))
  if (index < 0) return undefined
  const { bucket, permission } = readGrant(words, grants[index] as number, (name) => textOfNumber(program, name))
  return { index, bucket, ...(permission !== undefined && { permission }) }
}

/** The number of the bucket that the action is on; 0 if it is on none, or on one that nobody has named. */
export function numberOfBucket(program: DecisionProgram, r: Registers, { bucket }: AuthorizationRequest): number {
  return bucket === undefined || actions[r.action]?.kind === 'none' ? 0 : memberOfName(program, bucket, NAME_NUMBER)
}

/** Whether the grant is on this bucket, or on every one. */
export function isOn(words: Int32Array, grant: number, bucket: number): boolean {
  const own = bucketOfGrant(words, grant)
  return own === bucket || own === EVERY_BUCKET
}
