import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type ForwardAuthOptions, forwardAuth } from '../../src/adapters/forward-auth.js'
import type { ForwardAuthProxy } from '../../src/adapters/forward-auth-profiles.js'
import type { LogEntry } from '../../src/adapters/log-entry.js'
import { authorizer, deleteBody, headersOf, type Sent, secrets } from '../gate/scene.js'
import { type Answer, askOver } from './servers.js'
import { signedBySmithy } from './smithy.js'

const host = 's3.example.test'
const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

type Pairs = readonly (readonly [string, string])[]

interface Call {
  readonly method: string
  readonly target: string
  readonly headers: Pairs
  readonly body?: string | Uint8Array
}

/** The calls that the proxies make of a client's request, made by hand. */
const calls: Readonly<Record<ForwardAuthProxy, (sent: Sent, headers: Pairs) => Call>> = {
  nginx: byHeaders,
  caddy: byHeaders,
  traefik: ({ method = 'GET', target = '/' }, headers) => ({
    method: 'GET',
    target: '/authorize',
    headers: [
      ['host', '127.0.0.1:9000'],
      ...headers.filter(([name]) => name !== 'host'),
      ['x-forwarded-for', '203.0.113.7'],
      ['x-forwarded-proto', 'https'],
      ['x-forwarded-host', host],
      ['x-forwarded-method', method],
      ['x-forwarded-uri', target],
    ],
  }),
  envoy: ({ method = 'GET', target = '/' }, headers) => ({
    method,
    target,
    headers: [...headers, ['x-forwarded-for', '203.0.113.7'], ['x-forwarded-proto', 'https'], ['x-envoy-internal', 'true']],
  }),
}

function byHeaders({ method = 'GET', target = '/', body }: Sent, headers: Pairs): Call {
  return {
    method: 'GET',
    target: '/.decide',
    headers: [
      ...headers,
      ['x-forwarded-for', '203.0.113.7'],
      ['x-forwarded-proto', 'https'],
      ['x-forwarded-tls-version', 'TLSv1.3'],
      ['x-forwarded-method', method],
      ['x-forwarded-uri', target],
      ...(body === undefined ? [] : [['x-forwarded-content-length', String(body.length)] as const]),
    ],
  }
}

async function deciding(options: Partial<ForwardAuthOptions> & Pick<ForwardAuthOptions, 'proxy'>): Promise<{
  entries: LogEntry[]
  ask(sent: Sent, given?: Pairs, more?: Pairs): Promise<Answer>
}> {
  const entries: LogEntry[] = []
  const log = (entry: LogEntry): void => void entries.push(entry)
  const server = http.createServer(forwardAuth({ authorizer, secrets, log, server: 's3', trustedProxies: ['127.0.0.1'], ...options }))
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    entries,
    ask(sent, given = headersOf({ time: Date.now(), ...sent, host }), more = []) {
      const { method, target, headers } = calls[options.proxy](sent, given)
      // Envoy says of a body that it keeps to itself that there is none.
      const body = options.passesBody && sent.body !== undefined ? { body: sent.body } : options.proxy === 'envoy' ? { body: '' } : {}
      return askOver(port, { method, target, ...body }, [...headers, ...more])
    },
  }
}

/** S3's status and document, wherever the proxy wants them. */
function saidBy(proxy: ForwardAuthProxy, { status, headers, body }: Answer): { status: number; document: string } {
  return proxy === 'nginx' && status !== 200
    ? { status: Number(headers['x-s3-error-status']), document: headers['x-s3-error'] ?? '' }
    : { status, document: body }
}

const remove: Sent = { method: 'POST', target: '/photos?delete', key: 'EDITOR', body: deleteBody('a', 'b') }

