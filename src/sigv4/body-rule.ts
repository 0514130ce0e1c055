/** What a signature says of the request's body. */
export type BodyRule =
  /** Nothing: `UNSIGNED-PAYLOAD`, anonymous requests and forms. */
  | { readonly kind: 'unsigned' }
  /** Its SHA-256, in lower-case hexadecimal. */
  | { readonly kind: 'sha256'; readonly hash: string }
  /** It comes in chunks (`aws-chunked`), which may be signed, each with the signature before it, and may end in trailing headers. */
  | { readonly kind: 'chunks'; readonly isSigned: boolean; readonly hasTrailer: boolean; readonly seed?: ChunkSeed }

/** What the signature of the first chunk is made from. */
export interface ChunkSeed {
  /** The request's own signature, in lower-case hexadecimal. */
  readonly signature: string
  /** `X-Amz-Date`, as signed. */
  readonly date: string
  /** `20260921/us-east-1/s3/aws4_request`. */
  readonly scope: string
  readonly signingKey: Uint8Array
}
