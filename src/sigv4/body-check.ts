import type { S3Error } from '../s3-error/s3-error.js'
import type { Eventually } from './eventually.js'
import type { Hashing } from './hashing.js'

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
