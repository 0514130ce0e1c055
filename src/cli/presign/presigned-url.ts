import { nodeHashing } from '../../adapters/node-hashing.js'
import { HeaderList } from '../../http/header-list.js'
import { presignUrl } from '../../sigv4/presign-url.js'
import { verifySignature } from '../../sigv4/verify-signature.js'
import { InputError } from '../exit-code.js'
import { placeOf } from './endpoint.js'
import type { PresignOptions } from './presign-options.js'
import type { RequestToCome } from './request-to-come.js'
import { factsOf, type Signing } from './signing.js'

export interface PresignedUrl {
  readonly kind: 'url'
  readonly method: string
  readonly url: string
  /** To be sent exactly so, beside `Host`. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly request: RequestToCome
}

/** Signs a request in its URL. Whatever a server could not verify is refused here. */
export async function signUrl(
  signing: Signing,
  method: string,
  bucket: string,
  key: string,
  options: PresignOptions,
): Promise<PresignedUrl> {
  const { endpoint, accessKey, secret, region, time, expires } = signing
  const headers = headersOf(method, options)
  const { host, path } = placeOf(endpoint, bucket, key)
  const signed = {
    method,
    scheme: endpoint.scheme,
    host,
    target: path,
    expires,
    headers,
    query: options.query,
    accessKey,
    secret,
    region,
    time,
  }
  const url = await presignUrl(signed, nodeHashing)
  const http = { method, target: url.slice(`${endpoint.scheme}://${host}`.length), headers: HeaderList.of([['host', host], ...headers]) }
  const verified = await verifySignature(http, { secrets: { secretsFor: () => [secret] }, hashing: nodeHashing, time, region })
  if (verified.kind === 'error') throw new InputError(`no server could verify such a URL: ${verified.message}`)
  if (verified.accessKey !== accessKey) throw new InputError(`\`${accessKey}\` with region \`${region}\` cannot be told from a signature`)
  const facts = { ...factsOf(signing), authType: 'REST-QUERY-STRING', contentSha256: 'UNSIGNED-PAYLOAD' } as const
  return {
    kind: 'url',
    method,
    url,
    headers,
    request: { http, endpoint, bucket, facts, end: time + expires * 1000, until: time + expires * 1000 },
  }
}

/** Which the signature has of its own, or which say what else is signed. */
const reserved: ReadonlySet<string> = new Set(['host', 'authorization', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-security-token'])

function headersOf(method: string, { header, contentType, acl, tagging }: PresignOptions): PresignedUrl['headers'] {
  const shortcuts = { 'content-type': contentType, 'x-amz-acl': acl, 'x-amz-tagging': tagging }
  const named = Object.entries(shortcuts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  if (named.length > 0 && method !== 'PUT') {
    throw new InputError(`--content-type, --acl and --tagging are for uploads: PUT and POST, not ${method}`)
  }
  if (contentType?.endsWith('/')) {
    throw new InputError(`a presigned PUT has one exact type, such as ${contentType}png; POST takes all that begin with \`${contentType}\``)
  }
  const headers = [...header.map(([name, value]) => [name.toLowerCase(), value] as const), ...named]
  const names = headers.map(([name]) => name)
  const wrong = names.find((name) => reserved.has(name) || names.indexOf(name) !== names.lastIndexOf(name))
  if (wrong !== undefined) {
    throw new InputError(reserved.has(wrong) ? `\`${wrong}\` is set by the signature itself; leave it out` : `\`${wrong}\` is given twice`)
  }
  const unclear = headers.find(([name, value]) => !/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name) || !/^[\x20-\x7e]+$/.test(value))
  if (unclear !== undefined) throw new InputError(`\`${unclear[0]}\` is no header that all clients send alike: plain ASCII, and not empty`)
  return headers
}
