import { MAX_TARGET } from '../http/http-request.js'

/** Past these a request is refused unread. Each is well above what a request of S3 has, and far below what could be held against a server. */
export const limits = {
  /** Characters of the request target. */
  target: MAX_TARGET,
  /** Characters of the `Authorization` header. */
  authorization: 8_192,
  /** Characters of an access key. */
  accessKey: 256,
  /** Characters of a session token. */
  sessionToken: 8_192,
  signedHeaders: 100,
  /** Characters of all canonical headers together. */
  canonicalHeaders: 65_536,
  /** Parameters of a query, the same as `Query` reads. */
  queryParameters: 200,
  /** Seconds that a presigned URL is valid. */
  expires: 604_800,
  /** Bytes of a form's policy document, decoded. */
  policy: 20_480,
  /** Conditions of a form's policy document. */
  conditions: 1_000,
  /** Bytes of the line before a chunk. */
  chunkHeader: 1_024,
  /** Bytes of the trailing headers. */
  trailer: 8_192,
  /** Bytes of a body, unless told otherwise: the largest object that one PUT may send. */
  body: 5_368_709_120,
  /** Bytes of a body that are held back until they are verified, unless told otherwise. */
  held: 16_777_216,
} as const
