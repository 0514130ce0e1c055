import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import { fastifyHook } from '../../src/adapters/fastify-hook.js'
import { fetchAuthorizer, permittedFetch, s3ErrorResponse } from '../../src/adapters/fetch-authorizer.js'
import { honoMiddleware } from '../../src/adapters/hono-middleware.js'
import type { LogEntry } from '../../src/adapters/log-entry.js'
import { type NodeAdapterOptions, permittedRequest } from '../../src/adapters/node-gate.js'
import { nodeMiddleware } from '../../src/adapters/node-middleware.js'
import { sendS3Error } from '../../src/adapters/send-refusal.js'
import { verifiedBody } from '../../src/adapters/verified-body.js'
import { verifiedStream } from '../../src/adapters/verified-stream.js'
import type { Permitted } from '../../src/gate/outcome.js'
import { BodyError } from '../../src/gate/verified-pieces.js'
import { authorizer, headersOf, type Sent, secrets } from '../gate/scene.js'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Server {
  /** As it is sent: `headers` instead of those that `sent` comes to. */
  ask(sent: Sent, headers?: readonly (readonly [string, string])[]): Promise<Answer>
  readonly host: string
  readonly port: number
  /** What was stored, by bucket and key. */
  readonly stored: ReadonlyMap<string, string>
  readonly entries: readonly LogEntry[]
  close(): Promise<void>
}

export type Options = Partial<NodeAdapterOptions>

interface Scene {
  readonly options: NodeAdapterOptions
  readonly stored: Map<string, string>
  readonly entries: LogEntry[]
}

function sceneOf(options: Options): Scene {
  const entries: LogEntry[] = []
  return { stored: new Map(), entries, options: { authorizer, secrets, log: (entry) => entries.push(entry), ...options } }
}

/** What all servers of the tests do with a permitted request. @param read the verified body */
async function serve({ request, objects, form }: Permitted, stored: Map<string, string>, read: () => Promise<string>): Promise<string> {
  const { operation, bucket, key } = request
  if (operation.name === 'PutObject' || operation.name === 'PostObject') stored.set(`${bucket}/${form?.key ?? key}`, await read())
  if (objects !== undefined) return objects.map(({ key, isAllowed }) => `${key}:${isAllowed}`).join()
  return `${operation.name} ${bucket ?? ''} ${form?.key ?? key ?? ''}`
}

async function serveNode(message: IncomingMessage, response: ServerResponse, stored: Map<string, string>): Promise<void> {
  try {
    const permitted = permittedRequest(message)
    if (permitted === undefined) throw new Error('not permitted')
    response.end(await serve(permitted, stored, async () => String(await buffer(verifiedBody(message)))))
  } catch (error) {
    if (error instanceof BodyError) sendS3Error(message, response, error.error)
    else response.writeHead(500).end(String(error))
  }
}

async function serveFetch(request: Request, stored: Map<string, string>): Promise<Response> {
  try {
    const permitted = permittedFetch(request)
    if (permitted === undefined) throw new Error('not permitted')
    return new Response(await serve(permitted, stored, () => new Response(verifiedStream(request)).text()))
  } catch (error) {
    return error instanceof BodyError ? s3ErrorResponse(request, error.error) : new Response(String(error), { status: 500 })
  }
}

async function listening(server: http.Server, { stored, entries }: Scene): Promise<Server> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  return {
    host,
    port,
    stored,
    entries,
    ask: (sent, headers) => askOver(port, { ...sent, host }, headers),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Sends a request with exactly these headers. */
export function askOver(
  port: number,
  sent: Sent,
  headers: readonly (readonly [string, string])[] = headersOf({ time: Date.now(), ...sent }),
): Promise<Answer> {
  const { method = 'GET', target = '/photos/public/a.jpg', body } = sent
  const length = body === undefined ? [] : ['content-length', String(Buffer.byteLength(body))]
  return new Promise((resolve, reject) => {
    const request = http.request({
      host: '127.0.0.1',
      port,
      method,
      path: target,
      setHost: false,
      agent: false,
      headers: [...headers.flat(), ...length] as never,
    })
    request.on('error', reject)
    request.on('response', async (response) => {
      try {
        const text = String(await buffer(response))
        resolve({ status: response.statusCode ?? 0, headers: response.headers as Record<string, string>, body: text })
      } catch (error) {
        reject(error)
      }
    })
    request.end(body)
  })
}

export const nodeServers: Readonly<Record<string, (options?: Options) => Promise<Server>>> = {
  'node:http': (options = {}) => {
    const scene = sceneOf(options)
    const authorize = nodeMiddleware(scene.options)
    return listening(
      http.createServer((message, response) => authorize(message, response, () => void serveNode(message, response, scene.stored))),
      scene,
    )
  },
  Express: (options = {}) => {
    const scene = sceneOf(options)
    const app = express()
    app.use(nodeMiddleware(scene.options))
    app.use((request, response) => serveNode(request, response, scene.stored))
    return listening(http.createServer(app), scene)
  },
  Fastify: async (options = {}) => {
    const scene = sceneOf(options)
    const app = Fastify({ forceCloseConnections: true })
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    app.addHook('onRequest', fastifyHook(scene.options))
    app.all('/*', async (request, reply) => {
      reply.hijack()
      await serveNode(request.raw, reply.raw, scene.stored)
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const server = await listening(app.server, scene)
    return { ...server, close: () => app.close() }
  },
}

function inProcess(scene: Scene, answer: (request: Request) => Response | Promise<Response>): Server {
  const host = 's3.example.test'
  return {
    host,
    port: 0,
    stored: scene.stored,
    entries: scene.entries,
    close: async () => {},
    async ask(sent, headers = headersOf({ time: Date.now(), ...sent, host })) {
      const { method = 'GET', target = '/photos/public/a.jpg', body } = sent
      const length: [string, string][] = body === undefined ? [] : [['content-length', String(Buffer.byteLength(body))]]
      const request = new Request(`https://${host}${target}`, {
        method,
        headers: [...headers.map(([name, value]): [string, string] => [name, value]), ...length],
        ...(body === undefined ? {} : { body: body as string }),
      })
      const response = await answer(request)
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
    },
  }
}

export const fetchServers: Readonly<Record<string, (options?: Options) => Promise<Server>>> = {
  'fetch style': async (options = {}) => {
    const scene = sceneOf(options)
    const authorize = fetchAuthorizer(scene.options)
    return inProcess(scene, async (request) => (await authorize(request)) ?? serveFetch(request, scene.stored))
  },
  Hono: async (options = {}) => {
    const scene = sceneOf(options)
    const app = new Hono()
    app.use(honoMiddleware(scene.options))
    app.all('*', (context) => serveFetch(context.req.raw, scene.stored))
    return inProcess(scene, (request) => app.fetch(request))
  },
}
