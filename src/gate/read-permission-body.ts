import type { S3Request } from '../s3/routing/s3-request.js'
import type { S3Error } from '../s3-error/s3-error.js'
import type { Authentication } from '../sigv4/authentication.js'
import type { Hashing } from '../sigv4/hashing.js'
import type { S3Body } from '../xml/body.js'
import { maxBodyBytes, readBody } from '../xml/read-body.js'
import type { BodySource } from './incoming-request.js'
import { joined } from './joined.js'
import { BodyError, verifiedPieces } from './verified-pieces.js'

/** What the framing of chunks adds to a document at most. */
const FRAMING = 64 * 1024

export interface PermissionBody {
  readonly kind: 'document'
  /** As signed: without the framing of chunks. */
  readonly bytes: Uint8Array
  readonly parsed: S3Body
}

/** Reads and verifies the body, if permissions or condition keys hang on it. Undefined if none do, or it cannot be seen. */
export async function readPermissionBody(
  { operation, http }: S3Request,
  { body: rule }: Authentication,
  source: BodySource | undefined,
  hashing: Hashing,
): Promise<PermissionBody | S3Error | undefined> {
  const { body } = operation
  if (body === undefined || body.kind === 'form' || source === undefined) return undefined
  const sent = await source.read(maxBodyBytes(body.kind) + FRAMING)
  if ('kind' in sent) return sent
  const bytes = await verified(sent, { headers: http.headers, rule, hashing })
  if ('kind' in bytes) return bytes
  const parsed = readBody(body.kind, bytes)
  return parsed.kind === 'error' ? parsed : { kind: 'document', bytes, parsed }
}

async function verified(sent: Uint8Array, rules: Parameters<typeof verifiedPieces>[1]): Promise<Uint8Array | S3Error> {
  const pieces: Uint8Array[] = []
  try {
    for await (const piece of verifiedPieces(sent.length === 0 ? [] : [sent], rules)) pieces.push(piece)
  } catch (error) {
    if (error instanceof BodyError) return error.error
    throw error
  }
  return joined(pieces)
}
