import { HeaderList } from '../http/header-list.js'
import type { HttpRequest } from '../http/http-request.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { ForwardAuthProfile } from './forward-auth-profiles.js'

/**
 * The client's request, as it was before the proxy made a call of it. An error where the call lacks what the profile's proxy sends: then it is set up
 * wrongly, and nobody can tell what is asked for.
 * @param call the proxy's call
 */
export function forwardedRequest(call: HttpRequest, profile: ForwardAuthProfile): HttpRequest | S3Error {
  const method = told(call.headers, profile.method, call.method)
  const target = told(call.headers, profile.target, call.target)
  const host = told(call.headers, profile.host ?? 'host', undefined)
  if (method === undefined) return missing(profile.method)
  if (target === undefined) return missing(profile.target)
  if (host === undefined) return missing(profile.host ?? 'host')
  return { method, target, headers: clientHeaders(call.headers, profile, host) }
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

function clientHeaders(headers: HeaderList, { added, host: hostHeader, contentLength }: ForwardAuthProfile, host: string): HeaderList {
  const pairs: [string, string][] = []
  for (const name of headers.names()) {
    const isReplaced = name === 'host' || (contentLength !== undefined && name === 'content-length')
    if (isReplaced || name === hostHeader || added.includes(name)) continue
    for (const value of headers.all(name)) pairs.push([name, value])
  }
  pairs.push(['host', host])
  const length = contentLength === undefined ? undefined : headers.get(contentLength)
  if (length !== undefined && length !== '') pairs.push(['content-length', length])
  // Whoever sends in chunks, or over HTTP/2, tells no length: there may be a body.
  else if (contentLength !== undefined) pairs.push(['transfer-encoding', 'chunked'])
  return HeaderList.of(pairs)
}
