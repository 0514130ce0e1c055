import { HeaderList } from '../http/header-list.js'
import { amzDate } from './amz-date.js'
import { UNSIGNED_PAYLOAD } from './content-sha256.js'
import { scopeOf } from './credential.js'
import { andThen, type Eventually } from './eventually.js'
import type { Hashing } from './hashing.js'
import { limits } from './limits.js'
import { percentEncode } from './percent-encode.js'
import { signatureOf, signedHeadersOf } from './sign-request.js'
import type { Signer } from './signer.js'
import { ALGORITHM } from './string-to-sign.js'

export interface UrlToPresign extends Signer {
  /** In capitals. */
  readonly method: string
  /** `https` unless told otherwise. */
  readonly scheme?: 'http' | 'https'
  /** As the client will send it in `Host`: with its port, if that is not the scheme's own. */
  readonly host: string
  /** Path and query, encoded as they will be sent: `encodePath` makes one from a key. */
  readonly target: string
  /** For how many seconds the URL is good: 1 to 604,800. */
  readonly expires: number
  /** Headers that the client must send exactly so. */
  readonly headers?: Iterable<readonly [name: string, value: string]>
  /** Further parameters, not encoded. */
  readonly query?: Iterable<readonly [name: string, value: string]>
}

/**
 * Makes a URL with which anybody can make this one request until it expires. The body is not signed.
 * @throws if `expires` is out of bounds or the request could not be verified
 */
export function presignUrl(url: UrlToPresign, hashing: Hashing): Eventually<string> {
  const { method, host, target, expires, time, accessKey, region, sessionToken } = url
  if (!Number.isInteger(expires) || expires < 1 || expires > limits.expires) {
    throw new Error(`a presigned URL is good for 1 to ${limits.expires} seconds, not for ${expires}`)
  }
  const date = amzDate(time)
  const headers = HeaderList.of([['host', host], ...(url.headers ?? [])])
  const signedHeaders = signedHeadersOf(headers)
  let signed = target
  const add = (name: string, value: string): void => {
    signed += `${signed.includes('?') ? '&' : '?'}${percentEncode(name)}=${percentEncode(value)}`
  }
  for (const [name, value] of url.query ?? []) add(name, value)
  add('X-Amz-Algorithm', ALGORITHM)
  add('X-Amz-Credential', `${accessKey}/${scopeOf(date, region)}`)
  add('X-Amz-Date', date)
  add('X-Amz-Expires', String(expires))
  if (sessionToken !== undefined) add('X-Amz-Security-Token', sessionToken)
  add('X-Amz-SignedHeaders', signedHeaders)
  return andThen(
    signatureOf({ method, target: signed, headers }, signedHeaders, UNSIGNED_PAYLOAD, date, url, hashing),
    (signature) => `${url.scheme ?? 'https'}://${host}${signed}&X-Amz-Signature=${signature}`,
  )
}

/** A key as the path of a request target: `photos/a b.jpg` is `/photos/a%20b.jpg`. @param parts joined by slashes, such as bucket and key */
export function encodePath(...parts: readonly string[]): string {
  return `/${parts.map((part) => part.split('/').map(percentEncode).join('/')).join('/')}`
}
