import PBAC from 'pbac'
import { installedVersion } from '../installed.js'
import { keyPolicy } from '../key-policy.js'
import type { Engine, Peer } from '../peer.js'
import { callerOf, contextOf, resourceOf } from '../request-facts.js'
import { statementsOf } from '../statement.js'

// Checking a schema for each of 100,000 keys would say more about the schema than about decisions.
const unchecked = { validateSchema: false, validatePolicies: false }

/** pbac evaluates IAM JSON. It has no `Principal: '*'`: a statement for everybody is one without a principal. */
export const pbac: Peer = {
  name: 'pbac',
  version: installedVersion('pbac'),
  language: 'JavaScript',
  prepare(workload) {
    const statements = statementsOf(workload)
    if (statements === undefined) return keyEngine(workload.snapshot.keys ?? [])
    const engine = new PBAC(
      {
        Version: '2012-10-17',
        Statement: statements.map(({ effect, principal, actions, resources, conditions }) => ({
          Effect: effect,
          ...(principal !== undefined && { Principal: { AWS: [principal] } }),
          Action: actions,
          Resource: resources,
          ...(conditions.length > 0 && {
            Condition: Object.fromEntries(conditions.map(({ operator, key, operand }) => [operator, { [key]: operand }])),
          }),
        })),
      },
      unchecked,
    )
    return {
      decide: (request) => {
        const context = contextOf(request)
        const caller = callerOf(request)
        const allowed = engine.evaluate({
          action: request.action,
          resource: resourceOf(request),
          principal: caller === undefined ? {} : { AWS: [caller] },
          context: {
            aws: { SourceIp: context['aws:SourceIp'], SecureTransport: context['aws:SecureTransport'] },
            s3: { prefix: context['s3:prefix'] },
          },
        })
        return allowed ? 'Allow' : 'Deny'
      },
    }
  },
}

/** One instance a key, with the key's identity policy; the host finds it in a Map. */
function keyEngine(keys: readonly { readonly accessKey: string; readonly grants: Parameters<typeof keyPolicy>[0] }[]): Engine {
  const engines = new Map(keys.map(({ accessKey, grants }) => [accessKey, new PBAC(keyPolicy(grants), unchecked)]))
  return {
    decide: (request) => {
      const engine = engines.get(callerOf(request) ?? '')
      return engine?.evaluate({ action: request.action, resource: resourceOf(request) }) ? 'Allow' : 'Deny'
    },
  }
}
