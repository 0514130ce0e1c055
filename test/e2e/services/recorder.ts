import { readFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { RequestSplitter } from './request-splitter.js'
import type { Service } from './service.js'
import type { Certificate } from './tls.js'

export interface RecordedRequest {
  /** Epoch milliseconds of its first byte. */
  readonly time: number
  /** As sent, with its head. */
  readonly bytes: Buffer
}

export interface Recorder extends Service {
  readonly url: string
  readonly port: number
  /** All requests so far that came whole, in the order of their ends. */
  readonly requests: readonly RecordedRequest[]
  /** Forgets what came so far, and returns it. */
  take(): readonly RecordedRequest[]
}

/**
 * Passes connections on to a port of loopback, byte for byte, and keeps the requests that go there.
 * @param tls makes it an https server; the upstream is asked in plain http
 */
export async function startRecorder(upstreamPort: number, tls?: Certificate): Promise<Recorder> {
  let requests: RecordedRequest[] = []
  const sockets = new Set<Socket>()
  const serve = (client: Socket): void => {
    const upstream = connect({ host: '127.0.0.1', port: upstreamPort })
    const splitter = new RequestSplitter((bytes, time) => requests.push({ bytes, time }))
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      socket.on('error', () => socket.destroy())
    }
    client.on('data', (chunk: Buffer) => splitter.push(chunk))
    client.pipe(upstream)
    upstream.pipe(client)
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.end())
  }
  const server =
    tls === undefined ? createServer(serve) : createTlsServer({ cert: readFileSync(tls.certificate), key: readFileSync(tls.key) }, serve)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  const { port } = address
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    get requests() {
      return requests
    },
    take() {
      const taken = requests
      requests = []
      return taken
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
