import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import http2 from 'node:http2'
import net, { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import express from 'express'
import { afterEach, describe, expect, test } from 'vitest'
import type { LogEntry } from '../../src/adapters/log-entry.js'
import { permittedRequest } from '../../src/adapters/node-gate.js'
import { peerOf } from '../../src/adapters/node-incoming.js'
import { nodeMiddleware } from '../../src/adapters/node-middleware.js'
import { verifiedBody } from '../../src/adapters/verified-body.js'
import { authorizer, headersOf, type Sent, secrets } from '../gate/scene.js'
import { askOver, type Options } from './servers.js'

type Handler = (message: IncomingMessage, response: ServerResponse) => void

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function listen(
  handler: Handler,
  where: { port: number } | { path: string } = { port: 0 },
): Promise<{ server: http.Server; port: number; host: string }> {
  const server = http.createServer(handler)
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  await new Promise<void>((resolve) => server.listen(where, resolve))
  const { port = 0 } = server.address() as Partial<AddressInfo>
  return { server, port, host: `127.0.0.1:${port}` }
}

function gate(options: Options = {}): { authorize: ReturnType<typeof nodeMiddleware>; entries: LogEntry[] } {
  const entries: LogEntry[] = []
  return { entries, authorize: nodeMiddleware({ authorizer, secrets, log: (entry) => entries.push(entry), ...options }) }
}

function deferred(): { promise: Promise<unknown>; resolve: (value: unknown) => void } {
  let resolve: (value: unknown) => void = () => {}
  const promise = new Promise<unknown>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

function head(sent: Sent, host: string, more: readonly string[] = []): string {
  const { method = 'GET', target = '/photos/public/a.jpg' } = sent
  const lines = headersOf({ time: Date.now(), ...sent, host }).map(([name, value]) => `${name}: ${value}`)
  return `${[`${method} ${target} HTTP/1.1`, ...lines, ...more].join('\r\n')}\r\n\r\n`
}

/** What a plain socket reads until the server closes it, or says the last of the texts. */
async function exchange(port: number, said: readonly (string | Buffer)[], until?: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1')
  let heard = ''
  socket.on('data', (data) => {
    heard += data
    if (until !== undefined && heard.includes(until)) socket.end()
  })
  for (const text of said) socket.write(text)
  await once(socket, 'close')
  return heard
}

const upload = (size: number, key?: string): Sent => ({
  method: 'PUT',
  target: '/plain/a',
  contentSha256: 'UNSIGNED-PAYLOAD',
  body: 'x'.repeat(size),
  ...(key === undefined ? {} : { key }),
})

describe('connections', () => {
  test('go on after a refusal without body', async () => {
    const { authorize } = gate()
    const { port, host } = await listen((message, response) => authorize(message, response, () => response.end('yes')))
    const heard = await exchange(port, [head({ target: '/plain/a' }, host), head({}, host)], 'yes')
    expect(heard.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 403', 'HTTP/1.1 200'])
  })

  test('go on after a refusal whose body has come', async () => {
    const { authorize } = gate()
    const { port, host } = await listen((message, response) => authorize(message, response, () => response.end('yes')))
    const heard = await exchange(
      port,
      [`${head({ method: 'PUT', target: '/plain/a' }, host, ['Content-Length: 5'])}hello${head({}, host)}`],
      'yes',
    )
    expect(heard.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 403', 'HTTP/1.1 200'])
  })

  test('are closed after a refusal whose body has still to come, which is not taken for a request', async () => {
    const { authorize, entries } = gate()
    const { port, host } = await listen((message, response) => authorize(message, response, () => response.end('yes')))
    const hidden = head({}, host)
    const refused = head({ method: 'PUT', target: '/plain/a' }, host, ['Content-Length: 100000'])
    const heard = await exchange(port, [refused, hidden, 'x'.repeat(100_000 - hidden.length)])
    expect(heard).toMatch(/^HTTP\/1.1 403[\s\S]*connection: close/i)
    expect(entries).toHaveLength(1)
  })

  test('the answer is there before the body is', async () => {
    const { authorize } = gate()
    const { port, host } = await listen((message, response) => authorize(message, response, () => response.end('yes')))
    const heard = await exchange(port, [head({ method: 'PUT', target: '/plain/a' }, host, ['Content-Length: 100000'])], '</Error>')
    expect(heard).toContain('<Code>AccessDenied</Code>')
  })

  test('whoever waits for 100 Continue is refused without it', async () => {
    const { authorize } = gate()
    const { server, port, host } = await listen(() => {})
    server.on('checkContinue', (message: IncomingMessage, response: ServerResponse) => {
      authorize(message, response, () => {
        response.writeContinue()
        void text(verifiedBody(message)).then((body) => response.end(body))
      })
    })
    const expecting = ['Content-Length: 5', 'Expect: 100-continue']
    const refused = await exchange(port, [head({ method: 'PUT', target: '/plain/a' }, host, expecting)], '</Error>')
    expect(refused).toMatch(/^HTTP\/1.1 403/)
    const taken = await exchange(port, [head({ ...upload(5, 'EDITOR'), body: 'hello' }, host, expecting), 'hello'], 'hello')
    expect(taken).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200/)
  })

  test('a client that goes away while the gate reads is no trouble', async () => {
    const { authorize, entries } = gate()
    const { port, host } = await listen((message, response) => authorize(message, response, () => response.end('yes')))
    const socket = net.connect(port, '127.0.0.1')
    socket.write(`${head({ method: 'POST', target: '/photos?delete', key: 'EDITOR' }, host, ['Content-Length: 1000'])}<Delete>`)
    await once(socket, 'ready')
    setTimeout(() => socket.destroy(), 100)
    await expect.poll(() => entries.at(-1)?.code).toBe('IncompleteBody')
  })

  test('an upload that is broken off is not one that has ended', async () => {
    const { authorize } = gate()
    const { promise, resolve } = deferred()
    const { port, host } = await listen((message, response) =>
      authorize(message, response, () => void buffer(verifiedBody(message)).then(resolve, resolve)),
    )
    const socket = net.connect(port, '127.0.0.1')
    socket.write(`${head(upload(0, 'EDITOR'), host, ['Content-Length: 1000'])}some`)
    await once(socket, 'ready')
    setTimeout(() => socket.destroy(), 100)
    expect(await promise).toMatchObject({ name: 'BodyError', error: { code: 'IncompleteBody' } })
  })

  test('somebody else has answered already', async () => {
    const { authorize } = gate()
    const { port, host } = await listen((message, response) => {
      response.end('too late')
      authorize(message, response, () => {})
    })
    expect(await askOver(port, { target: '/plain/a', host })).toMatchObject({ status: 200, body: 'too late' })
  })
})

describe('Express', () => {
  test('a middleware that is mounted sees the whole target', async () => {
    const { authorize } = gate()
    const app = express()
    const router = express.Router()
    router.use(authorize)
    router.use((request, response) => void response.send(permittedRequest(request)?.request.key))
    app.use('/plain', router)
    const { port, host } = await listen(app)
    expect(await askOver(port, { target: '/plain/a.jpg', key: 'EDITOR', host })).toMatchObject({ status: 200, body: 'a.jpg' })
  })

  test.each<[what: string, sent: Sent, status: number]>([
    [
      'a document that the gate needs',
      { method: 'POST', target: '/photos?delete', key: 'EDITOR', body: '<Delete><Object><Key>a</Key></Object></Delete>' },
      500,
    ],
    ['a body that nobody has to see', upload(5, 'EDITOR'), 200],
  ])('a body parser that comes first is told of: %s', async (_, sent, status) => {
    const { authorize, entries } = gate()
    const app = express()
    app.use(express.raw({ type: () => true }))
    app.use(authorize)
    app.use((request, response) => {
      expect(() => verifiedBody(request)).toThrow(/was read before/)
      response.end()
    })
    const { port, host } = await listen(app)
    expect((await askOver(port, { ...sent, host })).status).toBe(status)
    if (status === 500) expect(entries.at(-1)?.problem).toMatch(/put it before body parsers/)
  })

  test('a body is asked for once', async () => {
    const { authorize } = gate()
    const app = express()
    app.use(authorize)
    app.use(async (request, response) => {
      await buffer(verifiedBody(request))
      expect(() => verifiedBody(request)).toThrow(TypeError)
      response.end('once')
    })
    const { port, host } = await listen(app)
    expect(await askOver(port, { ...upload(5, 'EDITOR'), host })).toMatchObject({ body: 'once' })
  })

  test('a request that has not passed has no verified body', async () => {
    const { port, host } = await listen((message, response) => {
      expect(() => verifiedBody(message)).toThrow(/put the middleware first/)
      response.end('none')
    })
    expect(await askOver(port, { host })).toMatchObject({ body: 'none' })
  })
})

describe('proxies', () => {
  const office: [string, string][] = [
    ['x-forwarded-for', '203.0.113.7'],
    ['x-forwarded-proto', 'https'],
  ]
  const asked = async (options: Options, headers: [string, string][]): Promise<LogEntry | undefined> => {
    const { authorize, entries } = gate(options)
    const { port, host } = await listen((message, response) => authorize(message, response, () => response.end('yes')))
    await askOver(port, { target: '/photos/office/a', headers, host })
    return entries[0]
  }

  test.each<[what: string, options: Options, outcome: string, sourceIp: string | undefined]>([
    ['that nobody trusts', {}, 'refused', '127.0.0.1'],
    ['of another network', { trustedProxies: ['10.0.0.0/8'] }, 'refused', '127.0.0.1'],
    ['of a Unix socket, which this is not', { trustedProxies: ['unix'] }, 'refused', '127.0.0.1'],
    ['that are trusted', { trustedProxies: ['127.0.0.0/8'] }, 'permitted', '203.0.113.7'],
  ])('%s', async (_, options, outcome, sourceIp) => {
    expect(await asked(options, office)).toMatchObject({ outcome, ...(sourceIp === undefined ? {} : { sourceIp }) })
  })

  test('over a Unix socket', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'grantree-socket-'))
    closing.push(() => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, 's')
    const { authorize, entries } = gate({ trustedProxies: ['unix'] })
    await listen((message, response) => authorize(message, response, () => response.end('yes')), { path })
    const request = http.get({ socketPath: path, path: '/photos/office/a', headers: Object.fromEntries(office) })
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    response.resume()
    expect(entries).toMatchObject([{ outcome: 'permitted', sourceIp: '203.0.113.7' }])
  })

  test.each<[what: string, socket: object, address: string | undefined]>([
    ['a client', { remoteAddress: '203.0.113.7', localAddress: '127.0.0.1', destroyed: false }, '203.0.113.7'],
    ['a Unix socket', { destroyed: false }, 'unix'],
    ['a client that has reset its connection', { localAddress: '127.0.0.1', destroyed: false }, undefined],
    ['a connection that is closed', { destroyed: true }, undefined],
  ])('whose connection it is: %s', (_, socket, address) => {
    expect(peerOf({ socket } as IncomingMessage).address).toBe(address)
  })

  test('a session of HTTP/2 that is over is nobody’s', () => {
    const socket = new Proxy(
      {},
      {
        get: () => {
          throw new Error('gone')
        },
      },
    )
    expect(peerOf({ socket } as IncomingMessage).address).toBeUndefined()
  })
})

