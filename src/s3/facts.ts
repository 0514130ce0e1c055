import type { Principal } from '../request/principal.js'

/** What is known of a request beside its text: who made it, and how it arrived. What is left out is not known, never absent. */
export interface RequestFacts {
  readonly principal: Principal
  /** Milliseconds since 1970; the clock of the decision. */
  readonly time?: number
  /** How it was signed, as `verifySignature` tells. Left out: the request is anonymous. */
  readonly authType?: 'REST-HEADER' | 'REST-QUERY-STRING' | 'POST'
  readonly signatureVersion?: string
  /** When it was signed, in milliseconds since 1970: the source of `s3:signatureAge` for presigned requests and forms. */
  readonly signedAt?: number
  /** `x-amz-content-sha256`, or `UNSIGNED-PAYLOAD` for presigned requests. */
  readonly contentSha256?: string
  /** The address that made the connection, without port: of the client, not of a proxy. */
  readonly sourceIp?: string
  readonly secureTransport?: boolean
  /** `1.2` or `1.3`. */
  readonly tlsVersion?: string
  /** The region of the endpoint: `aws:RequestedRegion`. */
  readonly region?: string
}
