import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { permittedRequest } from '../../src/adapters/node-gate.js'
import { nodeMiddleware } from '../../src/adapters/node-middleware.js'
import { verifiedBody } from '../../src/adapters/verified-body.js'
import { Authorizer } from '../../src/authorizer/authorizer.js'
import { BodyError } from '../../src/gate/verified-pieces.js'
import { grantree, NOON, OWNER, scratch } from '../cli/grantree.js'

/**
 * User-specific uploads, end to end: the web application has a key that may write below `users/`, gives its users URLs and forms that are bound to
 * their own folder, and the server, which knows nothing of the application, keeps them to it.
 */
const snapshot = {
  buckets: [{ name: 'uploads', owner: OWNER }],
  keys: [
    { accessKey: 'APP', account: OWNER, grants: [{ bucket: 'uploads', permission: 'readwrite', prefix: 'users/' }] },
    { accessKey: 'OTHER', account: OWNER, grants: [{ bucket: 'uploads', permission: 'readwrite', prefix: 'others/' }] },
  ],
}
const secrets: Readonly<Record<string, string>> = { APP: 'the-secret-of-the-application', OTHER: 'the-secret-of-another' }

interface Stored {
  readonly bytes: Buffer
  readonly type: string | undefined
}

const store = new Map<string, Stored>()
let time = NOON
let endpoint = ''

const authorize = nodeMiddleware({
  authorizer: Authorizer.from(JSON.stringify(snapshot)),
  secrets: { secretsFor: (accessKey) => (accessKey in secrets ? [secrets[accessKey] as string] : []) },
  clock: () => time,
})

/** The server's own part: what is permitted is done, and an object is stored once its body has ended well. */
async function carryOut(message: IncomingMessage, response: ServerResponse): Promise<void> {
  const permitted = permittedRequest(message)
  if (permitted === undefined) throw new Error('the middleware has let something through that it does not know')
  const { request, form } = permitted
  const key = form?.key ?? request.key ?? ''
  if (request.operation.name === 'GetObject') {
    const object = store.get(key)
    response.writeHead(object === undefined ? 404 : 200).end(object?.bytes)
    return
  }
  if (request.operation.name === 'DeleteObject') {
    store.delete(key)
    response.writeHead(204).end()
    return
  }
  const type = form === undefined ? message.headers['content-type'] : form.fields.get('content-type')
  store.set(key, { bytes: await buffer(verifiedBody(message)), type })
  response.writeHead(form === undefined ? 200 : 204).end()
}

const server = createServer((message, response) => {
  authorize(message, response, () => {
    carryOut(message, response).catch((error: unknown) => {
      if (!(error instanceof BodyError)) throw error
      response.writeHead(error.error.status, { connection: 'close' }).end(`<Error><Code>${error.error.code}</Code></Error>`)
    })
  })
})

const { file } = scratch()
const snapshotFile = file('snapshot.json', snapshot)

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())
beforeEach(() => {
  time = NOON
  store.clear()
})

async function presign(args: readonly string[], key = 'APP') {
  const common = ['--snapshot', snapshotFile, '--key', key, '--endpoint', endpoint, '--format', 'json']
  const { code, out, err } = await grantree(['presign', ...args, ...common], { environment: { GRANTREE_SECRET: secrets[key] ?? '' } })
  expect({ code, err }).toMatchObject({ code: 0 })
  return JSON.parse(out)
}

interface Answer {
  readonly status: number
  /** S3's, of a refusal. */
  readonly code: string | undefined
  readonly text: string
}

async function send(url: string, request: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, request)
  const text = await response.text()
  return { status: response.status, code: /<Code>(.*?)<\/Code>/.exec(text)?.[1], text }
}

