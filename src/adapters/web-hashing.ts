import type { Hashing } from '../sigv4/hashing.js'

const HMAC = { name: 'HMAC', hash: 'SHA-256' } as const

/** WebCrypto's hashing, for workers and browsers. It answers with promises, and hashes only what is whole. */
export const webHashing: Hashing = {
  async sha256(data) {
    return new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', bytesOf(data)))
  },
  async hmacSha256(key, data) {
    const imported = await globalThis.crypto.subtle.importKey('raw', bytesOf(key), HMAC, false, ['sign'])
    return new Uint8Array(await globalThis.crypto.subtle.sign('HMAC', imported, bytesOf(data)))
  },
}

/** Each character is a byte. */
function bytesOf(data: string | Uint8Array): Uint8Array<ArrayBuffer> {
  if (typeof data !== 'string') return data as Uint8Array<ArrayBuffer>
  const bytes = new Uint8Array(data.length)
  for (let i = 0; i < data.length; i++) bytes[i] = data.charCodeAt(i)
  return bytes
}
