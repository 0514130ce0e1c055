import type { HeaderList } from '../../http/header-list.js'
import { readHeaders } from './read-headers.js'

/**
 * Headers that S3 knows nothing of, and with which another server does something else than what its method and path say: MinIO unpacks an
 * archive into many objects, Ceph's gateway takes the headers of another request for signed.
 */
const unwanted: ReadonlySet<string> = new Set(['x-amz-cache', 'x-amz-meta-snowball-auto-extract'])

/** Instructions to MinIO: `x-minio-force-delete` removes all that begins with the key, `x-minio-extract` reads from within an archive. */
const UNWANTED_PREFIX = 'x-minio-'

/** Headers that servers read besides those that the mapping does. */
const alsoRead: ReadonlySet<string> = new Set(['authorization', 'content-encoding', 'content-md5', 'host', 'range'])

/** Whether a header is refused, whatever it says: it could make another request of this one. @param name in lower case */
export function isUnwantedHeader(name: string): boolean {
  return unwanted.has(name) || name.startsWith(UNWANTED_PREFIX) || (name.includes('_') && isMisspelt(name))
}

/** Ceph's gateway reads `x_amz_copy_source` as `x-amz-copy-source`, as CGI does; no signature covers it. Names of metadata may have a `_`. */
function isMisspelt(name: string): boolean {
  if (name.startsWith('x-amz-meta-')) return false
  const dashed = name.replaceAll('_', '-')
  return counts(dashed) || isUnwantedHeader(dashed)
}

/** Whether `Connection` names a header that counts: a proxy on the way would drop it, and the request would be another one. */
export function dropsHeader(headers: HeaderList): boolean {
  const value = headers.get('connection')
  // What nearly all clients send.
  if (value === 'keep-alive' || value === 'close') return false
  return headers.all('connection').some((value) => value.split(',').some((option) => counts(option.trim().toLowerCase())))
}

/** @param name in lower case */
function counts(name: string): boolean {
  return name.startsWith('x-amz-') || readHeaders.has(name) || alsoRead.has(name)
}
