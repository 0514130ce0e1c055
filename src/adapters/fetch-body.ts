import type { BodySource } from '../gate/incoming-request.js'
import { s3Error } from '../s3-error/s3-error.js'
import { readFormData } from './read-form-data.js'

/** The body of a `Request`. It is read from a clone, so that the request keeps its own. */
export function fetchBody(request: Request): BodySource {
  return {
    async read(limit) {
      const { body } = request.clone()
      if (body === null) return new Uint8Array()
      const pieces: Uint8Array[] = []
      let length = 0
      const reader = body.getReader()
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return joined(pieces, length)
        length += value.length
        if (length > limit) {
          await reader.cancel()
          return s3Error('MaxMessageLengthExceeded')
        }
        pieces.push(value)
      }
    },
    readForm: () => readFormData(request.clone()),
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
