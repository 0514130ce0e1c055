import { createValidatedPolicy, validateIdentityPolicy, validateResourcePolicy } from '@cloud-copilot/iam-policy'
import { anonymousPrincipal, runUnsafeSimulation, type Simulation } from '@cloud-copilot/iam-simulate'
import type { AuthorizationRequest } from '../../../src/index.js'
import { installedVersion } from '../installed.js'
import { keyPolicy } from '../key-policy.js'
import type { Peer } from '../peer.js'
import { callerOf, contextOf, resourceOf } from '../request-facts.js'
import { policyOf } from '../statement.js'

const ACCOUNT = '111122223333'

/**
 * iam-simulate evaluates IAM JSON. Policies are validated once; `runUnsafeSimulation` leaves out the validation of the request, which
 * `runSimulation` repeats for every decision. A resource policy needs the name: without one, the unsafe way throws.
 */
export const iamSimulate: Peer = {
  name: '@cloud-copilot/iam-simulate',
  version: installedVersion('@cloud-copilot/iam-simulate'),
  language: 'TypeScript',
  prepare(workload) {
    const policy = policyOf(workload)
    const resourcePolicy = policy && createValidatedPolicy(policy, validateResourcePolicy, { name: 'bucket policy' })
    const keyPolicies = new Map(
      (workload.snapshot.keys ?? []).map(({ accessKey, grants }) => [
        accessKey,
        [{ name: 'grants', policy: createValidatedPolicy(keyPolicy(grants), validateIdentityPolicy) }],
      ]),
    )
    return {
      decide: (request) => {
        const simulation: Simulation = {
          request: {
            principal: principalOf(request),
            action: request.action,
            resource: { resource: resourceOf(request), accountId: ACCOUNT },
            contextVariables: contextOf(request) as Record<string, string>,
          },
          identityPolicies: keyPolicies.get(callerOf(request) ?? '') ?? [],
          resourcePolicy,
          serviceControlPolicies: [],
          resourceControlPolicies: [],
        }
        return runUnsafeSimulation(simulation, {}) === 'Allowed' ? 'Allow' : 'Deny'
      },
    }
  },
}

function principalOf(request: AuthorizationRequest): Simulation['request']['principal'] {
  const caller = callerOf(request)
  if (caller === undefined) return anonymousPrincipal
  return request.principal.kind === 'key' ? `arn:aws:iam::${ACCOUNT}:user/${caller}` : caller
}
