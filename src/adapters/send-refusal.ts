import type { IncomingMessage, ServerResponse } from 'node:http'
import { pathOf } from '../http/http-request.js'
import type { S3Error } from '../s3-error/s3-error.js'
import { linger } from './linger.js'
import { originalTarget } from './node-incoming.js'
import { type RefusalResponse, refusalResponse } from './refusal.js'

/** Answers with S3's error document: for what goes wrong after a request has passed, such as a `BodyError`, whose `error` is one. */
export function sendS3Error(message: IncomingMessage, response: ServerResponse, error: S3Error): void {
  const { method = '' } = message
  const resource = pathOf(originalTarget(message))
  sendRefusal(message, response, refusalResponse({ error }, { requestId: crypto.randomUUID(), method, resource }))
}

export function sendRefusal(message: IncomingMessage, response: ServerResponse, { status, headers, body }: RefusalResponse): void {
  // Somebody else has answered, such as a middleware with a time limit, or the client is gone.
  if (response.headersSent || response.destroyed) return
  const isLast = mustClose(message)
  if (isLast) response.setHeader('connection', 'close')
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  if (!isLast) {
    // What has come of the body must not stand before the next request of the connection.
    message.resume()
    response.end(body)
    return
  }
  response.flushHeaders()
  if (body !== '') response.write(body)
  void linger(message).then(() => response.end())
}

/** Whether some of the body has still to come: the connection cannot be used again. HTTP/2 has streams, which can be given up one by one. */
export function mustClose(message: IncomingMessage): boolean {
  return !message.complete && message.httpVersionMajor < 2
}
