import { type HttpRequest, pathOf, queryOf } from '../http/http-request.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { Authentication } from './authentication.js'
import { readAuthorizationHeader, unsupported } from './authorization-header.js'
import { canonicalHeaders } from './canonical-headers.js'
import { CanonicalQuery } from './canonical-query.js'
import { checkScope } from './check-scope.js'
import { checkSignedHeaders } from './check-signed-headers.js'
import { checkTime } from './check-time.js'
import { bodyRuleOf } from './content-sha256.js'
import { andThen, type Eventually } from './eventually.js'
import { findSigningKey } from './find-signing-key.js'
import { limits } from './limits.js'
import { canonicalPath } from './percent-encode.js'
import { querySignature, readPresignedQuery } from './presigned-query.js'
import type { SignedRequest } from './signed-request.js'
import { ALGORITHM, canonicalRequest, stringToSign } from './string-to-sign.js'
import { DEFAULT_MAX_SKEW, type VerifyOptions } from './verify-options.js'

/**
 * Tells who has signed a request: by its `Authorization` header, by its query, or nobody. The body has still to be checked against the
 * result's rule. It answers at once if secrets and hashing do. A form (`multipart/form-data`) carries its signature inside and is anonymous
 * here: `verifyPostForm` reads it.
 *
 * Source: Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
 */
export function verifySignature(request: HttpRequest, options: VerifyOptions): Eventually<Authentication | S3Error> {
  const { target, headers } = request
  if (target.length > limits.target) return s3Error('InvalidURI', { reason: 'the request target is too long' })
  const query = target.includes('?') ? CanonicalQuery.parse(queryOf(target)) : CanonicalQuery.none
  if (query === undefined) return s3Error('InvalidURI', { reason: 'the query is wrongly encoded' })
  const inQuery = querySignature(query)
  const inHeader = headers.has('authorization')
  if (inHeader && inQuery !== 'none') {
    return s3Error('InvalidArgument', {
      message:
        'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
      detail: { ArgumentName: 'Authorization' },
    })
  }
  if (inQuery === 'v2') return unsupported('AWS')
  if (!inHeader && inQuery === 'none') return anonymous(request)
  const signed = inHeader ? readAuthorizationHeader(headers) : readPresignedQuery(query, headers)
  return 'kind' in signed ? signed : verify(request, query, signed, options)
}

function anonymous({ headers }: HttpRequest): Authentication | S3Error {
  if (!headers.has('x-amz-content-sha256')) return { kind: 'authentication', body: { kind: 'unsigned' } }
  const contentSha256 = headers.all('x-amz-content-sha256').join(',')
  const body = bodyRuleOf(contentSha256)
  return body.kind === 'error' ? body : { kind: 'authentication', contentSha256, body }
}

function verify(
  request: HttpRequest,
  query: CanonicalQuery,
  signed: SignedRequest,
  options: VerifyOptions,
): Eventually<Authentication | S3Error> {
  const { credential, date, authType } = signed
  const refused =
    checkScope(credential, date, options.region, authType === 'REST-QUERY-STRING') ??
    checkTime(signed, options.time, options.maxSkew ?? DEFAULT_MAX_SKEW) ??
    checkSignedHeaders(request.headers, signed, options.acceptUnsignedHeaders)
  if (refused !== undefined) return refused
  const canonical = canonicalRequestOf(request, query, signed)
  if (typeof canonical !== 'string') return canonical
  return andThen(stringToSign(date, credential.scope, canonical, options.hashing), (text) =>
    andThen(findSigningKey(credential, text, signed.signature, options), (key) => {
      if (key === undefined) return mismatch(signed, text, canonical, options)
      return key instanceof Uint8Array ? authenticated(signed, key) : key
    }),
  )
}

function canonicalRequestOf({ method, target, headers }: HttpRequest, query: CanonicalQuery, signed: SignedRequest): string | S3Error {
  if (!isMethod(method)) return s3Error('MethodNotAllowed', { reason: 'the method is not in capitals' })
  const path = target.startsWith('/') ? canonicalPath(pathOf(target)) : undefined
  if (path === undefined) return s3Error('InvalidURI', { reason: 'the path is wrongly encoded' })
  const lines = canonicalHeaders(headers, signed.signedHeaders)
  switch (lines.kind) {
    case 'lines':
      return canonicalRequest({
        method,
        path,
        query: query.text(signed.expires === undefined ? undefined : 'X-Amz-Signature'),
        headers: lines.text,
        signedHeaders: signed.signedHeaders,
        payload: signed.payload,
      })
    case 'too-many':
      return s3Error('RequestHeaderSectionTooLarge', { reason: 'too many signed headers, or too long ones' })
    case 'missing':
      return s3Error('SignatureDoesNotMatch', { reason: `the signed header ${lines.name} is missing` })
    default:
      return s3Error('SignatureDoesNotMatch', { reason: `the signed header ${lines.name} is ${lines.kind}` })
  }
}

function isMethod(method: string): boolean {
  if (method.length > 32) return false
  for (let i = 0; i < method.length; i++) {
    const code = method.charCodeAt(i)
    if (code < 0x41 || code > 0x5a) return false
  }
  return method !== ''
}

function authenticated(signed: SignedRequest, signingKey: Uint8Array): Authentication | S3Error {
  const { credential, signature, date, authType, signedAt, payload, sessionToken } = signed
  const body = bodyRuleOf(payload, { signature, date, scope: credential.scope, signingKey })
  if (body.kind === 'error') return body
  return {
    kind: 'authentication',
    accessKey: credential.accessKey,
    authType,
    signatureVersion: ALGORITHM,
    signedAt,
    region: credential.region,
    contentSha256: payload,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    body,
  }
}

/** Tells what should have been signed, so that clients can be mended; nothing of it is secret, the right signature stays here. */
function mismatch(signed: SignedRequest, text: string, canonical: string, options: VerifyOptions): S3Error {
  if (options.explainMismatch === false) return s3Error('SignatureDoesNotMatch')
  return s3Error('SignatureDoesNotMatch', {
    detail: {
      AWSAccessKeyId: signed.credential.accessKey,
      StringToSign: text,
      SignatureProvided: signed.signature,
      CanonicalRequest: canonical,
    },
  })
}