describe('HTTP/2', () => {
  async function connect(
    options: Options = {},
  ): Promise<{ session: http2.ClientHttp2Session; host: string; entries: LogEntry[]; bodies: unknown[] }> {
    const { authorize, entries } = gate(options)
    const bodies: unknown[] = []
    const server = http2.createServer((message: http2.Http2ServerRequest, response: http2.Http2ServerResponse) => {
      const [request, answer] = [message as unknown as IncomingMessage, response as unknown as ServerResponse]
      authorize(request, answer, () => {
        text(verifiedBody(request)).then(
          (body) => {
            bodies.push(body)
            response.end(`${permittedRequest(request)?.request.key}`)
          },
          (error) => bodies.push(error),
        )
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const session = http2.connect(`http://${host}`)
    closing.push(() => {
      session.destroy()
      server.close()
    })
    return { session, host, entries, bodies }
  }

  function send(session: http2.ClientHttp2Session, sent: Sent, host: string, more: Record<string, string> = {}): http2.ClientHttp2Stream {
    const { method = 'GET', target = '/photos/public/a.jpg' } = sent
    const headers = Object.fromEntries(headersOf({ time: Date.now(), ...sent, host }).filter(([name]) => name !== 'host'))
    return session.request({ ':method': method, ':path': target, ':authority': host, ...headers, ...more }, { endStream: false })
  }

  async function answerOf(stream: http2.ClientHttp2Stream, body = ''): Promise<[status: number | undefined, body: string]> {
    const response = once(stream, 'response')
    stream.end(body)
    const [headers] = (await response) as [http2.IncomingHttpHeaders & http2.IncomingHttpStatusHeader]
    return [headers[':status'], await text(stream)]
  }

  test('signed requests, whose host is :authority', async () => {
    const { session, host, bodies, entries } = await connect()
    expect(await answerOf(send(session, { target: '/plain/a', key: 'EDITOR' }, host))).toEqual([200, 'a'])
    expect(await answerOf(send(session, { ...upload(5, 'EDITOR'), body: 'hello' }, host), 'hello')).toEqual([200, 'a'])
    expect(bodies).toEqual(['', 'hello'])
    expect(entries[0]).toMatchObject({ sourceIp: '127.0.0.1', accessKey: 'EDITOR' })
  })

  test('refusals', async () => {
    const { session, host } = await connect()
    const [status, body] = await answerOf(send(session, { target: '/plain/a' }, host))
    expect(status).toBe(403)
    expect(body).toContain('<Code>AccessDenied</Code>')
  })

  test('a Host that says something else', async () => {
    const { session, host } = await connect()
    const [status, body] = await answerOf(send(session, {}, host, { host: 'other.example.test' }))
    expect(status).toBe(400)
    expect(body).toContain('The Host header was given twice.')
  })

  test.each<[what: string, leave: (stream: http2.ClientHttp2Stream, session: http2.ClientHttp2Session) => void]>([
    ['the stream is reset', (stream) => stream.destroy(new Error('enough'))],
    ['the session ends', (_, session) => session.destroy()],
  ])('an upload that is broken off is not one that has ended: %s', async (_, leave) => {
    const { session, host, bodies } = await connect()
    const stream = send(session, upload(5, 'EDITOR'), host)
    stream.on('error', () => {})
    stream.write('some')
    setTimeout(() => leave(stream, session), 100)
    await expect.poll(() => bodies).toMatchObject([{ name: 'BodyError', error: { code: 'IncompleteBody' } }])
  })
})
