import {
  type AuthorizationRequest,
  Authorizer,
  type Decision,
  type Explanation,
  evaluate,
  parseRequest,
  parseSnapshot,
  RequestContext,
  type Snapshot,
} from '../../src/index.js'
import type { Claim, Evaluator } from './mix.js'

/** Every evaluator gets what the first has read: reading takes longer than deciding. */
function remembered<Value>(read: (json: object) => Value): (json: object) => Value {
  const known = new WeakMap<object, { readonly value: Value }>()
  return (json) => {
    const { value } = known.get(json) ?? { value: read(json) }
    known.set(json, { value })
    return value
  }
}

const snapshotOf = remembered((json): Snapshot => {
  const { snapshot, diagnostics } = parseSnapshot(json)
  if (snapshot === undefined) throw new Error(`invalid snapshot: ${JSON.stringify(diagnostics)}`)
  return snapshot
})

const requestOf = remembered((json): AuthorizationRequest => {
  const { request, diagnostics } = parseRequest(json)
  if (request === undefined) throw new Error(`invalid request: ${JSON.stringify(diagnostics)}`)
  return request
})

const authorizerOf = remembered((json) => Authorizer.from(snapshotOf(json)))

const reference: Evaluator = {
  name: 'reference',
  prepare(json) {
    const snapshot = snapshotOf(json)
    return (request) => {
      const explanation = evaluate(snapshot, requestOf(request))
      return { ...claimOf(explanation), ...permissionsOf(explanation) }
    }
  },
}

const program: Evaluator = {
  name: 'program',
  prepare(json) {
    const authorizer = authorizerOf(json)
    return (request) => claimOf(authorizer.decide(requestOf(request)))
  },
}

/** The same program, opened from its image for every second snapshot. */
let snapshots = 0
const openedProgram: Evaluator = {
  name: 'program from its image',
  prepare(json) {
    if (++snapshots % 2 === 0) return () => undefined
    const authorizer = Authorizer.open(authorizerOf(json).toImage())
    return (request) => claimOf(authorizer.decide(requestOf(request)))
  },
}

/** The context is made ready for one request in four, and what is unknown is part of it for half of those. */
const programOnReadyContext: Evaluator = {
  name: 'program on a ready context',
  prepare(json) {
    const authorizer = authorizerOf(json)
    let count = 0
    return (request) => {
      count++
      return count % 4 === 0 ? claimOf(authorizer.decide(withReadyContext(requestOf(request), count % 8 === 0))) : undefined
    }
  },
}

export const evaluators: readonly Evaluator[] = [reference, program, openedProgram, programOnReadyContext]

function withReadyContext({ context = {}, unknown = [], ...rest }: AuthorizationRequest, isAlone: boolean): AuthorizationRequest {
  if (context instanceof RequestContext) throw new TypeError('the context is ready already')
  return isAlone ? { ...rest, context: RequestContext.of(context, unknown) } : { ...rest, context: RequestContext.of(context), unknown }
}

function claimOf({ verdict, reason, statement, permission }: Decision): Claim {
  return {
    verdict,
    reason,
    ...(statement && { applying: [statement.index] }),
    ...(reason === 'grant' && { permission: permission ?? '' }),
  }
}

function permissionsOf({ reason, identity }: Explanation): Pick<Claim, 'permissions'> {
  if (reason !== 'grant' || identity.kind !== 'grants') return {}
  return { permissions: identity.grants.flatMap(({ grant, failed }) => (failed === undefined ? [grant.permission ?? ''] : [])) }
}
