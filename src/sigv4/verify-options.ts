import type { Hashing } from './hashing.js'
import type { SecretSource } from './secret-source.js'
import type { SigningKeyCache } from './signing-key-cache.js'

/** What signatures are verified with. */
export interface VerifyOptions {
  readonly secrets: SecretSource
  readonly hashing: Hashing
  /** The server's clock, in milliseconds since 1970. */
  readonly time: number
  /** The region that signatures must be for; `any`, the default, takes each. */
  readonly region?: string
  /** How many milliseconds a client's clock may be off, either way; 15 minutes unless told otherwise. */
  readonly maxSkew?: number
  /** Without it, each request derives its signing key anew. */
  readonly cache?: SigningKeyCache
  /** Headers whose names start with `x-amz-` and that may come unsigned, in lower case: those that a proxy in between adds, such as `x-amz-cf-id`. */
  readonly acceptUnsignedHeaders?: ReadonlySet<string>
  /** Whether the answer to a wrong signature tells what should have been signed, as S3's does. True unless told otherwise. */
  readonly explainMismatch?: boolean
}

export const DEFAULT_MAX_SKEW = 900_000
