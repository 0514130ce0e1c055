import type { ChunkSeed } from './body-rule.js'
import { hexOf } from './hex.js'

/** The SHA-256 of nothing, which stands where a chunk has headers of its own: it never has. */
const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** What is signed of a chunk. @param previous the signature of the chunk before, or of the request @param hash of the chunk's bytes */
export function chunkToSign({ date, scope }: Pick<ChunkSeed, 'date' | 'scope'>, previous: string, hash: Uint8Array): string {
  return `AWS4-HMAC-SHA256-PAYLOAD\n${date}\n${scope}\n${previous}\n${EMPTY_SHA256}\n${hexOf(hash)}`
}

/** What is signed of the trailing headers. @param hash of the headers, each `name:value` and a line feed */
export function trailerToSign({ date, scope }: Pick<ChunkSeed, 'date' | 'scope'>, previous: string, hash: Uint8Array): string {
  return `AWS4-HMAC-SHA256-TRAILER\n${date}\n${scope}\n${previous}\n${hexOf(hash)}`
}
