import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { BodyRule, ChunkSeed } from './body-rule.js'
import { isHexDigest } from './hex.js'

export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD'

const CHUNKED: ReadonlyMap<string, { readonly isSigned: boolean; readonly hasTrailer: boolean }> = new Map([
  ['STREAMING-UNSIGNED-PAYLOAD-TRAILER', { isSigned: false, hasTrailer: true }],
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', { isSigned: true, hasTrailer: false }],
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', { isSigned: true, hasTrailer: true }],
])

/** Whether a value of `x-amz-content-sha256` is one that is understood here. */
export function isContentSha256(value: string): boolean {
  return value === UNSIGNED_PAYLOAD || isHexDigest(value) || CHUNKED.has(value)
}

/** What a value of `x-amz-content-sha256` demands of the body. @param seed of signed chunks; an anonymous request has none */
export function bodyRuleOf(value: string, seed?: ChunkSeed): BodyRule | S3Error {
  if (value === UNSIGNED_PAYLOAD) return { kind: 'unsigned' }
  if (isHexDigest(value)) return { kind: 'sha256', hash: value }
  const chunks = CHUNKED.get(value)
  if (chunks === undefined || (chunks.isSigned && seed === undefined)) return unknownContentSha256(value)
  return { kind: 'chunks', ...chunks, ...(chunks.isSigned && seed !== undefined ? { seed } : {}) }
}

export function unknownContentSha256(value: string): S3Error {
  return s3Error('InvalidArgument', {
    message: `x-amz-content-sha256 must be ${UNSIGNED_PAYLOAD}, ${[...CHUNKED.keys()].join(', ')} or a valid sha256 value.`,
    detail: { ArgumentName: 'x-amz-content-sha256', ArgumentValue: value },
  })
}
