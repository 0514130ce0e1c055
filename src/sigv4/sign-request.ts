import { HeaderList } from '../http/header-list.js'
import { type HttpRequest, pathOf, queryOf } from '../http/http-request.js'
import { amzDate } from './amz-date.js'
import { canonicalHeaders } from './canonical-headers.js'
import { CanonicalQuery } from './canonical-query.js'
import { scopeOf } from './credential.js'
import { andThen, type Eventually } from './eventually.js'
import type { Hashing } from './hashing.js'
import { hexOf } from './hex.js'
import { canonicalPath } from './percent-encode.js'
import type { Signer } from './signer.js'
import { signingKey } from './signing-key.js'
import { ALGORITHM, canonicalRequest, stringToSign } from './string-to-sign.js'

export interface RequestToSign extends Signer {
  /** In capitals. */
  readonly method: string
  /** Path and query, encoded as they will be sent. */
  readonly target: string
  /** All are signed; `host` must be among them. */
  readonly headers: Iterable<readonly [name: string, value: string]>
  /** The body's SHA-256 in lower-case hexadecimal, or one of S3's words, such as `UNSIGNED-PAYLOAD`. */
  readonly contentSha256: string
}

/**
 * Signs a request in its headers.
 * @returns the headers to send besides those given
 * @throws if the request could not be verified: no `host`, a wrong target, characters that headers cannot carry
 */
export function signRequest(request: RequestToSign, hashing: Hashing): Eventually<readonly (readonly [name: string, value: string])[]> {
  const { time, region, accessKey, contentSha256, sessionToken } = request
  const date = amzDate(time)
  const added: [string, string][] = [
    ['x-amz-content-sha256', contentSha256],
    ['x-amz-date', date],
  ]
  if (sessionToken !== undefined) added.push(['x-amz-security-token', sessionToken])
  const headers = HeaderList.of([...request.headers, ...added])
  const signedHeaders = signedHeadersOf(headers)
  const signed = signatureOf(
    { method: request.method, target: request.target, headers },
    signedHeaders,
    contentSha256,
    date,
    request,
    hashing,
  )
  return andThen(signed, (signature) => [
    ...added,
    [
      'authorization',
      `${ALGORITHM} Credential=${accessKey}/${scopeOf(date, region)}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
    ] as const,
  ])
}

/** All headers' names, as lists of signed headers have them. */
export function signedHeadersOf(headers: HeaderList): string {
  if (!headers.has('host')) throw new Error('a request is signed with its `host` header')
  return [...headers.names()].sort().join(';')
}

/** A request's signature, in lower-case hexadecimal. @param date `20260921T141300Z` */
export function signatureOf(
  { method, target, headers }: HttpRequest,
  signedHeaders: string,
  payload: string,
  date: string,
  signer: Pick<Signer, 'secret' | 'region'>,
  hashing: Hashing,
): Eventually<string> {
  const path = target.startsWith('/') ? canonicalPath(pathOf(target)) : undefined
  const query = CanonicalQuery.parse(queryOf(target))
  const lines = canonicalHeaders(headers, signedHeaders)
  if (path === undefined || query === undefined) throw new Error(`the target \`${target}\` is no path with a query as requests have it`)
  if (lines.kind !== 'lines') throw new Error(`the headers to sign are ${lines.kind}`)
  const canonical = canonicalRequest({ method, path, query: query.text(), headers: lines.text, signedHeaders, payload })
  return andThen(stringToSign(date, scopeOf(date, signer.region), canonical, hashing), (text) =>
    andThen(signingKey(signer.secret, date.slice(0, 8), signer.region, hashing), (key) => andThen(hashing.hmacSha256(key, text), hexOf)),
  )
}