describe('a form', () => {
  type Fields = Record<string, string>
  const photo = Buffer.from([0xff, 0xd8, 0xff, 0, 13, 10, 45, 45, ...Array.from({ length: 500 }, (_, at) => at % 256)])
  const bound = ['POST', 'uploads', '--prefix', 'users/anna/', '--min-size', '10', '--max-size', '1KB', '--content-type', 'image/']

  async function annasForm(): Promise<{ readonly url: string; readonly fields: Fields }> {
    const { url, fields } = await presign([...bound, '--expires', '1h'])
    return { url, fields: { ...fields, 'Content-Type': 'image/jpeg' } }
  }

  function upload(url: string, fields: Fields, bytes: Uint8Array<ArrayBuffer> = photo, name = 'me.jpg'): Promise<Answer> {
    const form = new FormData()
    for (const [field, value] of Object.entries(fields)) form.append(field, value)
    form.append('file', new Blob([bytes], { type: 'image/jpeg' }), name)
    return send(url, { method: 'POST', body: form })
  }

  test.each<[string, Fields, string, string]>([
    ['a photo', {}, 'me.jpg', 'users/anna/me.jpg'],
    ['a photo under a name of its own', { key: 'users/anna/2026/portrait.jpg' }, 'me.jpg', 'users/anna/2026/portrait.jpg'],
    ['a photo of another type', { 'Content-Type': 'image/png' }, 'ü ß.png', 'users/anna/ü ß.png'],
    ['a photo whose name has folders', {}, 'C:\\photos\\..\\me.jpg', 'users/anna/me.jpg'],
  ])('%s is stored, byte by byte', async (_, changed, name, key) => {
    const { url, fields } = await annasForm()
    const all = { ...fields, ...changed }
    expect(await upload(url, all, photo, name)).toMatchObject({ status: 204 })
    expect([...store.keys()]).toEqual([key])
    expect(store.get(key)).toEqual({ bytes: photo, type: all['Content-Type'] })
  })

  test('sizes at both ends are taken', async () => {
    const { url, fields } = await annasForm()
    for (const size of [10, 1000]) {
      expect(await upload(url, fields, Buffer.alloc(size, 1), `${size}.jpg`)).toMatchObject({ status: 204 })
      expect(store.get(`users/anna/${size}.jpg`)?.bytes.length).toBe(size)
    }
  })

  test('as long as it is good, and no longer', async () => {
    const { url, fields } = await annasForm()
    time = NOON + 3_599_999
    expect(await upload(url, fields)).toMatchObject({ status: 204 })
    store.clear()
    time = NOON + 3_600_000
    expect(await upload(url, fields)).toMatchObject({ status: 403, code: 'AccessDenied', text: expect.stringContaining('Policy expired') })
    expect(store.size).toBe(0)
  })

  /** The policy with something else in it, under the signature of the first. */
  function tampered(fields: Fields, change: (text: string) => string): Fields {
    const text = Buffer.from(fields.policy ?? '', 'base64').toString()
    const changed = change(text)
    if (changed === text) throw new Error('nothing was changed')
    return { ...fields, policy: Buffer.from(changed).toString('base64') }
  }

  const without = ({ ...fields }: Fields, name: string): Fields => {
    if (!delete fields[name]) throw new Error('not there')
    return fields
  }

  test.each<[string, (fields: Fields) => Fields, number, string]>([
    ['the folder of another user', (fields) => ({ ...fields, key: 'users/boris/me.jpg' }), 403, 'AccessDenied'],
    ['a folder that begins alike', (fields) => ({ ...fields, key: 'users/anna2/me.jpg' }), 403, 'AccessDenied'],
    ['a folder outside', (fields) => ({ ...fields, key: 'me.jpg' }), 403, 'AccessDenied'],
    ['another type', (fields) => ({ ...fields, 'Content-Type': 'text/html' }), 403, 'AccessDenied'],
    ['a second type in disguise', (fields) => ({ ...fields, 'Content-Type': 'image/png, text/html' }), 403, 'AccessDenied'],
    ['no type', (fields) => without(fields, 'Content-Type'), 403, 'AccessDenied'],
    ['a field more', (fields) => ({ ...fields, acl: 'public-read' }), 403, 'AccessDenied'],
    ['metadata', (fields) => ({ ...fields, 'x-amz-meta-from': 'anna' }), 403, 'AccessDenied'],
    ['another bucket', (fields) => ({ ...fields, bucket: 'others' }), 403, 'AccessDenied'],
    [
      'a policy with another folder',
      (fields) => tampered(fields, (text) => text.replace('users/anna/', 'users/')),
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'a policy without a bound',
      (fields) => tampered(fields, (text) => text.replace(',["content-length-range",10,1000]', '')),
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'a policy that lasts longer',
      (fields) => tampered(fields, (text) => text.replace('2026-09-21T13', '2027-09-21T13')),
      403,
      'SignatureDoesNotMatch',
    ],
    ['a policy with one more blank', (fields) => tampered(fields, (text) => `${text} `), 403, 'SignatureDoesNotMatch'],
    [
      'a signature cut off',
      (fields) => ({ ...fields, 'x-amz-signature': fields['x-amz-signature']?.slice(1) ?? '' }),
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'another key’s name over it',
      (fields) => ({ ...fields, 'x-amz-credential': fields['x-amz-credential']?.replace('APP', 'OTHER') ?? '' }),
      403,
      'SignatureDoesNotMatch',
    ],
    [
      'a key that nobody knows',
      (fields) => ({ ...fields, 'x-amz-credential': fields['x-amz-credential']?.replace('APP', 'NOBODY') ?? '' }),
      403,
      'InvalidAccessKeyId',
    ],
    [
      'the credential of another day',
      (fields) => ({ ...fields, 'x-amz-date': '20260922T000000Z' }),
      400,
      'AuthorizationQueryParametersError',
    ],
    ['no policy', (fields) => without(fields, 'policy'), 400, 'InvalidArgument'],
    ['no signature', (fields) => without(fields, 'x-amz-signature'), 400, 'InvalidArgument'],
    ['nothing but a key: an anonymous form', ({ key = '' }) => ({ key }), 403, 'AccessDenied'],
  ])('%s: refused, and nothing is stored', async (_, change, status, code) => {
    const { url, fields } = await annasForm()
    expect(await upload(url, change(fields))).toMatchObject({ status, code })
    expect(store.size).toBe(0)
  })

  test.each<[string, number, string]>([
    ['empty', 0, 'EntityTooSmall'],
    ['one byte too small', 9, 'EntityTooSmall'],
    ['one byte too large', 1001, 'EntityTooLarge'],
    ['far too large', 3_000_000, 'EntityTooLarge'],
  ])('%s: refused, and nothing is stored', async (_, size, code) => {
    const { url, fields } = await annasForm()
    const answer = upload(url, fields, Buffer.alloc(size, 1))
    // A server that has answered need not read on; the client may then learn of the end of the connection first.
    const cutOff = size > 1_000_000 ? answer.catch(() => ({ status: 400, code })) : answer
    expect(await cutOff).toMatchObject({ status: 400, code })
    expect(store.size).toBe(0)
  })

  test('of another key, which may write elsewhere: refused, because its key may not do it', async () => {
    const { url, fields } = await presign(['POST', 'uploads', '--prefix', 'others/'], 'OTHER')
    expect(await upload(url, { ...fields, key: 'users/anna/me.jpg' })).toMatchObject({ status: 403, code: 'AccessDenied' })
    expect(store.size).toBe(0)
    expect(await upload(url, fields)).toMatchObject({ status: 204 })
    expect([...store.keys()]).toEqual(['others/me.jpg'])
  })

  test('signed with the secret of another key: refused', async () => {
    const common = ['--snapshot', snapshotFile, '--key', 'APP', '--endpoint', endpoint, '--format', 'json']
    const { out } = await grantree(['presign', ...bound, ...common], { environment: { GRANTREE_SECRET: secrets.OTHER ?? '' } })
    const { url, fields } = JSON.parse(out)
    expect(await upload(url, { ...fields, 'Content-Type': 'image/jpeg' })).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' })
    expect(store.size).toBe(0)
  })

  test('sent to another bucket: refused', async () => {
    const { url, fields } = await annasForm()
    expect(await upload(url.replace('/uploads', '/others'), fields)).toMatchObject({ status: 403 })
    expect(store.size).toBe(0)
  })

  test('signed by a key that could not write there, whoever had signed it: no form is made', async () => {
    const common = ['--snapshot', snapshotFile, '--key', 'OTHER', '--endpoint', endpoint]
    const environment = { GRANTREE_SECRET: secrets.OTHER ?? '' }
    expect(await grantree(['presign', ...bound, ...common], { environment })).toMatchObject({ code: 1, out: '' })
  })
})

