import type { S3Request } from '../s3/route-request.js'
import type { S3Error } from '../s3-error/s3-error.js'
import type { Authentication } from '../sigv4/authentication.js'
import { readVerifiedBody } from '../sigv4/read-verified-body.js'
import type { Hashing } from '../sigv4/hashing.js'
import type { S3Body } from '../xml/body.js'
import { readBody } from '../xml/read-body.js'
import type { BodySource } from './incoming-request.js'

/** S3 takes no longer document for DeleteObjects, the longest of those that permissions hang on. */
const MAX_BODY = 2 * 1024 * 1024

export interface PermissionBody {
  readonly kind: 'document'
  /** As signed: without the framing of chunks. */
  readonly bytes: Uint8Array
  readonly parsed: S3Body
}

/** Reads and verifies the body, if permissions or condition keys hang on it. Undefined if none do, or it cannot be seen. */
export async function readPermissionBody(
  { operation }: S3Request,
  { body: rule }: Authentication,
  source: BodySource | undefined,
  hashing: Hashing,
): Promise<PermissionBody | S3Error | undefined> {
  const { body } = operation
  if (body === undefined || body.kind === 'form' || source === undefined) return undefined
  const sent = await source.read(MAX_BODY)
  if ('kind' in sent) return sent
  const bytes = await readVerifiedBody(sent, rule, hashing)
  if ('kind' in bytes) return bytes
  // A bucket is made without a document, and an ACL set by header alone.
  if (bytes.length === 0 && !body.isNeeded) return undefined
  const parsed = readBody(body.kind, bytes)
  return parsed.kind === 'error' ? parsed : { kind: 'document', bytes, parsed }
}
