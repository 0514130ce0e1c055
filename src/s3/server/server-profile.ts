/**
 * In what the server that carries requests out differs from S3. A sub-resource that it does not know it overlooks, and does something else: Ceph's
 * gateway takes `DELETE /photos?analytics&id=1` for DeleteBucket.
 */
export interface ServerProfile {
  /** The sub-resources of buckets that it knows, by method. Requests with any other are refused. */
  readonly bucket: Subresources
  /** Those of objects. */
  readonly object: Subresources
  /** Whether it takes headers from the query, as S3 does. Else requests are refused whose meaning hangs on them. */
  readonly readsHeadersInQuery: boolean
  /** Whether it cleans keys: drops a slash at their beginning or one of two in a row, takes `\` for one. Then keys with such are refused. */
  readonly cleansKeys: boolean
}

export type Subresources = Readonly<Record<string, readonly string[]>>
