import { type S3ErrorCode, s3Errors } from './codes.js'

/** What the client is told, as S3 would: to be written by `errorDocument`. */
export interface S3Error {
  readonly kind: 'error'
  readonly code: S3ErrorCode
  /** The HTTP status. */
  readonly status: number
  readonly message: string
  /** Further elements of the error document, such as `ArgumentName`. Never a secret, never why a policy decided. */
  readonly detail?: Readonly<Record<string, string>>
  /** For the operator's log: what exactly was wrong. It is not sent. */
  readonly reason?: string
}

/** An error with the status and, unless told otherwise, the message that S3 has for its code. */
export function s3Error(
  code: S3ErrorCode,
  { message, detail, reason }: Partial<Pick<S3Error, 'message' | 'detail' | 'reason'>> = {},
): S3Error {
  const row = s3Errors[code]
  return {
    kind: 'error',
    code,
    status: row.status,
    message: message ?? row.message,
    ...(detail === undefined ? {} : { detail }),
    ...(reason === undefined ? {} : { reason }),
  }
}
