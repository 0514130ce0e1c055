import type { Authorizer } from '../authorizer/authorizer.js'
import type { Principal } from '../request/principal.js'
import type { Addressing } from '../s3/addressing.js'
import type { Server } from '../s3/server/servers.js'
import type { Authentication } from '../sigv4/authentication.js'
import type { Hashing } from '../sigv4/hashing.js'
import type { SecretSource } from '../sigv4/secret-source.js'
import type { LookUp } from './look-up.js'

export interface GateOptions {
  /** Decides. A function is asked for each request, so that a new snapshot takes effect with the next one. */
  readonly authorizer: Authorizer | (() => Authorizer)
  readonly secrets: SecretSource
  readonly hashing: Hashing
  readonly addressing?: Addressing
  /** What carries requests out, if it is another server than S3 itself: what it would take for another request is refused. Default: it does what S3 does. */
  readonly server?: Server
  /** The region of this endpoint: `aws:RequestedRegion`, and what signatures must be made for. Left out: any region is taken, and that key is not known. */
  readonly region?: string
  readonly lookUp?: LookUp
  /**
   * Who a verified signature stands for. Default: the access key of the snapshot; a session token is then refused, for nobody has checked it.
   * Undefined refuses the request with InvalidAccessKeyId.
   */
  readonly principalOf?: (authentication: Authentication) => Principal | undefined | Promise<Principal | undefined>
  /** Lets DeleteObjects through even if some or all of its objects are refused. Whoever carries it out must then heed `objects`. Default: all or nothing. */
  readonly partialDeletes?: boolean
  /** What becomes of ACLs that give anybody anything, where the caller may set them: S3 refuses them in buckets without ACLs, which is what all buckets are here. Default: `refuse`. */
  readonly accessControlLists?: 'refuse' | 'pass'
}
