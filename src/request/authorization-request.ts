import type { Principal } from './principal.js'
import type { ContextRecord, RequestContext } from './request-context.js'

/** One question: may this caller do this action to this bucket or object? */
export interface AuthorizationRequest {
  readonly principal: Principal
  /** In the catalogue's spelling, such as `s3:GetObject`. */
  readonly action: string
  /** The S3 operation that asks, such as `HeadBucket`, where it matters which. */
  readonly operation?: string
  readonly bucket?: string
  /** The object's key as it is: never normalised, never decoded. */
  readonly key?: string
  /** Milliseconds since 1970. The only clock. */
  readonly time?: number
  /** The request's condition keys, in the catalogue's spelling, or made ready for many requests. */
  readonly context?: ContextRecord | RequestContext
  /** Condition keys whose values are not known, in the catalogue's spelling: names, or `family/*` for all keys of a family. */
  readonly unknown?: readonly string[]
}
