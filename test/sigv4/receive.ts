import type { S3Error } from '../../src/s3-error/s3-error.js'
import type { BodyOptions } from '../../src/sigv4/body-check.js'
import type { BodyRule } from '../../src/sigv4/body-rule.js'
import { bodyVerifier } from '../../src/sigv4/body-verifier.js'

export interface Received {
  /** What was passed on, in order, whether or not the body was verified in the end. */
  readonly payload: Buffer
  readonly error?: S3Error
  readonly trailers?: Readonly<Record<string, string>>
  readonly verified?: readonly string[]
}

/** Gives a body to a verifier piece by piece. */
export async function receive(rule: BodyRule, options: BodyOptions, pieces: Iterable<Uint8Array>): Promise<Received> {
  const verifier = bodyVerifier(rule, options)
  const payload: Uint8Array[] = []
  for (const piece of pieces) {
    const released = await verifier.push(piece)
    if (!Array.isArray(released)) return { payload: Buffer.concat(payload), error: released }
    payload.push(...released)
  }
  const result = await verifier.end()
  if (result.kind === 'error') return { payload: Buffer.concat(payload), error: result }
  payload.push(...result.rest)
  return { payload: Buffer.concat(payload), trailers: Object.fromEntries(result.trailers), verified: result.verified }
}

/** All ways to cut a body into two, and the one into single bytes. */
export function* cuts(body: Uint8Array): Generator<readonly Uint8Array[]> {
  for (let at = 0; at <= body.length; at++) yield [body.subarray(0, at), body.subarray(at)]
  yield Array.from({ length: body.length }, (_, at) => body.subarray(at, at + 1))
}
