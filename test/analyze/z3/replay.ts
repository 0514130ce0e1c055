import { evaluate, type Snapshot } from '../../../src/index.js'
import type { Policy } from '../../../src/policy/ast.js'
import { nothingBlocked } from '../../../src/public-access/public-access-block.js'
import type { AuthorizationRequest } from '../../../src/request/authorization-request.js'
import { OWNER } from './policies.js'

/** Whether the policy, alone on the request's bucket, allows the request: the answer of the reference evaluator. */
export function isAllowed(policy: Policy, request: AuthorizationRequest): boolean {
  const bucket = { name: request.bucket ?? '', owner: OWNER, policy: { policy, diagnostics: [] }, publicAccessBlock: nothingBlocked }
  const snapshot: Snapshot = { buckets: new Map([[bucket.name, bucket]]), keys: new Map(), accounts: new Map() }
  return evaluate(snapshot, request).verdict === 'Allow'
}
