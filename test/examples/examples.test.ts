import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { signRequest } from '../../src/sigv4/sign-request.js'
import { askOver } from '../adapters/servers.js'
import { build, root } from '../cli/build.js'
import { sha256 } from '../gate/scene.js'

beforeAll(build)

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill()
})

interface Started {
  readonly port: number
  readonly log: () => string
}

async function start(example: string): Promise<Started> {
  const child = spawn(process.execPath, [join(root, 'examples', example)], { env: { ...process.env, PORT: '0' } })
  started.push(child)
  let log = ''
  child.stderr.on('data', (data) => {
    log += data
  })
  let said = ''
  for await (const data of child.stdout) {
    said += data
    const port = said.split('\n')[0]?.split(':').at(-1)
    if (said.includes('\n')) return { port: Number(port), log: () => log }
  }
  throw new Error(`${example} has ended: ${log}`)
}

type Pairs = [string, string][]

const secrets: Readonly<Record<string, string>> = { EDITOR: 'the-editors-secret', VISITOR: 'the-visitors-secret' }

/** The headers of a request, signed for a host by a key of the examples. */
function signed(method: string, target: string, key: string, host: string, body = '', secret = secrets[key] ?? ''): Pairs {
  const headers: Pairs = [['host', host]]
  const signer = { accessKey: key, secret, region: 'us-east-1', time: Date.now() }
  const added = signRequest({ ...signer, method, target, headers, contentSha256: sha256(body) }, nodeHashing)
  if (added instanceof Promise) throw new Error('node answers at once')
  return [...headers, ...added.map(([name, value]): [string, string] => [name, value])]
}

/** What every example answers: method, target, key, status. */
const asked: readonly [method: string, target: string, key: string | undefined, status: number][] = [
  ['GET', '/photos?list-type=2', 'EDITOR', 200],
  ['GET', '/photos?list-type=2', undefined, 403],
  ['GET', '/photos/albums/a%20b.jpg', 'VISITOR', 200],
  ['GET', '/photos/drafts/a.jpg', 'VISITOR', 403],
  ['GET', '/photos/public/a.jpg', undefined, 200],
  ['DELETE', '/photos/originals/a.jpg', 'EDITOR', 403],
  ['GET', '/photos/public/a.jpg', 'STRANGER', 403],
]

test.each(['node-http.mjs', 'fastify.mjs'])('%s', async (example) => {
  const { port, log } = await start(example)
  const host = `localhost:${port}`
  for (const [method, target, key, status] of asked) {
    const headers: Pairs = key === undefined ? [['host', host]] : signed(method, target, key, host)
    const answer = await askOver(port, { method, target }, headers)
    expect({ method, target, key, status: answer.status }).toEqual({ method, target, key, status })
    expect(answer.body).toContain(status === 200 ? 'photos' : '<Error><Code>')
  }
  const entries = (): string[] => log().trim().split('\n')
  await expect.poll(entries).toHaveLength(asked.length)
  expect(JSON.parse(entries()[5] ?? '')).toMatchObject({ code: 'AccessDenied', explanation: { policy: { kind: 'statements' } } })
})

describe('express.mjs', () => {
  test('stores, reads and tells what is missing', async () => {
    const { port } = await start('express.mjs')
    const host = `localhost:${port}`
    const ask = (method: string, target: string, key: string, body?: string, claimed = body) =>
      askOver(port, { method, target, ...(body === undefined ? {} : { body }) }, signed(method, target, key, host, claimed))
    expect(await ask('PUT', '/photos/albums/a.jpg', 'EDITOR', 'pixels')).toMatchObject({ status: 200 })
    expect(await ask('GET', '/photos/albums/a.jpg', 'VISITOR')).toMatchObject({ status: 200, body: 'pixels' })
    expect(await ask('PUT', '/photos/albums/b.jpg', 'VISITOR', 'pixels')).toMatchObject({ status: 403 })
    expect(await ask('PUT', '/photos/albums/b.jpg', 'EDITOR', 'others', 'pixels')).toMatchObject({
      status: 400,
      body: expect.stringContaining('XAmzContentSHA256Mismatch'),
    })
    expect(await ask('GET', '/photos/albums/b.jpg', 'EDITOR')).toMatchObject({ status: 404, body: expect.stringContaining('NoSuchKey') })
    expect(await askOver(port, { target: '/photos/public/b.jpg', host })).toMatchObject({ status: 403 })
    expect(await ask('GET', '/photos?list-type=2', 'EDITOR')).toMatchObject({ status: 501 })
  })
})

describe.each(['hono.mjs', 'worker.mjs'])('%s', (example) => {
  test.each(asked)('%s %s by %s: %i', async (method, target, key, status) => {
    const { default: app } = (await import(join(root, 'examples', example))) as { default: { fetch(request: Request): Promise<Response> } }
    const headers: Pairs = key === undefined ? [] : signed(method, target, key, 's3.example.test')
    const response = await app.fetch(new Request(`https://s3.example.test${target}`, { method, headers }))
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(status === 200 ? 'photos' : '<Error><Code>')
  })
})

describe.each(['nginx', 'caddy'])('%s/forward-auth.mjs', (proxy) => {
  test('answers the calls that its configuration makes', async () => {
    const { port } = await start(`${proxy}/forward-auth.mjs`)
    const host = 'localhost:8080'
    for (const [method, target, key, status] of asked) {
      const headers: Pairs = key === undefined ? [['host', host]] : signed(method, target, key, host)
      const forwarded: Pairs = [
        ['x-forwarded-for', '203.0.113.7'],
        ['x-forwarded-proto', 'http'],
        ['x-forwarded-tls-version', ''],
        ['x-forwarded-method', method],
        ['x-forwarded-uri', target],
        ['x-forwarded-content-length', ''],
      ]
      const answer = await askOver(port, { target: proxy === 'nginx' ? '/.decide' : '/' }, [...headers, ...forwarded])
      expect({ method, target, key, status: answer.status }).toEqual({ method, target, key, status })
      const document = proxy === 'nginx' ? answer.headers['x-s3-error'] : answer.body
      if (status !== 200) expect(document).toContain('<Error><Code>')
    }
  })
})

test('an example that is started on a port that is taken says so', async () => {
  const { port } = await start('node-http.mjs')
  const child = spawn(process.execPath, [join(root, 'examples/node-http.mjs')], { env: { ...process.env, PORT: String(port) } })
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(1)
})
