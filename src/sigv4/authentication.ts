import type { BodyRule } from './body-rule.js'

/** Who has made a request, as its signature proves, and what the signature says of the body that has still to come. */
export interface Authentication {
  readonly kind: 'authentication'
  /** The access key whose secret the request was signed with. Undefined: the request carries no signature and is anonymous. */
  readonly accessKey?: string
  /** The value of `s3:authType`; of signed requests. */
  readonly authType?: 'REST-HEADER' | 'REST-QUERY-STRING' | 'POST'
  /** The value of `s3:signatureversion`; of signed requests. */
  readonly signatureVersion?: 'AWS4-HMAC-SHA256'
  /** When it was signed, in milliseconds since 1970. */
  readonly signedAt?: number
  /** The region of the credential's scope. */
  readonly region?: string
  /** The value of `x-amz-content-sha256`, `UNSIGNED-PAYLOAD` for presigned requests without the header; undefined for forms and anonymous requests without it. */
  readonly contentSha256?: string
  /** The session token, if one was signed along. Nothing here checks it. */
  readonly sessionToken?: string
  /** What the body must keep to; `bodyVerifier` checks it. */
  readonly body: BodyRule
}
