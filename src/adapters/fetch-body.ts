import type { BodySource } from '../gate/incoming-request.js'
import { joined } from '../gate/joined.js'
import { s3Error } from '../s3-error/s3-error.js'
import { piecesOf } from './pieces-of.js'
import { readFormOf } from './read-form-data.js'

/** The body of a `Request`. It is read from a clone, so that the request keeps its own. */
export function fetchBody(request: Request): BodySource {
  return {
    async read(limit) {
      if (request.bodyUsed) return readTooEarly
      const { body } = request.clone()
      if (body === null) return new Uint8Array()
      const pieces: Uint8Array[] = []
      let length = 0
      try {
        for await (const piece of piecesOf(body)) {
          length += piece.length
          if (length > limit) return s3Error('MaxMessageLengthExceeded')
          pieces.push(piece)
        }
      } catch (error) {
        return s3Error('IncompleteBody', { reason: error instanceof Error ? error.message : String(error) })
      }
      return joined(pieces)
    },
    async readForm() {
      if (request.bodyUsed) return readTooEarly
      const form = await readFormOf(request.clone() as Request)
      if (form.kind === 'error') return form
      const { blob, ...file } = form.file
      return { ...form, file: { ...file, size: blob.size, pieces: piecesOf(blob.stream()) } }
    },
  }
}

const readTooEarly = s3Error('InternalError', { reason: 'the body was read before grantree could: authorize the request first' })
