import type { HttpRequest } from '../http/http-request.js'
import type { S3Error } from '../s3-error/s3-error.js'

/** A request at the gate: its text, how it arrived, and a way to its body. What is left out is not known, never absent. */
export interface IncomingRequest {
  readonly http: HttpRequest
  /** The server's clock, in milliseconds since 1970. */
  readonly time: number
  readonly connection: Connection
  /** Undefined where the body cannot be seen, as by a proxy's forward-auth call. */
  readonly body?: BodySource
}

export interface Connection {
  /** Of the client, without port. */
  readonly sourceIp?: string
  /** Whether the client came over TLS. */
  readonly secureTransport?: boolean
  /** `1.2`, `1.3`. */
  readonly tlsVersion?: string
}

/** The body, read only where permissions hang on it. Each is called at most once, and not both. */
export interface BodySource {
  /** The whole body as it was sent; an error if it is longer than `limit` bytes. */
  read(limit: number): Promise<Uint8Array | S3Error>
  /** The body as a form, up to the file in it. */
  readForm(): Promise<ReceivedForm | S3Error>
}

/** A form up to its file. */
export interface ReceivedForm {
  readonly kind: 'form'
  /** By name in lower case. */
  readonly fields: ReadonlyMap<string, string>
  readonly file: ReceivedFile
}

export interface ReceivedFile {
  /** As the client calls it. */
  readonly name?: string
  readonly contentType?: string
  /** Bytes, where they are known before it has come. */
  readonly size?: number
  /** To be read once. Throws if the form turns out to be wrong. */
  readonly pieces: AsyncIterable<Uint8Array>
}
