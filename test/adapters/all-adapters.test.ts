import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deleteBody, presigned, type Sent, secretOf } from '../gate/scene.js'
import { fetchServers, nodeServers, type Server } from './servers.js'
import { signedBySmithy } from './smithy.js'
import { payload, signedChunks, trailedChunks, upload } from './uploads.js'

/** CRC-32 of the payload, from zlib. */
const crc32 = 'oe/jNQ=='

const adapters = { ...nodeServers, ...fetchServers }

describe.each(Object.entries(adapters))('%s', (_, start) => {
  let server: Server
  beforeAll(async () => {
    server = await start()
  })
  afterAll(() => server.close())

  const put = (key: string, body: string, more: Partial<Sent> = {}): Sent => ({
    method: 'PUT',
    target: `/plain/${key}`,
    body,
    key: 'EDITOR',
    ...more,
  })

  test.each<[what: string, sent: Sent, status: number, code: string]>([
    ['a public object', {}, 200, 'GetObject photos public/a.jpg'],
    ['a private object, anonymous', { target: '/plain/a.jpg' }, 403, 'AccessDenied'],
    ['a private object, signed', { target: '/plain/a.jpg', key: 'EDITOR' }, 200, 'GetObject plain a.jpg'],
    ['a key that may not', { target: '/plain/a.jpg', key: 'VISITOR' }, 403, 'AccessDenied'],
    ['a key that nobody knows', { key: 'UNKNOWN' }, 403, 'InvalidAccessKeyId'],
    ['a bucket that is not there', { target: '/nowhere/a', key: 'ADMIN' }, 404, 'NoSuchBucket'],
    ['an encoded key', { target: '/plain/a%20b%2Fc%C3%A9.jpg', key: 'EDITOR' }, 200, 'GetObject plain a b/cé.jpg'],
    ['a long key', { target: `/plain/${'a'.repeat(900)}`, key: 'EDITOR' }, 200, `GetObject plain ${'a'.repeat(900)}`],
    ['a list', { target: '/plain?list-type=2&prefix=a%2Fb', key: 'EDITOR' }, 200, 'ListObjectsV2 plain '],
    ['an unknown sub-resource', { target: '/plain?unheard-of', key: 'EDITOR' }, 501, 'NotImplemented'],
    ['an underscore', { headers: [['x_amz_acl', 'public-read']] }, 501, 'NotImplemented'],
    ['a large upload that is refused', put('a', 'x'.repeat(3_000_000), { key: 'VISITOR' }), 403, 'AccessDenied'],
    [
      'a document without end',
      { method: 'POST', target: '/plain?delete', body: 'x'.repeat(3_000_000), key: 'EDITOR' },
      400,
      'MaxMessageLengthExceeded',
    ],
  ])('%s', async (_, sent, status, code) => {
    const answer = await server.ask(sent)
    expect({ status: answer.status, body: answer.body }).toEqual({
      status,
      body: status === 200 ? code : expect.stringContaining(`<Code>${code}</Code>`),
    })
  })

  test('a refusal is S3’s document, without a word of why', async () => {
    const { headers, body } = await server.ask({ target: '/plain/a%26b.jpg' })
    expect(headers['content-type']).toMatch(/^application\/xml/)
    const requestId = headers['x-amz-request-id'] ?? ''
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(body).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message><Resource>/plain/a%26b.jpg</Resource><RequestId>${requestId}</RequestId></Error>`,
    )
    expect(Object.keys(headers).filter((name) => name.includes('grantree'))).toEqual([])
  })

  test('HEAD gets no body', async () => {
    expect(await server.ask({ method: 'HEAD', target: '/plain/a' })).toMatchObject({ status: 403, body: '' })
    expect(await server.ask({ method: 'HEAD', target: '/plain/a', key: 'EDITOR' })).toMatchObject({ status: 200 })
  })

  test('a presigned URL', async () => {
    const target = presigned({ host: server.host, time: Date.now() })
    expect(await server.ask({ target })).toMatchObject({ status: 200, body: 'GetObject plain a.jpg' })
    expect(await server.ask({ target: target.replace('a.jpg', 'b.jpg') })).toMatchObject({ status: 403 })
  })

  test.each<Sent>([
    { method: 'GET', target: '/plain/a%20b.jpg?versionId=1' },
    { method: 'PUT', target: '/plain/smithy', body: 'hello' },
    { method: 'DELETE', target: '/plain/a' },
  ])('signed by the SDK: $method $target', async (sent) => {
    const headers = await signedBySmithy(sent, server.host)
    expect((await server.ask(sent, headers)).status).toBe(200)
    const other = headers.map(([name, value]): [string, string] => [
      name,
      name === 'authorization' ? value.replace('EDITOR', 'VISITOR') : value,
    ])
    expect((await server.ask(sent, other)).body).toContain('SignatureDoesNotMatch')
  })

  test('a body is stored as it was signed', async () => {
    expect(await server.ask(put('signed', 'hello'))).toMatchObject({ status: 200 })
    expect(await server.ask(put('unsigned', 'hello', { contentSha256: 'UNSIGNED-PAYLOAD' }))).toMatchObject({ status: 200 })
    expect(await server.ask(put('empty', ''))).toMatchObject({ status: 200 })
    expect(await server.ask(put('large', 'x'.repeat(2_500_000)))).toMatchObject({ status: 200 })
    const sizes = ['signed', 'unsigned', 'empty', 'large'].map((name) => server.stored.get(`plain/${name}`)?.length)
    expect(sizes).toEqual([5, 5, 0, 2_500_000])
  })

  test('of a body that was not signed nothing is stored', async () => {
    const answer = await server.ask(put('tampered', 'other', { contentSha256: 'a'.repeat(64) }))
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('<Code>XAmzContentSHA256Mismatch</Code>') })
    expect(server.stored.has('plain/tampered')).toBe(false)
  })

  test('signed chunks', async () => {
    const { sent, headers } = signedChunks(server.host)
    expect(await server.ask(sent, headers)).toMatchObject({ status: 200 })
    expect(server.stored.get('plain/chunks')).toBe(payload)
  })

  test('of chunks that were tampered with nothing is stored', async () => {
    const { sent, headers } = signedChunks(server.host)
    const body = Buffer.from(sent.body ?? '')
    for (const place of [200, body.length - 100]) {
      const spoiled = Buffer.from(body)
      spoiled[place] = (spoiled[place] ?? 0) ^ 1
      const target = '/plain/chunks'
      const before = server.stored.size
      const answer = await server.ask({ ...sent, target, body: spoiled }, headers)
      expect({ status: answer.status, isXml: answer.body.includes('<Error>') }).toEqual({
        status: expect.toSatisfy((status: number) => status >= 400 && status < 500),
        isXml: true,
      })
      expect(server.stored.size).toBe(before)
    }
  })

  test('a trailer with the checksum', async () => {
    const right = trailedChunks(server.host, crc32)
    expect(await server.ask(right.sent, right.headers)).toMatchObject({ status: 200 })
    const wrong = trailedChunks(server.host, 'AAAAAA==')
    expect(await server.ask(wrong.sent, wrong.headers)).toMatchObject({
      status: 400,
      body: expect.stringContaining('<Code>BadDigest</Code>'),
    })
  })

  test('DeleteObjects, all or nothing', async () => {
    const remove = (...keys: string[]): Sent => ({ method: 'POST', target: '/photos?delete', key: 'EDITOR', body: deleteBody(...keys) })
    expect(await server.ask(remove('a', 'b'))).toMatchObject({ status: 200, body: 'a:true,b:true' })
    expect(await server.ask(remove('a', 'originals/b'))).toMatchObject({ status: 403 })
  })

  test('forms', async () => {
    const right = upload(server.host, '12345', { name: 'right.jpg' })
    expect(await server.ask(right.sent, right.headers)).toMatchObject({ status: 200, body: 'PostObject plain uploads/right.jpg' })
    expect(server.stored.get('plain/uploads/right.jpg')).toBe('12345')
  })

  test.each<[what: string, content: string, how: Parameters<typeof upload>[2], code: string]>([
    ['too long', '12345678901', {}, 'EntityTooLarge'],
    ['too short', '1', {}, 'EntityTooSmall'],
    ['too late', '12345', { expires: -60 }, 'AccessDenied'],
    ['a key that may not', '12345', { key: 'VISITOR' }, 'AccessDenied'],
    ['large, by a key that may not', 'x'.repeat(3_000_000), { key: 'VISITOR' }, ''],
  ])('forms: %s', async (_, content, how, code) => {
    const wrong = upload(server.host, content, { name: 'wrong.jpg', ...how })
    const answer = await server.ask(wrong.sent, wrong.headers)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.body).toContain(`<Code>${code}`)
    expect(server.stored.has('plain/uploads/wrong.jpg')).toBe(false)
  })

  test('the log tells who, what and why, and no secret', () => {
    const text = JSON.stringify(server.entries)
    expect(text).not.toMatch(/[Ss]ignature=|the-secret-of|Credential=|X-Amz-Signature/)
    expect(text).not.toContain(secretOf('EDITOR'))
    const permitted = server.entries.find(({ outcome, key }) => outcome === 'permitted' && key === 'a b/cé.jpg')
    expect(permitted).toEqual({
      ...{
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        requestId: expect.any(String),
        outcome: 'permitted',
        accessKey: 'EDITOR',
        method: 'GET',
      },
      ...{ operation: 'GetObject', bucket: 'plain', key: 'a b/cé.jpg' },
      ...(server.port === 0 ? {} : { sourceIp: '127.0.0.1' }),
    })
    const refused = server.entries.find(
      ({ accessKey, key, outcome }) => accessKey === 'VISITOR' && key === 'a.jpg' && outcome === 'refused',
    )
    expect(refused).toMatchObject({
      ...{ status: 403, code: 'AccessDenied', action: 's3:GetObject', decision: { verdict: 'ImplicitDeny', reason: 'no-allow' } },
      explanation: { owner: '111122223333', policy: { kind: 'none' } },
    })
    const unsigned = server.entries.find(({ code }) => code === 'SignatureDoesNotMatch')
    expect(unsigned).not.toHaveProperty('accessKey')
  })
})

describe.each(Object.entries(adapters))('%s, set up otherwise', (_, start) => {
  const served = async (options: Parameters<typeof start>[0], sent: Sent): Promise<Awaited<ReturnType<Server['ask']>>> => {
    const server = await start(options)
    try {
      return await server.ask(sent)
    } finally {
      await server.close()
    }
  }
  const throws = (): never => {
    throw new Error('the disk is full')
  }

  test('a debug header, for those who want it', async () => {
    const { headers } = await served({ debugHeader: 'x-why' }, { target: '/plain/a' })
    expect(headers['x-why']).toBe('ImplicitDeny no-allow s3:GetObject')
  })

  test('a debug header that is none is a mistake', async () => {
    await expect(async () => start({ debugHeader: 'x why' })).rejects.toThrow(TypeError)
  })

  test.each<[what: string, options: Parameters<typeof start>[0]]>([
    ['log', { log: throws }],
    ['secretsFor', { secrets: { secretsFor: throws } }],
    ['secretsFor, later', { secrets: { secretsFor: async () => throws() } }],
    ['principalOf', { principalOf: throws }],
    ['authorizer', { authorizer: throws }],
  ])('a request passes nobody if %s throws', async (_, options) => {
    const answer = await served(options, { target: '/plain/a', key: 'EDITOR' })
    expect(answer).toMatchObject({ status: 500, body: expect.stringContaining('<Code>InternalError</Code>') })
    expect(answer.body).not.toContain('disk')
  })

  test('a log that fails on a refusal changes nothing', async () => {
    expect(await served({ log: throws }, { target: '/plain/a' })).toMatchObject({ status: 403 })
  })

  test('a log that fails later does not end the process', async () => {
    const log = (async () => throws()) as () => unknown as () => void
    expect(await served({ log }, { target: '/plain/a', key: 'EDITOR' })).toMatchObject({ status: 200 })
  })

  test('partial deletes', async () => {
    const sent: Sent = { method: 'POST', target: '/photos?delete', key: 'EDITOR', body: deleteBody('a', 'originals/b') }
    expect(await served({ partialDeletes: true }, sent)).toMatchObject({ status: 200, body: 'a:true,originals/b:false' })
  })
})
