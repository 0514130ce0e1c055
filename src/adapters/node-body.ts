import type { IncomingMessage } from 'node:http'
import type { BodySource } from '../gate/incoming-request.js'
import { HeaderList } from '../http/header-list.js'
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
    async readForm() {
      const form = await readForm(HeaderList.ofRaw(message.rawHeaders), message)
      if (form.kind === 'error') return form
      const { stream, size: _, ...file } = form.file
      return { ...form, file: { ...file, pieces: stream as AsyncIterable<Uint8Array> } }
    },
  }
}
