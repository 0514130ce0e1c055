import * as crypto from 'node:crypto'
import type { Hashing } from '../sigv4/hashing.js'

/**
 * Hashing one whole thing at once takes half the time of feeding an object; Node has it from 20.12 on. It reads texts as UTF-8, which is the
 * same where each character is ASCII, and spares a copy.
 */
const sha256: (data: string | Uint8Array) => Uint8Array =
  typeof crypto.hash === 'function'
    ? (data) => crypto.hash('sha256', typeof data === 'string' && isAscii(data) ? data : bytesOf(data), 'buffer')
    : (data) => createHash().update(bytesOf(data)).digest()

/** Bytes cost Node a buffer, which takes as long as the hashing of a request. */
const sha256Hex =
  typeof crypto.hash === 'function'
    ? (data: string): string => crypto.hash('sha256', isAscii(data) ? data : bytesOf(data), 'hex')
    : undefined

/** Node's own hashing, which answers at once. */
export const nodeHashing = {
  sha256,
  ...(sha256Hex === undefined ? {} : { sha256Hex }),
  hmacSha256: (key: Uint8Array, data: string | Uint8Array): Uint8Array => {
    const hmac = crypto.createHmac('sha256', key)
    return (typeof data === 'string' ? hmac.update(data, 'latin1') : hmac.update(data)).digest()
  },
  createSha256: () => {
    const hash = createHash()
    return {
      update: (data: Uint8Array): void => {
        hash.update(data)
      },
      digest: (): Uint8Array => hash.digest(),
    }
  },
} satisfies Hashing

function createHash(): crypto.Hash {
  return crypto.createHash('sha256')
}

/** As UTF-8 only ASCII has one byte a character. */
function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length
}

/** Each character is a byte; Node's default would be UTF-8. */
function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? Buffer.from(data, 'latin1') : data
}
