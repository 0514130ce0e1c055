import type { Principal } from '../request/principal.js'
import type { RequestFacts } from '../s3/facts.js'
import type { FormFields } from '../s3/planning/form-fields.js'
import { planRequest } from '../s3/planning/plan-request.js'
import { routeRequest } from '../s3/routing/route-request.js'
import type { S3Request } from '../s3/routing/s3-request.js'
import { checkServer } from '../s3/server/check-server.js'
import type { ServerProfile } from '../s3/server/server-profile.js'
import { profileOf } from '../s3/server/servers.js'
import type { S3Error } from '../s3-error/s3-error.js'
import type { Authentication } from '../sigv4/authentication.js'
import { SigningKeyCache } from '../sigv4/signing-key-cache.js'
import { utf8Bytes } from '../sigv4/utf8.js'
import type { S3Body } from '../xml/body.js'
import { readBody } from '../xml/read-body.js'
import { authenticate, type Credentials } from './authenticate.js'
import type { AuthenticatedForm } from './authenticated-form.js'
import { decidePlan } from './decide-plan.js'
import { failed } from './failed.js'
import type { GateOptions } from './gate-options.js'
import type { IncomingRequest } from './incoming-request.js'
import type { Outcome } from './outcome.js'
import { type PermissionBody, readPermissionBody } from './read-permission-body.js'

/** Decides requests as they come over HTTP: signature, body, questions, answers. It holds a cache of signing keys and nothing else. */
export interface Gate {
  readonly options: GateOptions
  /** Never rejects: what fails inside refuses the request. */
  authorize(incoming: IncomingRequest): Promise<Outcome>
}

export function createGate(options: GateOptions): Gate {
  const credentials = { ...options, cache: new SigningKeyCache() }
  const profile = options.server === undefined ? undefined : profileOf(options.server)
  return { options, authorize: (incoming) => authorize(credentials, profile, incoming).catch((thrown: unknown) => failed(thrown)) }
}

async function authorize(credentials: Credentials, profile: ServerProfile | undefined, incoming: IncomingRequest): Promise<Outcome> {
  const request = routeRequest(incoming.http, credentials.addressing)
  return decideRequest(credentials, profile, incoming, request).catch((thrown: unknown) => failed(thrown, request))
}

async function decideRequest(
  options: Credentials,
  profile: ServerProfile | undefined,
  incoming: IncomingRequest,
  request: S3Request | S3Error,
): Promise<Outcome> {
  const caller = await authenticate(options, incoming, request)
  if (caller.kind === 'error') return refused(caller, request)
  // Only who has signed rightly is told what else is wrong.
  const { authentication, principal, form } = caller
  if (request.kind === 'error') return { kind: 'refused', error: request, authentication, explain: nothing }
  const body = form ?? (request.operation.body && (await readPermissionBody(request, authentication, incoming.body, options.hashing)))
  if (body?.kind === 'error') return refused(body, request, authentication)
  const mapped = mappedBody(body)
  if (mapped?.kind === 'error') return refused(mapped, request, authentication)
  const plan = planRequest(request, factsOf(options, incoming, authentication, principal), mapped)
  if (plan.kind === 'error') return refused(plan, request, authentication)
  const difference = profile && checkServer(request, plan, profile)
  if (difference !== undefined) return refused(difference, request, authentication)
  const authorizer = typeof options.authorizer === 'function' ? options.authorizer() : options.authorizer
  return decidePlan(plan, { options, authorizer, request, authentication, principal, body })
}

/** Of a form, what planning reads of it; its tags are a document of their own. */
function mappedBody(body: PermissionBody | AuthenticatedForm | undefined): S3Body | FormFields | S3Error | undefined {
  if (body?.kind !== 'post-form') return body?.parsed
  const { fields, file } = body
  const tagging = fields.get('tagging')
  const tags = tagging === undefined ? undefined : readBody('tagging', utf8Bytes(tagging))
  if (tags?.kind === 'error') return tags
  return {
    kind: 'form',
    fields,
    ...(file.name === undefined ? {} : { fileName: file.name }),
    ...(tags?.kind === 'tagging' ? { tags: tags.tags } : {}),
  }
}

function factsOf(
  options: GateOptions,
  { time, connection }: IncomingRequest,
  authentication: Authentication,
  principal: Principal,
): RequestFacts {
  const { authType, signatureVersion, signedAt, contentSha256 } = authentication
  const { region } = options
  return {
    principal,
    time,
    ...connection,
    ...(authType === undefined ? {} : { authType }),
    ...(signatureVersion === undefined ? {} : { signatureVersion }),
    ...(signedAt === undefined ? {} : { signedAt }),
    ...(contentSha256 === undefined ? {} : { contentSha256 }),
    ...(region === undefined ? {} : { region }),
  }
}

function refused(error: S3Error, request: S3Request | S3Error, authentication?: Authentication): Outcome {
  return {
    kind: 'refused',
    error,
    ...(request.kind === 'error' ? {} : { request }),
    ...(authentication === undefined ? {} : { authentication }),
    explain: nothing,
  }
}

function nothing(): undefined {
  return undefined
}
