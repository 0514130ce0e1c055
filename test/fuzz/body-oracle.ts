import { crc32 } from 'node:zlib'
import { hmac, type Proof, sha256 } from './oracle.js'

const CHUNK = /^([0-9a-f]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?\r\n/i

/**
 * The payload that a whole body proves to be, by its hash or chunk by chunk; undefined if it proves nothing of the kind. From the AWS
 * documentation ("Signature Calculations: Transferring Payload in Multiple Chunks"), and sharing nothing with `src`.
 * @param proof of a request without signature, its `x-amz-content-sha256` alone
 */
export function payloadOf(
  body: Uint8Array,
  proof: Proof | Pick<Proof, 'payload'>,
  decodedLength: string | undefined,
): Uint8Array | undefined {
  const { payload } = proof
  if (payload === 'UNSIGNED-PAYLOAD') return body
  if (/^[0-9a-f]{64}$/.test(payload)) return sha256(body) === payload ? body : undefined
  if (!payload.startsWith('STREAMING-')) return undefined
  const chunks = chunksOf(body, payload.includes('AWS4') && 'signingKey' in proof ? proof : undefined)
  if (chunks === undefined || String(chunks.payload.length) !== String(Number(decodedLength))) return undefined
  if (!payload.endsWith('-TRAILER')) return chunks.trailer === '\r\n' ? chunks.payload : undefined
  const sum = /^x-amz-checksum-crc32: *(\S+)/im.exec(chunks.trailer)?.[1]
  const right = Buffer.alloc(4)
  right.writeUInt32BE(crc32(chunks.payload))
  return sum === undefined || sum === right.toString('base64') ? chunks.payload : undefined
}

interface Chunks {
  readonly payload: Buffer
  /** All that follows the last chunk's line. */
  readonly trailer: string
}

/** @param proof of signed chunks: each signature covers the one before. */
function chunksOf(body: Uint8Array, proof: Proof | undefined): Chunks | undefined {
  const text = Buffer.from(body).toString('latin1')
  const pieces: Uint8Array[] = []
  let previous = proof?.signature ?? ''
  for (let at = 0; at < text.length; ) {
    const [line, size = '', signature] = CHUNK.exec(text.slice(at, at + 256)) ?? []
    if (line === undefined || (signature !== undefined) !== (proof !== undefined)) return undefined
    const from = at + line.length
    const chunk = body.subarray(from, from + Number.parseInt(size, 16))
    if (proof !== undefined && signature !== undefined) {
      if (signature !== chunkSignature(proof, previous, chunk)) return undefined
      previous = signature
    }
    pieces.push(chunk)
    at = from + chunk.length
    if (chunk.length === 0) return { payload: Buffer.concat(pieces), trailer: text.slice(at) }
    if (text.slice(at, at + 2) !== '\r\n') return undefined
    at += 2
  }
  return undefined
}

export function chunkSignature({ signingKey, date, scope }: Omit<Proof, 'payload'>, previous: string, chunk: Uint8Array): string {
  return hmac(signingKey, ['AWS4-HMAC-SHA256-PAYLOAD', date, scope, previous, sha256(''), sha256(chunk)].join('\n')).toString('hex')
}

export function trailerSignature({ signingKey, date, scope }: Omit<Proof, 'payload'>, previous: string, lines: string): string {
  return hmac(signingKey, ['AWS4-HMAC-SHA256-TRAILER', date, scope, previous, sha256(lines)].join('\n')).toString('hex')
}
