import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { HeaderList } from '../../src/http/header-list.js'
import type { HttpRequest } from '../../src/http/http-request.js'
import type { S3Error } from '../../src/s3-error/s3-error.js'
import type { Authentication } from '../../src/sigv4/authentication.js'
import { presignUrl, type UrlToPresign } from '../../src/sigv4/presign-url.js'
import { type RequestToSign, signRequest } from '../../src/sigv4/sign-request.js'
import type { VerifyOptions } from '../../src/sigv4/verify-options.js'
import { verifySignature } from '../../src/sigv4/verify-signature.js'
import { accessKey, emptySha256, type Pairs, region, secret, secrets, time } from './vectors.js'

export const host = 'examplebucket.s3.amazonaws.com'
const signer = { accessKey, secret, region, time }

/** The answer of something that answers at once. */
export function atOnce<T>(value: T | Promise<T>): T {
  if (value instanceof Promise) throw new Error('this was to answer at once')
  return value
}

/** A request with all headers it needs, signed in its headers. */
export function signedRequest(request: Partial<RequestToSign> = {}): HttpRequest {
  const { method = 'GET', target = '/a/key?list-type=2&prefix=a%2Fb', headers = [] } = request
  const all: Pairs = [['host', host], ...headers]
  const toSign = { ...signer, contentSha256: emptySha256, ...request, method, target, headers: all }
  return { method, target, headers: HeaderList.of([...all, ...atOnce(signRequest(toSign, nodeHashing))]) }
}

/** A request for a presigned URL. */
export function presignedRequest(url: Partial<UrlToPresign> = {}): HttpRequest {
  const { method = 'GET', target = '/a/key?versionId=1', headers = [] } = url
  const presigned = atOnce(presignUrl({ ...signer, method, host, expires: 3600, ...url, target }, nodeHashing))
  return { method, target: presigned.slice(`https://${host}`.length), headers: HeaderList.of([['host', host], ...headers]) }
}

/** The request with one header instead of what it had, or without it. */
export function withHeader({ method, target, headers }: HttpRequest, name: string, ...values: readonly string[]): HttpRequest {
  const pairs = [...headers.names()]
    .filter((each) => each !== name)
    .flatMap((each) => headers.all(each).map((value) => [each, value] as const))
  return { method, target, headers: HeaderList.of([...pairs, ...values.map((value) => [name, value] as const)]) }
}

export function verify(request: HttpRequest, options: Partial<VerifyOptions> = {}): Authentication | S3Error {
  return atOnce(verifySignature(request, { secrets, hashing: nodeHashing, time, ...options }))
}
