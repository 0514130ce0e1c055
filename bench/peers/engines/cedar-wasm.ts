import { type Context, type EntityJson, preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import type { AuthorizationRequest } from '../../../src/index.js'
import { installedVersion } from '../installed.js'
import type { Engine, Peer } from '../peer.js'
import { callerOf, contextOf, resourceOf } from '../request-facts.js'
import { statementsOf } from '../statement.js'
import { type CedarEntity, cedarKey, cedarKeyPolicies, cedarPolicies } from './cedar-language.js'

const POLICY_SET = 'workload'

/**
 * Cedar in WebAssembly, with its policies parsed once. Entities cannot be kept in it: the key's own goes along with every request, as
 * Cedar's documentation advises, and the host finds it in a Map.
 */
export const cedarWasm: Peer = {
  name: '@cedar-policy/cedar-wasm',
  version: installedVersion('@cedar-policy/cedar-wasm'),
  language: 'Rust as WebAssembly',
  prepare(workload) {
    const statements = statementsOf(workload)
    if (statements !== undefined) {
      preparse(cedarPolicies(statements))
      return policyEngine
    }
    preparse(cedarKeyPolicies)
    return keyEngine(new Map((workload.snapshot.keys ?? []).map(({ accessKey, grants }) => [accessKey, cedarKey(accessKey, grants)])))
  },
}

function preparse(text: string): void {
  const answer = preparsePolicySet(POLICY_SET, { staticPolicies: text })
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '))
}

const policyEngine: Engine = {
  decide: (request) => {
    const caller = callerOf(request)
    const principal = caller === undefined ? { type: 'Anonymous', id: '' } : { type: 'User', id: caller }
    return ask(principal, request, { type: 'Object', id: resourceOf(request) }, cedarContext(request), [])
  },
}

function cedarContext(request: AuthorizationRequest): Context {
  const values = contextOf(request)
  const sourceIp = values['aws:SourceIp']
  const prefix = values['s3:prefix']
  const secureTransport = values['aws:SecureTransport']
  return {
    arn: resourceOf(request),
    ...(sourceIp !== undefined && { sourceIp: { __extn: { fn: 'ip', arg: sourceIp } } }),
    ...(prefix !== undefined && { prefix }),
    ...(secureTransport !== undefined && { secureTransport: secureTransport === 'true' }),
  }
}

function keyEngine(keys: ReadonlyMap<string, CedarEntity>): Engine {
  return {
    decide: (request) => {
      const entity = keys.get(callerOf(request) ?? '')
      if (entity === undefined) return 'Deny'
      return ask(entity.uid, request, { type: 'Bucket', id: request.bucket ?? '' }, {}, [entity as EntityJson])
    },
  }
}

type Id = { readonly type: string; readonly id: string }

function ask(principal: Id, { action }: AuthorizationRequest, resource: Id, context: Context, entities: EntityJson[]): 'Allow' | 'Deny' {
  const answer = statefulIsAuthorized({
    principal,
    action: { type: 'Action', id: action },
    resource,
    context,
    preparsedPolicySetId: POLICY_SET,
    entities,
  })
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '))
  const [error] = answer.response.diagnostics.errors
  if (error !== undefined) throw new Error(`${error.policyId}: ${error.error.message}`)
  return answer.response.decision === 'allow' ? 'Allow' : 'Deny'
}
