import type { S3Error } from '../s3-error/s3-error.js'

/** What a file's stream ends with if the form turns out wrong after its file has begun. The file does not count as received then. */
export class FormError extends Error {
  override readonly name = 'FormError'

  constructor(readonly error: S3Error) {
    super(error.message)
  }
}
