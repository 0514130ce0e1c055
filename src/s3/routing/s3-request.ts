import { decodeHeader } from '../../http/decode-header.js'
import type { HttpRequest } from '../../http/http-request.js'
import type { Query } from '../../http/query.js'
import { UNKNOWN } from '../../request/request-context.js'
import type { OperationRow } from '../operations/operation-row.js'

/** An HTTP request with what S3 takes it for. */
export interface S3Request {
  readonly kind: 'request'
  readonly http: HttpRequest
  readonly operation: OperationRow
  /** Undefined where the service itself is asked. */
  readonly bucket: string | undefined
  /** Decoded once, never normalised; undefined where no object is asked for. */
  readonly key: string | undefined
  readonly query: Query
  /** Whether it came to a website endpoint, where every caller is anonymous. */
  readonly isWebsite: boolean
  /** Headers that came as query parameters, by their names in lower case; undefined if none did. */
  readonly hoisted: ReadonlyMap<string, string> | undefined
}

/** A header's value as text; UNKNOWN if its bytes are no UTF-8. */
export type HeaderText = string | undefined | typeof UNKNOWN

/**
 * The value of a header, or of the query parameter that a presigned URL carries in its place.
 * @param name in lower case
 */
export function headerOf({ http, hoisted }: S3Request, name: string): HeaderText {
  const value = http.headers.get(name)
  if (value !== undefined) return decodeHeader(value) ?? UNKNOWN
  return hoisted?.get(name)
}
