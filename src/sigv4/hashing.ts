/**
 * SHA-256 and HMAC-SHA-256, from wherever the platform has them: `node:crypto` answers at once, WebCrypto with promises. Texts are hashed
 * as bytes: each character is one (0 to 255).
 */
export interface Hashing {
  sha256(data: string | Uint8Array): Uint8Array | Promise<Uint8Array>
  /** The SHA-256 of a text in lower-case hexadecimal, from platforms that are faster with it than with bytes. */
  sha256Hex?(data: string): string
  hmacSha256(key: Uint8Array, data: string | Uint8Array): Uint8Array | Promise<Uint8Array>
  /** A hash that is fed piece by piece. Without it a body whose hash is signed is kept until it is whole. */
  createSha256?(): IncrementalHash
}

export interface IncrementalHash {
  update(data: Uint8Array): void
  digest(): Uint8Array
}
