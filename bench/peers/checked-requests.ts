import { type AuthorizationRequest, evaluate, parseSnapshot } from '../../src/index.js'
import { random, type Workload } from '../workloads.js'
import type { Answer } from './peer.js'
import { contextOf } from './request-facts.js'

export interface CheckedRequest {
  readonly request: AuthorizationRequest
  readonly expected: Answer
}

/** What turns a request of the workload into one that is answered for another reason; `other` is a second request of it. */
const variations: readonly ((request: AuthorizationRequest, other: AuthorizationRequest) => AuthorizationRequest)[] = [
  (request) => request,
  (request) => ({ ...request, context: { ...contextOf(request), 'aws:SecureTransport': 'false' } }),
  (request) => request,
  (request, { principal }) => ({ ...request, principal }),
  (request) => request,
  (request) => (request.key === undefined ? request : { ...request, action: 's3:PutObject' }),
  (request) => request,
  (request) =>
    request.key === undefined
      ? request
      : { ...request, action: 's3:DeleteObject', context: { ...contextOf(request), 'aws:SourceIp': '198.51.100.7' } },
]

/**
 * Requests with the reference evaluator's answers: half as the workload makes them, half varied (plain HTTP, another caller, a write, a
 * delete from afar), so that denials are asked for too.
 */
export function checkedRequests(workload: Workload, count: number): readonly CheckedRequest[] {
  const { snapshot } = parseSnapshot(workload.snapshot)
  if (snapshot === undefined) throw new Error(`${workload.name}: an invalid snapshot`)
  const others = workload.requests(random, count)
  return workload.requests(random, count).map((original, index) => {
    const vary = variations[index % variations.length]
    const request = vary?.(original, others[index] ?? original) ?? original
    return { request, expected: evaluate(snapshot, request).verdict === 'Allow' ? 'Allow' : 'Deny' }
  })
}
