import { createHash, createHmac } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import type { LogEntry } from '../../src/adapters/log-entry.js'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { nodeMiddleware } from '../../src/adapters/node-middleware.js'
import { Authorizer } from '../../src/authorizer/authorizer.js'
import { signRequest } from '../../src/sigv4/sign-request.js'
import { allClients } from './clients/all-clients.js'
import { awsSdk } from './clients/aws-sdk.js'
import { boto3 } from './clients/boto3.js'
import { type Curl, curl } from './clients/curl.js'
import { isAccessDenied, type S3Client } from './clients/s3-client.js'
import { type KeyPair, keyPair } from './key-pair.js'
import { MemoryStore } from './memory-store.js'
import { runCommand } from './run-command.js'

/** A server of our own with our own signature check: no gateway, no proxy. */
const { directory: parent, tls } = inject('ground')
const directory = join(parent, 'own-server')
const names = ['aws-sdk', 'awscli', 'boto3', 's3cmd', 'rclone', 'curl']
const writer = keyPair('OWNWRITER00000000001')
/** Reads everything, and writes below `mine/`. */
const reader = keyPair('OWNREADER00000000001')
const unknown = keyPair('OWNNOBODY00000000001')
const region = 'us-east-1'
const ACCOUNT = '111122223333'
const key = 'dir/näme with space+plus.txt'
const body = Buffer.from('the body\n')
const big = Buffer.alloc(12 << 20, 'abcdefg')

const store = new MemoryStore()
const log: LogEntry[] = []
const closing: (() => void)[] = []
let endpoints: Readonly<Record<'http' | 'https', string>>
let browser: Curl

beforeAll(async () => {
  mkdirSync(directory)
  const secrets = new Map([writer, reader].map(({ accessKey, secretKey }) => [accessKey, secretKey]))
  const authorize = nodeMiddleware({
    authorizer: Authorizer.from({
      buckets: [...names, 'free'].map((name) => ({ name: `own-${name}`, owner: ACCOUNT })),
      keys: [
        { accessKey: writer.accessKey, account: ACCOUNT, grants: [{ bucket: '', permission: 'fullaccess' }] },
        {
          accessKey: reader.accessKey,
          account: ACCOUNT,
          grants: [
            { bucket: 'own-free', permission: 'read' },
            { bucket: 'own-free', permission: 'readwrite', prefix: 'mine/' },
          ],
        },
      ],
    }),
    secrets: { secretsFor: (accessKey) => [secrets.get(accessKey)].filter((secret) => secret !== undefined) },
    partialDeletes: true,
    // s3cmd copies an object's ACL with it.
    accessControlLists: 'pass',
    log: (entry) => log.push(entry),
  })
  const listener: RequestListener = (request, response) => {
    authorize(request, response, (error) => (error === undefined ? void store.answer(request, response) : response.destroy()))
  }
  const certificate = { cert: readFileSync(tls.certificate), key: readFileSync(tls.key) }
  endpoints = {
    http: `http://127.0.0.1:${await listen(createServer(listener))}`,
    https: `https://127.0.0.1:${await listen(createTlsServer(certificate, listener))}`,
  }
  browser = curl(options('http', writer))
})

afterAll(() => {
  for (const close of closing) close()
})

beforeEach(() => {
  log.length = 0
})

