import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { BodyRule } from './body-rule.js'
import { chunkedBody } from './chunked-body.js'
import { type Eventually, isPromise } from './eventually.js'
import { hashedBody } from './hashed-body.js'
import type { Hashing } from './hashing.js'
import { unsignedBody } from './unsigned-body.js'

export interface BodyOptions {
  readonly hashing: Hashing
  /** Of chunked bodies, the value of `x-amz-decoded-content-length`: how long the payload is. */
  readonly decodedLength?: number
  /** The names in `x-amz-trailer`, in lower case: exactly these must follow the last chunk. */
  readonly trailerNames?: readonly string[]
  /** Bytes of payload past which a body is refused; 5 GiB unless told otherwise. */
  readonly maxBody?: number
  /** Bytes that are held back until they are verified: the longest signed chunk, or the longest body that hashing can only do as a whole. 16 MiB unless told otherwise. */
  readonly maxHeld?: number
}

/** A body that kept to its rule to the end. */
export interface VerifiedBody {
  readonly kind: 'body'
  /** Payload that was held back until now. */
  readonly rest: Uint8Array[]
  /** Bytes of payload. */
  readonly length: number
  /** The trailing headers, by name in lower case. */
  readonly trailers: ReadonlyMap<string, string>
  /** The trailing headers whose checksums were compared with the payload, and are right. Others were not checked. */
  readonly verified: readonly string[]
}

/**
 * Checks a body while it arrives. Nothing counts as received before `end` has answered with a verified body: of a body whose hash is
 * signed, the payload is passed on before the hash is known. Signed chunks are passed on only after each was verified.
 *
 * After an error every further call gives the same error. Each call must have answered before the next is made.
 */
export interface BodyVerifier {
  /** Takes the next bytes, and gives what of the payload may be passed on. */
  push(bytes: Uint8Array): Eventually<Uint8Array[] | S3Error>
  /** To be called when the body has ended. */
  end(): Eventually<VerifiedBody | S3Error>
}

/** The verifier for what a signature says of a body. Source: Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)". */
export function bodyVerifier(rule: BodyRule, options: BodyOptions): BodyVerifier {
  return oneAtATime(bodyOf(rule, options))
}

function bodyOf(rule: BodyRule, options: BodyOptions): BodyVerifier {
  switch (rule.kind) {
    case 'unsigned':
      return unsignedBody(options)
    case 'sha256':
      return hashedBody(rule.hash, options)
    case 'chunks':
      return chunkedBody(rule, options)
  }
}

/** Keeps a failure, and refuses calls that come too early or too late: those are mistakes of the caller. */
function oneAtATime(body: BodyVerifier): BodyVerifier {
  let state: 'open' | 'busy' | 'ended' = 'open'
  let failure: S3Error | undefined

  function run<T>(call: () => Eventually<T | S3Error>, after: 'open' | 'ended'): Eventually<T | S3Error> {
    if (state === 'busy') throw new Error('the verifier is asked again before it has answered')
    if (failure !== undefined) return failure
    if (state === 'ended') throw new Error('the body has ended already')
    // Whatever interrupts a call, such as hashing that throws, leaves the body failed.
    failure = s3Error('InternalError', { reason: 'the check of the body was interrupted' })
    state = 'busy'
    const settle = (result: T | S3Error): T | S3Error => {
      failure = isError(result) ? result : undefined
      state = after
      return result
    }
    let result: Eventually<T | S3Error>
    try {
      result = call()
    } catch (error) {
      state = after
      throw error
    }
    if (!isPromise(result)) return settle(result)
    return result.then(settle, (error: unknown) => {
      state = after
      throw error
    })
  }

  return {
    push: (bytes) => run(() => body.push(bytes), 'open'),
    end: () => run(() => body.end(), 'ended'),
  }
}

function isError(result: unknown): result is S3Error {
  return (result as { readonly kind?: unknown }).kind === 'error'
}
