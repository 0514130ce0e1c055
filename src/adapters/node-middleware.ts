import type { IncomingMessage, ServerResponse } from 'node:http'
import { failed } from '../gate/failed.js'
import { type NodeAdapterOptions, nodeGate } from './node-gate.js'
import { sendRefusal, sendS3Error } from './send-refusal.js'

/** As Express and Connect call it; with `node:http`, call it first in the request listener. `next` is called for what is permitted, and never with an error. */
export type NodeMiddleware = (message: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void

/**
 * Middleware that answers what is refused with S3's error document, and calls `next` for what is permitted. It comes before body parsers.
 * What it knows of a permitted request is `permittedRequest(message)`; a body is read through `verifiedBody(message)`.
 */
export function nodeMiddleware(options: NodeAdapterOptions): NodeMiddleware {
  const decide = nodeGate(options)
  return (message, response, next) => {
    void decide(message).then(
      (verdict) => {
        if (verdict.kind === 'permitted') next()
        else sendRefusal(message, response, verdict.response)
      },
      // Never `next(error)`: whoever calls this without a framework may not look at the error, and take it for a yes.
      (error) => sendS3Error(message, response, failed(error).error),
    )
  }
}