describe.each(names)('%s', (name) => {
  const bucket = `own-${name}`

  test('makes a bucket, uploads, reads, lists, copies, deletes', async () => {
    const client = clientOf(name, 'http', writer)
    expect(await client.makeBucket(bucket)).toMatchObject({ ok: true })
    expect(await client.put(bucket, key, body)).toMatchObject({ ok: true })
    expect(stored(`${bucket}/${key}`)).toBe('the body\n')
    expect(await client.get(bucket, key)).toMatchObject({ ok: true, text: 'the body\n' })
    expect(await client.head(bucket, key)).toMatchObject({ ok: true })
    expect(await client.copy(bucket, key, 'dir/copy.txt')).toMatchObject({ ok: true })
    expect((await client.list(bucket, 'dir/')).text.split('\n').sort()).toEqual(['dir/copy.txt', key])
    if (client.presignGet !== undefined) {
      const url = new URL(await client.presignGet(bucket, key))
      expect(await browser.send({ target: url.pathname + url.search })).toMatchObject({ ok: true, text: 'the body\n' })
    }
    expect(await client.delete(bucket, key)).toMatchObject({ ok: true })
    expect(stored(`${bucket}/${key}`)).toBeUndefined()
    expect(await client.deleteMany(bucket, ['dir/copy.txt'])).toMatchObject({ ok: true })
    expect(stored(`${bucket}/dir/copy.txt`)).toBeUndefined()
    expect(log.filter(({ outcome }) => outcome === 'refused')).toEqual([])
  })

  test('uploads 12 MB in parts', async () => {
    const client = clientOf(name, 'http', writer)
    if (client.putInParts === undefined) return
    expect(await client.putInParts(bucket, 'big', big)).toMatchObject({ ok: true })
    expect(log.filter(({ operation }) => operation === 'UploadPart').length).toBeGreaterThanOrEqual(2)
    expect(store.objects.get(`${bucket}/big`)?.body.equals(big)).toBe(true)
  })

  test('works over https', async () => {
    // It starts slowly, and boto3 is the same underneath.
    if (name === 'awscli') return
    const client = clientOf(name, 'https', writer)
    expect(await client.put(bucket, 'secure', body)).toMatchObject({ ok: true })
    expect(await client.get(bucket, 'secure')).toMatchObject({ ok: true, text: 'the body\n' })
  })

  test('is told what is wrong with its key', async () => {
    const wrongSecret = { ...writer, secretKey: `${writer.secretKey}x` }
    expect(await clientOf(name, 'http', wrongSecret).put(bucket, 'refused', body)).toMatchObject(refusalOf(name, 'SignatureDoesNotMatch'))
    expect(await clientOf(name, 'http', unknown).put(bucket, 'refused', body)).toMatchObject(refusalOf(name, 'InvalidAccessKeyId'))
    expect(log.at(-1)).toMatchObject({ outcome: 'refused', code: 'InvalidAccessKeyId' })
    expect(isAccessDenied(await clientOf(name, 'http', reader).put(bucket, 'refused', body))).toBe(true)
    expect(stored(`${bucket}/refused`)).toBeUndefined()
  })
})

