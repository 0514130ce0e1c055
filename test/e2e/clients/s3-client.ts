import type { KeyPair } from '../key-pair.js'

export interface ClientOptions {
  /** `http://127.0.0.1:1234` */
  readonly endpoint: string
  readonly keys: KeyPair
  /** Default: us-east-1. */
  readonly region?: string
  /** Default: path. Virtual needs `http://localhost:1234`; aws-sdk, boto3 and curl find buckets below localhost without a resolver. */
  readonly addressing?: 'path' | 'virtual'
  /** A file with the authority that https endpoints are trusted by. */
  readonly certificate?: string
  /** Of its own, for its configuration and bodies. Must exist; whoever made it removes it. */
  readonly directory: string
}

/** What a client made of a response. */
export interface Answer {
  readonly ok: boolean
  /** The HTTP status, where the client says it. */
  readonly status?: number
  /** S3's error code, where the client says it. The answer to a HEAD has none. */
  readonly code?: string
  /** A body that was got (one character a byte), the keys that were listed, one a line, or the client's complaint. */
  readonly text: string
}

/** The same work by every client, each in its own way; none tries twice. */
export interface S3Client {
  readonly name: string
  makeBucket(bucket: string): Promise<Answer>
  put(bucket: string, key: string, body: Buffer): Promise<Answer>
  get(bucket: string, key: string): Promise<Answer>
  head(bucket: string, key: string): Promise<Answer>
  list(bucket: string, prefix: string): Promise<Answer>
  delete(bucket: string, key: string): Promise<Answer>
  /** By DeleteObjects where the client has it. */
  deleteMany(bucket: string, keys: readonly string[]): Promise<Answer>
  copy(bucket: string, from: string, to: string): Promise<Answer>
  /** An upload in parts of at least 5 MB. */
  putInParts?(bucket: string, key: string, body: Buffer): Promise<Answer>
  /** A URL for a GET, valid for five minutes. */
  presignGet?(bucket: string, key: string): Promise<string>
}

/** Whether an answer says AccessDenied; without a body, 403 is all that S3 says. */
export function isAccessDenied({ ok, status, code }: Answer): boolean {
  return !ok && (code === 'AccessDenied' || (code === undefined && status === 403))
}
