import { type AuthorizationRequest, Authorizer, type Decision, parseRequest, parseSnapshot, type Snapshot } from '../../src/index.js'

export const OWNER = '111122223333'
export const OTHER = '444455556666'

export const alice = { kind: 'aws', arn: `arn:aws:iam::${OWNER}:user/alice` } as const
export const stranger = { kind: 'aws', arn: `arn:aws:iam::${OTHER}:user/bob`, identityVerdict: 'Allow' } as const
export const anonymous = { kind: 'anonymous' } as const
export const withKey = (accessKey: string) => ({ kind: 'key', accessKey }) as const

/** A statement that allows everybody everything in the bucket `docs`, but for what is given instead. */
export function statement(elements: Readonly<Record<string, unknown>> = {}): object {
  return { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::docs', 'arn:aws:s3:::docs/*'], ...elements }
}

export const deny = (Condition: object, elements: Readonly<Record<string, unknown>> = {}): object =>
  statement({ Effect: 'Deny', Condition, ...elements })

/** The bucket `docs` of OWNER with this policy. */
export function docs(...statements: readonly object[]) {
  return { name: 'docs', owner: OWNER, policy: { Version: '2012-10-17', Statement: statements } }
}

/** A key of OWNER. */
export function key(accessKey: string, ...grants: readonly object[]) {
  return { accessKey, account: OWNER, grants }
}

export function snapshotOf(json: object): Snapshot {
  const { snapshot, diagnostics } = parseSnapshot(json)
  if (snapshot === undefined) throw new Error(`invalid snapshot: ${JSON.stringify(diagnostics)}`)
  return snapshot
}

export function requestOf(json: object): AuthorizationRequest {
  const { request, diagnostics } = parseRequest(json)
  if (request === undefined) throw new Error(`invalid request: ${JSON.stringify(diagnostics)}`)
  return request
}

export const authorizerOf = (json: object): Authorizer => Authorizer.from(snapshotOf(json))

export const answerOf = ({ verdict, reason }: Decision): string => `${verdict} ${reason}`
