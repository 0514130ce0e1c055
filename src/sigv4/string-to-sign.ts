import { andThen, type Eventually } from './eventually.js'
import type { Hashing } from './hashing.js'
import { hexOf } from './hex.js'

export const ALGORITHM = 'AWS4-HMAC-SHA256'

export interface CanonicalParts {
  readonly method: string
  readonly path: string
  readonly query: string
  /** A line each. */
  readonly headers: string
  readonly signedHeaders: string
  /** The value of `x-amz-content-sha256`, or `UNSIGNED-PAYLOAD`. */
  readonly payload: string
}

/** The text whose hash is signed: one character a byte. */
export function canonicalRequest({ method, path, query, headers, signedHeaders, payload }: CanonicalParts): string {
  return `${method}\n${path}\n${query}\n${headers}\n${signedHeaders}\n${payload}`
}

/** What is signed. @param date `20260921T141300Z` @param canonical the request's text */
export function stringToSign(date: string, scope: string, canonical: string, hashing: Hashing): Eventually<string> {
  const hash = hashing.sha256Hex?.(canonical) ?? andThen(hashing.sha256(canonical), hexOf)
  return andThen(hash, (hex) => `${ALGORITHM}\n${date}\n${scope}\n${hex}`)
}
