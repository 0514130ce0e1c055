import type { Principal } from '../request/principal.js'
import type { S3Request } from '../s3/routing/s3-request.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { Authentication } from '../sigv4/authentication.js'
import { andThen, type Eventually, isPromise } from '../sigv4/eventually.js'
import type { SigningKeyCache } from '../sigv4/signing-key-cache.js'
import { verifyPostForm } from '../sigv4/verify-post-form.js'
import { verifySignature } from '../sigv4/verify-signature.js'
import type { AuthenticatedForm } from './authenticated-form.js'
import type { GateOptions } from './gate-options.js'
import type { IncomingRequest } from './incoming-request.js'

export interface Credentials extends GateOptions {
  readonly cache: SigningKeyCache
}

/** Who asks, as the signature proves. */
export interface AuthenticatedCaller {
  readonly kind: 'caller'
  readonly authentication: Authentication
  readonly principal: Principal
  /** Of a form: it carries its own signature. */
  readonly form?: AuthenticatedForm
}

const ANONYMOUS: AuthenticatedCaller = {
  kind: 'caller',
  authentication: { kind: 'authentication', body: { kind: 'unsigned' } },
  principal: { kind: 'anonymous' },
}

/** @param request as far as it could be understood */
export async function authenticate(
  credentials: Credentials,
  incoming: IncomingRequest,
  request: S3Request | S3Error,
): Promise<AuthenticatedCaller | S3Error> {
  if (request.kind !== 'error' && request.operation.isAnonymous) return ANONYMOUS
  const { http, time } = incoming
  const { secrets, hashing, cache, region } = credentials
  const options = { secrets, hashing, cache, time, ...(region === undefined ? {} : { region }) }
  const verified = verifySignature(http, options)
  // What is there at once is not waited for.
  const authentication = isPromise(verified) ? await verified : verified
  if (authentication.kind === 'error') return authentication
  if (request.kind === 'error' || request.operation.body?.kind !== 'form') return callerOf(credentials, authentication)
  if (authentication.accessKey !== undefined) return s3Error('InvalidRequest', { reason: 'a form carries its signature in its fields' })
  const received = await incoming.body?.readForm()
  if (received === undefined)
    return s3Error('AccessDenied', { reason: 'the form, which names the object and its signature, cannot be seen from here' })
  if (received.kind === 'error') return received
  const { fields, file } = received
  const form = await verifyPostForm(fields, file, { ...options, bucket: request.bucket ?? '' })
  if (form.kind === 'error') return form
  const caller = await callerOf(credentials, form.authentication)
  return caller.kind === 'error' ? caller : { ...caller, form: { ...form, file } }
}

function callerOf({ principalOf }: Credentials, authentication: Authentication): Eventually<AuthenticatedCaller | S3Error> {
  const { accessKey, sessionToken } = authentication
  if (accessKey === undefined) return { ...ANONYMOUS, authentication }
  if (principalOf !== undefined) {
    return andThen(principalOf(authentication), (principal) =>
      principal === undefined ? s3Error('InvalidAccessKeyId') : { kind: 'caller', authentication, principal },
    )
  }
  if (sessionToken !== undefined)
    return s3Error('InvalidToken', { reason: 'session tokens need `principalOf`: nobody has checked this one' })
  return { kind: 'caller', authentication, principal: { kind: 'key', accessKey } }
}
