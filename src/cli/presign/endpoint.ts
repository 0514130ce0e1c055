import type { Addressing } from '../../s3/addressing.js'
import { encodePath } from '../../sigv4/presign-url.js'
import { InputError } from '../exit-code.js'

/** A server of S3, and how its URLs name buckets. */
export interface Endpoint {
  readonly scheme: 'http' | 'https'
  /** With its port, if that is not the scheme's own. */
  readonly host: string
  /** Undefined for path style. */
  readonly addressing: Addressing | undefined
  readonly hostName: string
}

const EXAMPLE = 'such as https://s3.example.com'

/** The value of --endpoint. */
export function parseEndpoint(text: string, isVirtualHost: boolean): Endpoint {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const scheme = schemes.get(url?.protocol)
  if (url === undefined || scheme === undefined) throw new InputError(`--endpoint takes the server's URL, ${EXAMPLE}, not \`${text}\``)
  if (url.username !== '' || url.password !== '')
    throw new InputError('--endpoint takes no user and no password; the signature is what lets in')
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new InputError(`--endpoint takes a URL without path and query, ${EXAMPLE}; the bucket comes after the method`)
  }
  const { host, hostname } = url
  return { scheme, host, hostName: hostname, addressing: isVirtualHost ? { baseDomains: [hostname] } : undefined }
}

const schemes: ReadonlyMap<string | undefined, 'http' | 'https'> = new Map([
  ['http:', 'http'],
  ['https:', 'https'],
])

export interface Place {
  readonly host: string
  /** Encoded, without query. */
  readonly path: string
}

/** Where the endpoint has a bucket, or an object of it. */
export function placeOf({ host, addressing }: Endpoint, bucket: string, key?: string): Place {
  const parts = key === undefined ? [] : [key]
  if (addressing === undefined) return { host, path: encodePath(bucket, ...parts) }
  return { host: `${bucket}.${host}`, path: key === undefined ? '/' : encodePath(key) }
}