describe.each(['http', 'https'] as const)('bodies over %s', (scheme) => {
  const bucket = 'own-free'
  const path = `${bucket}/${scheme}`

  test('of @aws-sdk by its defaults: checksums, and in trailers of streams', async () => {
    const defaults = { requestChecksumCalculation: 'WHEN_SUPPORTED', responseChecksumValidation: 'WHEN_SUPPORTED' } as const
    const client = awsSdk(options(scheme, writer), defaults)
    expect(await client.put(bucket, `${scheme}-buffer`, body)).toMatchObject({ ok: true })
    expect(stored(`${path}-buffer`)).toBe('the body\n')
    const streamed = {
      Bucket: bucket,
      Key: `${scheme}-stream`,
      Body: Readable.from([body.subarray(0, 4), body.subarray(4)]),
      ContentLength: 9,
    }
    expect(await client.answer(client.sdk.send(new PutObjectCommand(streamed)))).toMatchObject({ ok: true })
    expect(stored(`${path}-stream`)).toBe('the body\n')
    if (client.putInParts === undefined) throw new Error('it can')
    expect(await client.putInParts(bucket, `${scheme}-parts`, big)).toMatchObject({ ok: true })
    expect(store.objects.get(`${path}-parts`)?.body.equals(big)).toBe(true)
    expect(await client.get(bucket, `${scheme}-stream`)).toMatchObject({ ok: true, text: 'the body\n' })
  })

  test('of boto3, with a checksum', async () => {
    const client = boto3(options(scheme, writer))
    const checked = { Bucket: bucket, Key: `${scheme}-boto3`, ChecksumAlgorithm: 'SHA256' }
    expect(await client.call('put_object', checked, body)).toMatchObject({ ok: true })
    expect(stored(`${path}-boto3`)).toBe('the body\n')
  })

  test('of presigned URLs', async () => {
    const { sdk } = awsSdk(options(scheme, writer))
    const anybody = curl(options(scheme, unknown))
    const put = new URL(await getSignedUrl(sdk, new PutObjectCommand({ Bucket: bucket, Key: `${scheme}-url` }), { expiresIn: 300 }))
    const target = put.pathname + put.search
    expect(await anybody.send({ method: 'PUT', target, body })).toMatchObject({ ok: true })
    expect(stored(`${path}-url`)).toBe('the body\n')
    expect(await anybody.send({ target })).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' })
    const elsewhere = target.replace(`${scheme}-url`, `${scheme}-other`)
    expect(await anybody.send({ method: 'PUT', target: elsewhere, body })).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' })
    const get = new URL(await getSignedUrl(sdk, new GetObjectCommand({ Bucket: bucket, Key: `${scheme}-url` }), { expiresIn: 300 }))
    expect(await anybody.send({ target: get.pathname + get.search })).toMatchObject({ ok: true, text: 'the body\n' })
    const signingDate = new Date(Date.now() - 3_600_000)
    const old = new URL(
      await getSignedUrl(sdk, new GetObjectCommand({ Bucket: bucket, Key: `${scheme}-url` }), { expiresIn: 300, signingDate }),
    )
    expect(await anybody.send({ target: old.pathname + old.search })).toMatchObject({ status: 403, code: 'AccessDenied' })
    expect(stored(`${path}-other`)).toBeUndefined()
  })
})

describe('forms that boto3 makes', () => {
  const conditions = [
    ['content-length-range', 1, 20],
    ['starts-with', '$key', 'mine/'],
  ]
  const post = async (keys: KeyPair, changed: Readonly<Record<string, string>>, file = 'the body\n') => {
    const client = boto3(options('http', keys))
    const made = await client.presignPost({ Bucket: 'own-free', Key: 'mine/${filename}', Conditions: conditions, ExpiresIn: 300 })
    const { url, fields } = JSON.parse(made) as { url: string; fields: Record<string, string> }
    const parts = Object.entries({ ...fields, ...changed }).flatMap(([name, value]) => ['--form-string', `${name}=${value}`])
    const asked = ['-q', '--silent', '--write-out', '\\n%{http_code}', ...parts, '--form', `file=${file};filename=form.txt`, url]
    const { stdout } = await runCommand('/usr/bin/curl', asked)
    const answer = stdout.toString()
    return { status: Number(answer.slice(answer.lastIndexOf('\n'))), code: /<Code>(\w+)</.exec(answer)?.[1] }
  }

  beforeEach(() => store.objects.delete('own-free/mine/form.txt'))

  test('upload', async () => {
    expect(await post(writer, {})).toEqual({ status: 204, code: undefined })
    expect(stored('own-free/mine/form.txt')).toBe('the body')
    expect(await post(reader, {})).toEqual({ status: 204, code: undefined })
  })

  test.each([
    { what: 'another folder', changed: { key: 'other/${filename}' }, status: 403, code: 'AccessDenied' },
    { what: 'a field that was not signed', changed: { acl: 'public-read' }, status: 403, code: 'AccessDenied' },
    { what: 'another signature', changed: { 'x-amz-signature': '0'.repeat(64) }, status: 403, code: 'SignatureDoesNotMatch' },
    { what: 'too long a file', changed: {}, file: 'x'.repeat(21), status: 400, code: 'EntityTooLarge' },
  ])('are refused with $what', async ({ changed, file, status, code }) => {
    const before = [...store.objects.keys()]
    expect(await post(writer, changed as Record<string, string>, file)).toEqual({ status, code })
    expect([...store.objects.keys()]).toEqual(before)
  })

  test('do not lift what their key may not do', async () => {
    expect(await post(unknown, {})).toEqual({ status: 403, code: 'InvalidAccessKeyId' })
  })
})

