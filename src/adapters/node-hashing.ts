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
  hmacSha256: (key: Uint8Array, data: string | Uint8Array): Uint8Array =>
    sha256Hex === undefined ? crypto.createHmac('sha256', key).update(bytesOf(data)).digest() : hmac(key, data),
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

/** Bytes of a block and of a digest of SHA-256. */
const BLOCK = 64
const DIGEST = 32

/** What HMAC hashes; used over and over, as everything here is done before anything else happens. Most texts to be signed have about 140 bytes. */
const inner = Buffer.alloc(BLOCK + 448)
const outer = Buffer.alloc(BLOCK + DIGEST)

/**
 * HMAC as RFC 2104 makes it of two hashes, which are done at once: Node's HMAC is a stream with a handle, and takes three times as long to make and
 * to clear away.
 */
function hmac(key: Uint8Array, data: string | Uint8Array): Uint8Array {
  const short = key.length > BLOCK ? digest(key) : key
  const end = BLOCK + data.length
  const text = end > inner.length ? Buffer.alloc(end) : inner.subarray(0, end)
  for (let i = 0; i < BLOCK; i++) {
    const byte = i < short.length ? (short[i] as number) : 0
    text[i] = byte ^ 0x36
    outer[i] = byte ^ 0x5c
  }
  if (typeof data === 'string') text.write(data, BLOCK, 'latin1')
  else text.set(data, BLOCK)
  outer.set(digest(text), BLOCK)
  return digest(outer)
}

/** A digest as text, a character a byte, takes half the time of one in a buffer of its own, and small arrays are cheap. */
function digest(data: Uint8Array): Uint8Array {
  const text = crypto.hash('sha256', data, 'binary')
  const bytes = new Uint8Array(DIGEST)
  for (let i = 0; i < DIGEST; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

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
