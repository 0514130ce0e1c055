import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { BodyOptions, VerifiedBody } from './body-check.js'
import { limits } from './limits.js'

export function isTooLarge(length: number, { maxBody = limits.body }: BodyOptions): boolean {
  return length > maxBody
}

export function tooLarge({ maxBody = limits.body }: BodyOptions): S3Error {
  return s3Error('EntityTooLarge', { detail: { MaxSizeAllowed: String(maxBody) } })
}

/** What cannot be checked without holding back more than allowed. */
export function tooMuchHeld({ maxHeld = limits.held }: BodyOptions): S3Error {
  return s3Error('EntityTooLarge', { reason: `more than ${maxHeld} bytes would have to be held back until they are verified` })
}

export function withoutTrailers(length: number, rest: Uint8Array[]): VerifiedBody {
  return { kind: 'body', rest, length, trailers: new Map(), verified: [] }
}