describe('signed chunks, which no client here sends', () => {
  const chunks = [Buffer.alloc(8192, 'a'), Buffer.from('the end\n')]

  test('are put together', async () => {
    expect(await browser.send(signedInChunks('own-free/chunks', chunks))).toMatchObject({ ok: true })
    expect(stored('own-free/chunks')).toBe(Buffer.concat(chunks).toString())
  })

  test.each([
    { what: 'an altered chunk', alter: (text: string) => text.replace('the end', 'The end'), code: 'SignatureDoesNotMatch' },
    { what: 'no last chunk', alter: (text: string) => text.slice(0, text.lastIndexOf('0;chunk')), code: 'IncompleteBody' },
    { what: 'a chunk left out', alter: (text: string) => text.slice(text.indexOf('8;chunk')), code: 'SignatureDoesNotMatch' },
  ])('are not stored with $what', async ({ alter, code }) => {
    const request = signedInChunks('own-free/bad-chunks', chunks)
    const sent = Buffer.from(alter(request.body.toString('latin1')), 'latin1')
    expect(await browser.send({ ...request, body: sent })).toMatchObject({ ok: false, code })
    expect(stored('own-free/bad-chunks')).toBeUndefined()
  })
})

describe('a body tampered with on the way', () => {
  const target = '/own-free/tampered'

  test('is refused and not stored', async () => {
    expect(await send(signedPut(target, body), 'The body\n')).toContain('<Code>XAmzContentSHA256Mismatch</Code>')
    expect(stored('own-free/tampered')).toBeUndefined()
  })

  test('is not stored if it is cut off', async () => {
    await send(signedPut(target, body), 'the', { hangsUp: true })
    expect(stored('own-free/tampered')).toBeUndefined()
  })

  test('leaves what was stored before alone', async () => {
    expect(await send(signedPut(target, body), 'the body\n')).toContain('200 OK')
    expect(await send(signedPut(target, body), 'The body\n')).toContain('<Code>XAmzContentSHA256Mismatch</Code>')
    expect(stored('own-free/tampered')).toBe('the body\n')
  })

  test('and so is a head with one more header of S3’s', async () => {
    const head = signedPut('/own-free/head', body).replace('\r\n\r\n', '\r\nx-amz-acl: public-read\r\n\r\n')
    expect(await send(head, 'the body\n')).toContain('403 Forbidden')
    expect(stored('own-free/head')).toBeUndefined()
  })
})

test('a clock that is off is told so, and the SDK sets it right', async () => {
  const late = awsSdk(options('http', writer), { systemClockOffset: -3_600_000 })
  expect(await late.put('own-free', 'late', body)).toMatchObject({ ok: false, status: 403, code: 'RequestTimeTooSkewed' })
  expect(stored('own-free/late')).toBeUndefined()
  expect(await late.put('own-free', 'late', body)).toMatchObject({ ok: true })
})

test.each(['aws-sdk', 'boto3', 'curl'])('%s deletes some of many: each is decided', async (name) => {
  for (const path of ['mine/a', 'mine/b', 'others/a']) store.objects.set(`own-free/${path}`, objectOf(path))
  const answer = await clientOf(name, 'http', reader).deleteMany('own-free', ['mine/a', 'others/a', 'mine/b'])
  expect(answer).toMatchObject({ ok: false, code: 'AccessDenied' })
  expect(['mine/a', 'mine/b', 'others/a'].filter((path) => stored(`own-free/${path}`) !== undefined)).toEqual(['others/a'])
})

test('a missing object is 404 to who may list, else 403', async () => {
  expect(await curl(options('http', reader)).get('own-free', 'missing')).toMatchObject({ status: 404, code: 'NoSuchKey' })
  expect(await curl(options('http', reader)).head('own-free', 'missing')).toMatchObject({ status: 404 })
  expect(await browser.send({ target: '/own-free/missing' })).toMatchObject({ status: 403, code: 'AccessDenied' })
})

