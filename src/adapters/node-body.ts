import type { IncomingMessage } from 'node:http'
import type { BodySource } from '../gate/incoming-request.js'
import { s3Error } from '../s3-error/s3-error.js'
import { readForm } from './read-form.js'

/** The body of a request to Node's HTTP server. */
export function nodeBody(message: IncomingMessage): BodySource {
  return {
    async read(limit) {
      if (message.readableEnded || message.readableDidRead) {
        return s3Error('InternalError', { reason: 'the body was read before grantree could: put it before body parsers' })
      }
      const pieces: Uint8Array[] = []
      let length = 0
      try {
        for await (const piece of message as AsyncIterable<Uint8Array>) {
          length += piece.length
          if (length > limit) return s3Error('MaxMessageLengthExceeded')
          pieces.push(piece)
        }
      } catch {
        return s3Error('IncompleteBody')
      }
      return Buffer.concat(pieces)
    },
    readForm: () => readForm(message.headers, message),
  }
}