describe.each(Object.keys(calls) as ForwardAuthProxy[])('%s', (proxy) => {
  test.each<[what: string, sent: Sent, status: number, code: string]>([
    ['a public object', { target: '/photos/public/a.jpg' }, 200, ''],
    ['a private object', { target: '/plain/a.jpg' }, 403, 'AccessDenied'],
    ['signed', { target: '/plain/a%20b.jpg?versionId=1', key: 'EDITOR' }, 200, ''],
    ['signed, but not allowed', { method: 'PUT', target: '/plain/a.jpg', key: 'VISITOR', body: 'a' }, 403, 'AccessDenied'],
    ['from the office', { target: '/photos/office/a.jpg' }, 200, ''],
    ['an unknown sub-resource', { target: '/plain/a?unheard-of', key: 'EDITOR' }, proxy === 'envoy' ? 403 : 501, 'NotImplemented'],
    ['a bucket that is not there', { target: '/nowhere/a', key: 'ADMIN' }, 404, 'NoSuchBucket'],
    [
      'an underscore',
      { target: '/photos/public/a', headers: [['x_amz_acl', 'public-read']] },
      proxy === 'envoy' ? 403 : 501,
      'NotImplemented',
    ],
    ['what nobody can see is refused', remove, 403, 'AccessDenied'],
  ])('%s', async (_, sent, status, code) => {
    const { ask } = await deciding({ proxy })
    const said = saidBy(proxy, await ask(sent))
    expect(said).toEqual({ status, document: code === '' ? '' : expect.stringContaining(`<Code>${code}</Code>`) })
  })

  test('signed by the SDK', async () => {
    const sent: Sent = { method: 'PUT', target: '/plain/a b'.replace(' ', '%20'), body: 'hello' }
    const { ask } = await deciding({ proxy })
    const headers = await signedBySmithy(sent, host)
    expect((await ask(sent, headers)).status).toBe(200)
    expect((await ask({ ...sent, target: '/plain/other' }, headers)).status).toBe(403)
  })

  test('why a body is needed is in the log', async () => {
    const { ask, entries } = await deciding({ proxy })
    await ask(remove)
    expect(entries).toMatchObject([
      { outcome: 'refused', operation: 'DeleteObjects', accessKey: 'EDITOR', problem: expect.stringMatching(/the body cannot be seen/) },
    ])
  })

  test('tags in a body that is not seen are not taken for none', async () => {
    const { ask } = await deciding({
      proxy,
      authorizer: authorizer.with({
        keys: [{ accessKey: 'EDITOR', account: '111122223333', grants: [{ bucket: 'fresh', actions: ['s3:CreateBucket'] }] }],
        buckets: [{ name: 'fresh', owner: '111122223333' }],
      }),
    })
    const sent: Sent = {
      method: 'PUT',
      target: '/fresh',
      key: 'EDITOR',
      contentSha256: 'UNSIGNED-PAYLOAD',
      body: '<CreateBucketConfiguration/>',
    }
    expect((await ask(sent)).status).toBe(403)
  })

  test('a proxy that nobody trusts asks in vain', async () => {
    const { ask, entries } = await deciding({ proxy, trustedProxies: ['10.0.0.0/8'] })
    expect(saidBy(proxy, await ask({ target: '/photos/public/a.jpg' })).status).toBe(403)
    expect(entries[0]?.problem).toMatch(/no trusted proxy/)
  })

  test('a call that says things twice is refused', async () => {
    const { ask } = await deciding({ proxy })
    const twice: Pairs = proxy === 'envoy' ? [['host', 'other']] : [['x-forwarded-uri', '/photos/public/other']]
    expect(saidBy(proxy, await ask({ target: '/photos/public/a.jpg' }, undefined, twice)).status).toBeGreaterThanOrEqual(400)
  })

  test.each<[what: string, options: Partial<ForwardAuthOptions>]>([
    ['log', { log: fails }],
    ['secretsFor', { secrets: { secretsFor: fails } }],
    ['authorizer', { authorizer: fails }],
  ])('nobody passes if %s throws', async (_, options) => {
    const { ask } = await deciding({ proxy, ...options })
    expect(saidBy(proxy, await ask({ target: '/plain/a.jpg', key: 'EDITOR' })).document).toContain('<Code>InternalError</Code>')
  })
})

function fails(): never {
  throw new Error('no')
}

describe('bodies that are passed along', () => {
  const added: Readonly<Record<string, Pairs>> = { traefik: [], envoy: [['x-envoy-auth-partial-body', 'false']] }

  test.each(['traefik', 'envoy'] as const)('%s', async (proxy) => {
    const { ask } = await deciding({ proxy, passesBody: true })
    expect((await ask(remove, undefined, added[proxy])).status).toBe(200)
    expect((await ask({ ...remove, body: deleteBody('originals/b') }, undefined, added[proxy])).status).toBe(403)
  })

  test('a part of one is none', async () => {
    const { ask } = await deciding({ proxy: 'envoy', passesBody: true })
    expect((await ask(remove, undefined, [['x-envoy-auth-partial-body', 'true']])).status).toBe(403)
  })

  test.each(['nginx', 'caddy'] as const)('%s cannot', (proxy) => {
    expect(() => forwardAuth({ proxy, server: 's3', passesBody: true, authorizer, secrets, trustedProxies: [] })).toThrow(TypeError)
  })
})

test('what the server behind would take for another request is refused, and a server must be named', async () => {
  const analytics = { method: 'GET', target: '/photos?analytics&id=1', key: 'EDITOR' }
  const asked = await Promise.all((['s3', 'ceph'] as const).map((server) => deciding({ proxy: 'caddy', server })))
  const [bare, ceph] = await Promise.all(asked.map(({ ask }) => ask(analytics)))
  expect(bare?.status).toBe(403)
  expect(ceph?.status).toBe(501)
  const unnamed = { proxy: 'caddy', authorizer, secrets, trustedProxies: [] } as unknown as ForwardAuthOptions
  expect(() => forwardAuth(unnamed)).toThrow(/server/)
  expect(() => forwardAuth({ ...unnamed, server: 'cehp' as 'ceph' })).toThrow(/ceph/)
})
