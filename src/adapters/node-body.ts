import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { BodySource } from '../gate/incoming-request.js'
import { BodyError } from '../gate/verified-pieces.js'
import { HeaderList } from '../http/header-list.js'
import { s3Error } from '../s3-error/s3-error.js'
import { isConsumed, messagePieces } from './message-pieces.js'
import { readForm } from './read-form.js'

export interface NodeBody extends BodySource {
  /** Lets go of a form whose file nobody will read, so that the rest of the body can be passed over. */
  discard(): void
}

/** The body of a request to Node's HTTP server. */
export function nodeBody(message: IncomingMessage): NodeBody {
  let file: Readable | undefined
  return {
    async read(limit) {
      if (isConsumed(message)) return readTooEarly
      const pieces: Uint8Array[] = []
      let length = 0
      try {
        for await (const piece of messagePieces(message)) {
          length += piece.length
          if (length > limit) return s3Error('MaxMessageLengthExceeded')
          pieces.push(piece)
        }
      } catch (error) {
        if (error instanceof BodyError) return error.error
        throw error
      }
      return Buffer.concat(pieces)
    },
    async readForm() {
      if (isConsumed(message)) return readTooEarly
      const form = await readForm(HeaderList.ofRaw(message.rawHeaders), message)
      if (form.kind === 'error') return form
      const { stream, size: _, ...described } = form.file
      file = stream
      return { ...form, file: { ...described, pieces: stream as AsyncIterable<Uint8Array> } }
    },
    discard() {
      file?.destroy()
    },
  }
}

const readTooEarly = s3Error('InternalError', { reason: 'the body was read before grantree could: put it before body parsers' })