describe('a URL to write', () => {
  const bytes = Buffer.from('the letter')
  const put = (url: string, rest: RequestInit = {}) =>
    send(url, { method: 'PUT', body: bytes, ...rest, headers: { 'content-type': 'text/plain', ...(rest.headers as object) } })
  const annas = async () =>
    (await presign(['PUT', 'uploads/users/anna/letter.txt', '--content-type', 'text/plain', '--expires', '10m'])).url as string

  test('stores what is sent', async () => {
    expect(await put(await annas())).toMatchObject({ status: 200 })
    expect([...store]).toEqual([['users/anna/letter.txt', { bytes, type: 'text/plain' }]])
  })

  test('as long as it is good, and no longer', async () => {
    const url = await annas()
    time = NOON + 600_000
    expect(await put(url)).toMatchObject({ status: 200 })
    store.clear()
    time++
    expect(await put(url)).toMatchObject({ status: 403, code: 'AccessDenied', text: expect.stringContaining('Request has expired') })
    expect(store.size).toBe(0)
  })

  test.each<[string, (url: string) => string, RequestInit, number, string]>([
    ['the folder of another user', (url) => url.replace('/anna/', '/boris/'), {}, 403, 'SignatureDoesNotMatch'],
    ['another name', (url) => url.replace('letter', 'letters'), {}, 403, 'SignatureDoesNotMatch'],
    ['another bucket', (url) => url.replace('/uploads/', '/others/'), {}, 403, 'SignatureDoesNotMatch'],
    ['another type', (url) => url, { headers: { 'content-type': 'text/html' } }, 403, 'SignatureDoesNotMatch'],
    ['an ACL besides', (url) => url, { headers: { 'x-amz-acl': 'public-read' } }, 403, 'AccessDenied'],
    ['a copy instead', (url) => url, { headers: { 'x-amz-copy-source': '/uploads/users/boris/letter.txt' } }, 403, 'AccessDenied'],
    ['another method', (url) => url, { method: 'DELETE' }, 403, 'SignatureDoesNotMatch'],
    ['a longer life', (url) => url.replace('X-Amz-Expires=600', 'X-Amz-Expires=6000'), {}, 403, 'SignatureDoesNotMatch'],
    ['a later date', (url) => url.replace('T120000Z', 'T120100Z'), {}, 403, 'SignatureDoesNotMatch'],
    ['a parameter more', (url) => `${url}&versionId=1`, {}, 403, 'SignatureDoesNotMatch'],
    ['a sub-resource', (url) => `${url}&acl`, {}, 403, 'SignatureDoesNotMatch'],
    ['a parameter twice', (url) => `${url}&X-Amz-Expires=600`, {}, 400, 'AuthorizationQueryParametersError'],
    ['fewer signed headers', (url) => url.replace('content-type%3Bhost', 'host'), {}, 403, 'SignatureDoesNotMatch'],
    ['another key’s name over it', (url) => url.replace('Credential=APP', 'Credential=OTHER'), {}, 403, 'SignatureDoesNotMatch'],
    ['no signature', (url) => url.replace(/&X-Amz-Signature=.*/, ''), {}, 400, 'AuthorizationQueryParametersError'],
    ['nothing but the path', (url) => url.replace(/\?.*/, ''), {}, 403, 'AccessDenied'],
  ])('%s: refused, and nothing is stored', async (_, change, rest, status, code) => {
    const url = await annas()
    const changed = change(url)
    expect(changed !== url || Object.keys(rest).length > 0).toBe(true)
    expect(await put(changed, rest)).toMatchObject({ status, code })
    expect(store.size).toBe(0)
  })

  test('of a key that may not write there: refused, though it is signed rightly', async () => {
    const url = (await presign(['PUT', 'uploads/others/letter.txt'], 'OTHER')).url as string
    expect(await put(url)).toMatchObject({ status: 200 })
    store.clear()
    const { presignUrl } = await import('../../src/sigv4/presign-url.js')
    const { nodeHashing } = await import('../../src/adapters/node-hashing.js')
    const { host } = new URL(endpoint)
    const signer = { accessKey: 'OTHER', secret: secrets.OTHER ?? '', region: 'us-east-1', time: NOON }
    const target = '/uploads/users/anna/letter.txt'
    const other = await presignUrl({ ...signer, method: 'PUT', scheme: 'http', host, target, expires: 60 }, nodeHashing)
    expect(await put(other)).toMatchObject({ status: 403, code: 'AccessDenied' })
    expect(store.size).toBe(0)
  })
})

