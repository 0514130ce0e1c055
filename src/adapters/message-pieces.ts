import type { IncomingMessage } from 'node:http'
import { BodyError } from '../gate/verified-pieces.js'
import { s3Error } from '../s3-error/s3-error.js'

/** The body of a request while it arrives. Throws BodyError if the client goes away before its end. */
export async function* messagePieces(message: IncomingMessage): AsyncGenerator<Uint8Array, void> {
  let length = 0
  try {
    // Whoever stops reading still has to answer: without the option that would close the connection.
    for await (const piece of message.iterator({ destroyOnReturn: false })) {
      length += (piece as Uint8Array).length
      yield piece as Uint8Array
    }
  } catch (error) {
    throw new BodyError(s3Error('IncompleteBody', { reason: error instanceof Error ? error.message : String(error) }))
  }
  // Over HTTP/2 a body that was broken off ends like any other.
  const announced = message.headers['content-length']
  if (message.aborted || (announced !== undefined && Number(announced) !== length)) throw new BodyError(s3Error('IncompleteBody'))
}

/** Whether somebody has read of the body already: what is left of it is not what the client sent. */
export function isConsumed(message: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': coding } = message.headers
  const mayHaveBody = coding !== undefined || (length === undefined ? message.httpVersionMajor > 1 : length !== '0')
  return mayHaveBody && (message.readableDidRead || message.readableEnded)
}