function options(scheme: 'http' | 'https', keys: KeyPair) {
  const certificate = scheme === 'https' ? { certificate: tls.certificate } : {}
  return { endpoint: endpoints[scheme], keys, region, directory, ...certificate }
}

function clientOf(name: string, scheme: 'http' | 'https', keys: KeyPair): S3Client {
  const folder = join(directory, 'clients', keys.secretKey, scheme)
  const client = allClients({ ...options(scheme, keys), directory: folder }).find((each) => each.name === name)
  if (client === undefined) throw new Error(`no client ${name}`)
  return client
}

function stored(path: string): string | undefined {
  return store.objects.get(path)?.body.toString()
}

function objectOf(text: string) {
  return { body: Buffer.from(text), etag: '"x"', headers: {} }
}

/** rclone looks first, by a HEAD, whose refusal has no code. */
function refusalOf(name: string, code: string) {
  return name === 'rclone' ? { ok: false, status: 403 } : { ok: false, code }
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  closing.push(() => {
    server.close()
    server.closeAllConnections()
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
      resolve(address.port)
    })
  })
}

/** The head of a PUT, signed for a body. */
function signedPut(target: string, signedBody: Buffer): string {
  const { host } = new URL(endpoints.http)
  const contentSha256 = createHash('sha256').update(signedBody).digest('hex')
  const headers: [string, string][] = [
    ['host', host],
    ['content-length', String(signedBody.length)],
  ]
  const signer = { accessKey: writer.accessKey, secret: writer.secretKey, region, time: Date.now() }
  const added = signRequest({ ...signer, method: 'PUT', target, headers, contentSha256 }, nodeHashing)
  if (added instanceof Promise) throw new Error('it answers at once')
  return `PUT ${target} HTTP/1.1\r\n${[...headers, ...added].map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`
}

/** What is answered to these bytes on a connection of their own. */
function send(head: string, sentBody: string, { hangsUp = false } = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(endpoints.http).port) })
    let answer = ''
    socket.on('connect', () => {
      socket.write(head + sentBody)
      // Time for the server to see what there is.
      if (hangsUp) setTimeout(() => socket.end(), 100)
    })
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer')))
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      answer += chunk.toString()
      if (!hangsUp) socket.end()
    })
    socket.on('close', () => resolve(answer))
  })
}

/** `aws-chunked` by hand, from AWS's description: each chunk's signature covers the one before. */
function signedInChunks(path: string, chunks: readonly Buffer[]) {
  const target = `/${path}`
  const time = Date.now()
  const headers: [string, string][] = [
    ['host', new URL(endpoints.http).host],
    ['content-encoding', 'aws-chunked'],
    ['x-amz-decoded-content-length', String(chunks.reduce((length, chunk) => length + chunk.length, 0))],
  ]
  const signer = { accessKey: writer.accessKey, secret: writer.secretKey, region, time }
  const added = signRequest({ ...signer, method: 'PUT', target, headers, contentSha256: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' }, nodeHashing)
  if (added instanceof Promise) throw new Error('it answers at once')
  const all = Object.fromEntries([...headers, ...added])
  const date = String(all['x-amz-date'])
  const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`
  const hmac = (secret: string | Buffer, text: string) => createHmac('sha256', secret).update(text).digest()
  const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
  const signingKey = scope.split('/').reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${writer.secretKey}`)
  let previous = /Signature=(\w+)/.exec(String(all['authorization']))?.[1] ?? ''
  const pieces = [...chunks, Buffer.alloc(0)].map((chunk) => {
    const text = ['AWS4-HMAC-SHA256-PAYLOAD', date, scope, previous, sha256(''), sha256(chunk)].join('\n')
    previous = hmac(signingKey, text).toString('hex')
    return Buffer.concat([Buffer.from(`${chunk.length.toString(16)};chunk-signature=${previous}\r\n`), chunk, Buffer.from('\r\n')])
  })
  return { method: 'PUT', target, headers: { ...all, 'content-type': '' }, body: Buffer.concat(pieces) }
}
