import type { Credential } from './credential.js'

/** What a request says of its own signature; nothing of it is proven yet. */
export interface SignedRequest {
  readonly authType: 'REST-HEADER' | 'REST-QUERY-STRING'
  readonly credential: Credential
  /** Names in lower case, separated by semicolons. */
  readonly signedHeaders: string
  readonly signature: string
  /** `20260921T141300Z`. */
  readonly date: string
  /** The same in milliseconds since 1970. */
  readonly signedAt: number
  /** Of presigned requests: seconds. */
  readonly expires?: number
  /** The value of `x-amz-content-sha256`. */
  readonly payload: string
  readonly sessionToken?: string
}
