import { decodePercent } from '../../http/percent.js'
import { type S3Error, s3Error } from '../../s3-error/s3-error.js'
import type { Scope } from '../operations/operation-row.js'
import type { Host } from './host.js'

/** What a path and a host name. */
export interface BucketAndKey {
  readonly kind: 'bucket-and-key'
  readonly scope: Scope
  readonly bucket: string | undefined
  /** As it is: decoded once, never normalised. */
  readonly key: string | undefined
}

/** The longest key, in bytes of UTF-8. Source: Amazon S3 User Guide, "Naming Amazon S3 objects". */
const MAX_KEY_BYTES = 1024

/** @param path as on the request line, from its first slash on */
export function bucketAndKeyOf(path: string, host: Host): BucketAndKey | S3Error {
  if (host.bucket !== undefined) return withKey(host.bucket, path, 0, host.kind === 'website' ? host.indexDocument : undefined)
  if (path.length === 1) return { kind: 'bucket-and-key', scope: 'service', bucket: undefined, key: undefined }
  const slash = path.indexOf('/', 1)
  const bucket = decodePercent(slash < 0 ? path.slice(1) : path.slice(1, slash))
  if (bucket === undefined) return s3Error('InvalidURI')
  if (!isBucketSegment(bucket)) return s3Error('InvalidBucketName')
  return withKey(bucket, path, slash, undefined)
}

/** @param slash the place of the slash before the key; -1 if there is none */
function withKey(bucket: string, path: string, slash: number, indexDocument: string | undefined): BucketAndKey | S3Error {
  const isRoot = slash < 0 || slash + 1 === path.length
  if (isRoot && indexDocument === undefined) return { kind: 'bucket-and-key', scope: 'bucket', bucket, key: undefined }
  const decoded = isRoot ? '' : decodePercent(path.slice(slash + 1))
  if (decoded === undefined) return s3Error('InvalidURI')
  const key = indexDocument !== undefined && (decoded === '' || decoded.endsWith('/')) ? decoded + indexDocument : decoded
  return checkKey(key) ?? { kind: 'bucket-and-key', scope: indexDocument === undefined ? 'object' : 'website', bucket, key }
}

/** What is wrong with an object's key, if anything. */
export function checkKey(key: string): S3Error | undefined {
  if (key.includes('\0')) return s3Error('InvalidURI', { reason: 'the key has a NUL' })
  if (isLongerThan(key, MAX_KEY_BYTES)) {
    return s3Error('KeyTooLongError', { detail: { MaxSizeAllowed: String(MAX_KEY_BYTES) } })
  }
  return undefined
}

/** Path segments such as `..` lead proxies astray, and no bucket is called that. */
function isBucketSegment(bucket: string): boolean {
  if (bucket === '' || bucket === '.' || bucket === '..') return false
  for (let i = 0; i < bucket.length; i++) {
    const code = bucket.charCodeAt(i)
    if (code <= 0x20 || code === 0x7f || code === SLASH || code === BACKSLASH) return false
  }
  return true
}

function isLongerThan(text: string, bytes: number): boolean {
  // No UTF-16 unit takes more than three bytes of UTF-8, and none takes less than one.
  if (text.length * 3 <= bytes) return false
  if (text.length > bytes) return true
  let size = text.length
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    // Each half of a surrogate pair is two of its four bytes.
    if (code >= 0x80) size += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2
  }
  return size > bytes
}

const SLASH = 0x2f
const BACKSLASH = 0x5c
