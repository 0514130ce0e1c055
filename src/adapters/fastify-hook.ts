import type { IncomingMessage } from 'node:http'
import { type NodeAdapterOptions, nodeGate } from './node-gate.js'

/** The parts of Fastify's request and reply that are used. */
interface FastifyRequestLike {
  readonly raw: IncomingMessage
}
interface FastifyReplyLike {
  code(status: number): unknown
  headers(headers: Readonly<Record<string, string>>): unknown
  send(body: string): unknown
}

/** An `onRequest` hook for Fastify: `app.addHook('onRequest', fastifyHook(options))`. It runs before Fastify reads the body. */
export function fastifyHook(options: NodeAdapterOptions): (request: FastifyRequestLike, reply: FastifyReplyLike) => Promise<unknown> {
  const decide = nodeGate(options)
  return async (request, reply) => {
    const verdict = await decide(request.raw)
    if (verdict.kind === 'permitted') return undefined
    const { status, headers, body } = verdict.response
    reply.code(status)
    reply.headers(request.raw.complete ? headers : { ...headers, connection: 'close' })
    return reply.send(body)
  }
}
