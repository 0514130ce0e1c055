import { createHash, createHmac } from 'node:crypto'
import type { ChunkSeed } from '../../src/sigv4/body-rule.js'

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** A body in signed chunks as a client sends it, made with `node:crypto` alone. @param trailer a `name:value` */
export function signChunks(
  seed: ChunkSeed,
  chunks: readonly Uint8Array[],
  trailer?: string,
): { body: Buffer; signatures: readonly string[] } {
  const sign = (text: string): string => createHmac('sha256', seed.signingKey).update(text).digest('hex')
  const signatures: string[] = []
  let previous = seed.signature
  const parts: Uint8Array[] = []
  for (const chunk of [...chunks, new Uint8Array(0)]) {
    previous = sign(['AWS4-HMAC-SHA256-PAYLOAD', seed.date, seed.scope, previous, sha256(''), sha256(chunk)].join('\n'))
    signatures.push(previous)
    parts.push(Buffer.from(`${chunk.length.toString(16)};chunk-signature=${previous}\r\n`), chunk)
    if (chunk.length > 0) parts.push(Buffer.from('\r\n'))
  }
  if (trailer !== undefined) {
    const signature = sign(['AWS4-HMAC-SHA256-TRAILER', seed.date, seed.scope, previous, sha256(`${trailer}\n`)].join('\n'))
    signatures.push(signature)
    parts.push(Buffer.from(`${trailer}\r\nx-amz-trailer-signature:${signature}\r\n`))
  }
  return { body: Buffer.concat([...parts, Buffer.from('\r\n')]), signatures }
}

/** A body in chunks that are not signed. */
export function plainChunks(chunks: readonly Uint8Array[], trailers: readonly string[] = []): Buffer {
  const parts = chunks.flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n')])
  return Buffer.concat([...parts, Buffer.from(`0\r\n${trailers.map((line) => `${line}\r\n`).join('')}\r\n`)])
}