describe('a URL to read', () => {
  const annas = async () => (await presign(['GET', 'uploads/users/anna/me.jpg', '--expires', '10m'])).url as string
  beforeEach(() => {
    for (const user of ['anna', 'boris'])
      store.set(`users/${user}/me.jpg`, { bytes: Buffer.from(`the face of ${user}`), type: 'image/jpeg' })
  })

  test('reads', async () => {
    expect(await send(await annas())).toEqual({ status: 200, code: undefined, text: 'the face of anna' })
  })

  test.each<[string, (url: string) => string, RequestInit, string]>([
    ['the folder of another user', (url) => url.replace('/anna/', '/boris/'), {}, 'SignatureDoesNotMatch'],
    ['a way around', (url) => url.replace('/anna/', '/anna%2F..%2Fboris/'), {}, 'SignatureDoesNotMatch'],
    ['another method', (url) => url, { method: 'DELETE' }, 'SignatureDoesNotMatch'],
    ['writing', (url) => url, { method: 'PUT', body: 'x' }, 'SignatureDoesNotMatch'],
    ['a longer life', (url) => url.replace('X-Amz-Expires=600', 'X-Amz-Expires=6000'), {}, 'SignatureDoesNotMatch'],
    ['its tags', (url) => `${url}&tagging`, {}, 'SignatureDoesNotMatch'],
    ['no signature', (url) => url.replace(/\?.*/, ''), {}, 'AccessDenied'],
  ])('%s: refused', async (_, change, rest, code) => {
    const before = new Map(store)
    const answer = await send(change(await annas()), rest)
    expect(answer).toMatchObject({ status: 403, code })
    expect(answer.text).not.toContain('the face')
    expect(store).toEqual(before)
  })

  test('expired: refused', async () => {
    const url = await annas()
    time = NOON + 600_001
    expect(await send(url)).toMatchObject({ status: 403, code: 'AccessDenied', text: expect.stringContaining('Request has expired') })
  })

  test('from a time that has not come: refused', async () => {
    const url = await annas()
    time = NOON - 900_001
    expect(await send(url)).toMatchObject({ status: 403, code: 'AccessDenied' })
  })
})
