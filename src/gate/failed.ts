import { s3Error } from '../s3-error/s3-error.js'
import type { Refused } from './outcome.js'

/** What becomes of a request when something the embedder has passed in throws: it is refused, and the log says what was thrown. */
export function failed(thrown: unknown): Refused {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { kind: 'refused', error: s3Error('InternalError', { reason: message }), explain: () => undefined }
}
