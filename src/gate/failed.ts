import type { S3Request } from '../s3/routing/s3-request.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { Refused } from './outcome.js'

/**
 * What becomes of a request when something the embedder has passed in throws: it is refused, and the log says what was thrown.
 * @param request as far as it could be understood
 */
export function failed(thrown: unknown, request?: S3Request | S3Error): Refused {
  return {
    kind: 'refused',
    error: s3Error('InternalError', { reason: messageOf(thrown) }),
    ...(request === undefined || request.kind === 'error' ? {} : { request }),
    explain: () => undefined,
  }
}

/** Anything can be thrown, also what no text can be made of. */
function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown)
  } catch {
    return 'something was thrown that is no error'
  }
}
