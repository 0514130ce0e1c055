import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { linger } from './linger.js'
import { type NodeAdapterOptions, nodeGate } from './node-gate.js'
import { mustClose } from './send-refusal.js'

/** The parts of Fastify's request and reply that are used. */
interface FastifyRequestLike {
  readonly raw: IncomingMessage
}
interface FastifyReplyLike {
  code(status: number): unknown
  headers(headers: Readonly<Record<string, string>>): unknown
  send(body: string | Readable): unknown
}

/** An `onRequest` hook for Fastify: `app.addHook('onRequest', fastifyHook(options))`. It runs before Fastify reads the body. */
export function fastifyHook(options: NodeAdapterOptions): (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<unknown> {
  const decide = nodeGate(options)
  return async ({ raw }, reply) => {
    const verdict = await decide(raw)
    if (verdict.kind === 'permitted') return undefined
    const { status, headers, body } = verdict.response
    const isLast = mustClose(raw)
    reply.code(status)
    reply.headers({ ...headers, ...(isLast ? { connection: 'close' } : {}), 'content-length': String(Buffer.byteLength(body)) })
    if (!isLast) raw.resume()
    return reply.send(isLast && body !== '' ? Readable.from(thenLinger(raw, body), { objectMode: false }) : body)
  }
}

async function* thenLinger(message: IncomingMessage, body: string): AsyncGenerator<string, void> {
  yield body
  await linger(message)
}
