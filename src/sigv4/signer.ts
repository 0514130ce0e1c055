/** Who signs, where, and when. */
export interface Signer {
  readonly accessKey: string
  readonly secret: string
  readonly region: string
  /** The session that the access key belongs to, if it is of one. */
  readonly sessionToken?: string
  /** Milliseconds since 1970. */
  readonly time: number
}
