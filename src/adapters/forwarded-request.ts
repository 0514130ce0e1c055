import { HeaderList } from '../http/header-list.js'
import type { HttpRequest } from '../http/http-request.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { ForwardAuthProfile } from './forward-auth-profiles.js'

/** A proxy's call read back. */
export interface ForwardedRequest {
  readonly kind: 'forwarded'
  /** The client's request, as it was before the proxy made a call of it. */
  readonly http: HttpRequest
  /** Whether the call carries the client's body. */
  readonly hasBody: boolean
}

/**
 * Reads a proxy's call. An error where it lacks what the profile's proxy sends: then the proxy is set up wrongly, and nobody can tell what is asked for.
 * @param passesBody whether the proxy is told to pass bodies
 */
export function forwardedRequest(call: HttpRequest, profile: ForwardAuthProfile, passesBody: boolean): ForwardedRequest | S3Error {
  const method = told(call.headers, profile.method, call.method)
  const target = told(call.headers, profile.target, call.target)
  const host = told(call.headers, profile.host ?? 'host', undefined)
  if (method === undefined) return missing(profile.method)
  if (target === undefined) return missing(profile.target)
  if (host === undefined) return missing(profile.host ?? 'host')
  const hasBody = passesBody && carriesBody(call.headers, profile.body)
  return { kind: 'forwarded', http: { method, target, headers: clientHeaders(call.headers, profile, host, hasBody) }, hasBody }
}

function told(headers: HeaderList, name: string | undefined, otherwise: string | undefined): string | undefined {
  if (name === undefined) return otherwise
  const value = headers.get(name)
  return value === '' ? undefined : value
}

function missing(name: string | undefined): S3Error {
  return s3Error('InternalError', {
    reason: `the proxy's call has no one \`${name}\` header: see docs/forward-auth.md for its configuration`,
  })
}

function carriesBody(headers: HeaderList, body: ForwardAuthProfile['body']): boolean {
  if (body === 'never') return false
  if (typeof body === 'object') return headers.get(body.byHeader) === 'false'
  const length = headers.get('content-length')
  return headers.has('transfer-encoding') || (length !== undefined && length !== '0')
}

function clientHeaders(
  headers: HeaderList,
  { added, host: hostHeader, contentLength, joined }: ForwardAuthProfile,
  host: string,
  hasBody: boolean,
): HeaderList {
  const pairs: [string, string][] = [['host', host]]
  for (const name of headers.names()) {
    const isReplaced = name === 'host' || (contentLength !== undefined && name === 'content-length')
    if (isReplaced || name === hostHeader || added.includes(name)) continue
    const values = headers.all(name)
    for (const value of joined?.includes(name) ? values.flatMap((each) => each.split(',')) : values) pairs.push([name, value])
  }
  const length = contentLength === undefined ? undefined : headers.get(contentLength)
  if (length !== undefined && length !== '') pairs.push(['content-length', length])
  // A body that cannot be seen may be there whatever the call says: clients that send in chunks, or over HTTP/2, tell no length.
  else if (!hasBody && !headers.has('transfer-encoding')) pairs.push(['transfer-encoding', 'chunked'])
  return HeaderList.of(pairs)
}
