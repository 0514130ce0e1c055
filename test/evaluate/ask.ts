import type { Policy, Statement } from '../../src/policy/ast.js'
import { parsePolicy } from '../../src/policy/parser.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { type Caller, callerOf, noDirectory } from '../../src/request/caller.js'
import type { AwsPrincipal } from '../../src/request/principal.js'
import { parseSnapshot } from '../../src/snapshot/parse-snapshot.js'
import type { Snapshot } from '../../src/snapshot/snapshot.js'

export const OWNER = '111122223333'
export const OTHER = '444455556666'

export function snapshotOf(json: object): Snapshot {
  const { snapshot, diagnostics } = parseSnapshot(json)
  if (snapshot === undefined) throw new Error(JSON.stringify(diagnostics))
  return snapshot
}

export function policyOf(json: object): Policy {
  const { policy, diagnostics } = parsePolicy(JSON.stringify(json))
  if (policy === undefined) throw new Error(JSON.stringify(diagnostics))
  return policy
}

/** A statement that allows everybody everything, but for what is given instead. */
export function statementOf({ NotPrincipal, NotAction, NotResource, ...rest }: Readonly<Record<string, unknown>>): Statement {
  const statement = {
    Effect: 'Allow',
    ...(NotPrincipal === undefined ? { Principal: '*' } : { NotPrincipal }),
    ...(NotAction === undefined ? { Action: '*' } : { NotAction }),
    ...(NotResource === undefined ? { Resource: '*' } : { NotResource }),
    ...rest,
  }
  const [parsed] = policyOf({ Statement: [statement] }).Statement
  if (parsed === undefined) throw new Error('no statement')
  return parsed
}

/** The caller with this ARN. */
export function aws(arn: string, rest: Omit<AwsPrincipal, 'kind' | 'arn'> = {}): Caller {
  return callerOf({ kind: 'aws', arn, ...rest }, noDirectory)
}

export const anonymous: AuthorizationRequest['principal'] = { kind: 'anonymous' }
