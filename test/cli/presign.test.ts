import { spawnSync } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { Script } from 'node:vm'
import { SignatureV4 } from '@smithy/signature-v4'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { HeaderList } from '../../src/http/header-list.js'
import { routeRequest } from '../../src/s3/routing/route-request.js'
import { verifyPostForm } from '../../src/sigv4/verify-post-form.js'
import { verifySignature } from '../../src/sigv4/verify-signature.js'
import { build, main, root } from './build.js'
import { grantree, NOON, OWNER, type Setting, scratch } from './grantree.js'

const SECRET = 'correct/horse+battery/staple'
const HOUR = 3_600_000
const iso = (time: number) => new Date(time).toISOString().replace('.000Z', 'Z')
const { directory, file } = scratch()

const allow = (...Action: string[]) => ({ Effect: 'Allow', Principal: '*', Action, Resource: 'arn:aws:s3:::b/*' })
const denyUnless = (Condition: object, Sid = 'Guard') => ({
  Sid,
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: 'arn:aws:s3:::b/*',
  Condition,
})
const key = (grants: readonly object[], rest: object = {}) => ({ accessKey: 'AK', account: OWNER, grants, ...rest })
const readwrite = { bucket: 'b', permission: 'readwrite' }

/** A snapshot of one bucket, and one key which may read and write in it. */
const snapshotOf = (statements: readonly object[] = [], keys: readonly object[] = [key([readwrite])]) => ({
  buckets: [{ name: 'b', owner: OWNER, ...(statements.length > 0 && { policy: { Version: '2012-10-17', Statement: statements } }) }],
  keys,
})

let written = 0
const stored = (snapshot: object) => file(`snapshot-${++written}.json`, snapshot)
const plain = stored(snapshotOf())

interface Asked extends Setting {
  readonly snapshot?: object | string
}

async function presign(args: readonly string[], { snapshot = plain, ...setting }: Asked = {}) {
  const path = typeof snapshot === 'string' ? snapshot : stored(snapshot)
  const common = ['--snapshot', path, '--key', 'AK', ...(args.includes('--endpoint') ? [] : ['--endpoint', 'https://s3.example.com'])]
  const ended = await grantree(['presign', ...args, ...common], { environment: { GRANTREE_SECRET: SECRET }, ...setting })
  expect(ended.out + ended.err).not.toContain(SECRET)
  return ended
}

async function signed(args: readonly string[], asked?: Asked): Promise<string> {
  const { code, out, err } = await presign(args, asked)
  expect({ code, err }).toMatchObject({ code: 0 })
  return out
}

async function json(args: readonly string[], asked?: Asked) {
  return JSON.parse(await signed([...args, '--format', 'json'], asked))
}

/** The request that a client makes of a URL. */
function requestOf(method: string, url: string, headers: Readonly<Record<string, string>> = {}) {
  const { host, origin } = new URL(url)
  return { method, target: url.slice(origin.length), headers: HeaderList.of([['Host', host], ...Object.entries(headers)]) }
}

const server = (time: number) => ({
  secrets: { secretsFor: (name: string) => (name === 'AK' ? [SECRET] : []) },
  hashing: nodeHashing,
  time,
})

describe('URLs', () => {
  const cases: readonly (readonly [name: string, args: readonly string[], operation: string, object: string])[] = [
    ['GET', ['GET', 'b/photos/a.jpg'], 'GetObject', 'photos/a.jpg'],
    ['HEAD', ['HEAD', 'b/photos/a.jpg'], 'HeadObject', 'photos/a.jpg'],
    ['PUT', ['PUT', 'b/photos/a.jpg'], 'PutObject', 'photos/a.jpg'],
    ['DELETE', ['DELETE', 'b/photos/a.jpg'], 'DeleteObject', 'photos/a.jpg'],
    ['as `aws s3` names objects, in small letters', ['get', 's3://b/x'], 'GetObject', 'x'],
    ['every kind of character', ['GET', "b/ä b+c%2F?&=#'*~(1)!/日本.jpg"], 'GetObject', "ä b+c%2F?&=#'*~(1)!/日本.jpg"],
    ['slashes side by side', ['GET', 'b//a//b/'], 'GetObject', '/a//b/'],
    ['a bucket in the host', ['PUT', 'b/a b', '--virtual-host'], 'PutObject', 'a b'],
    ['a port', ['GET', 'b/x', '--endpoint', 'http://localhost:9000'], 'GetObject', 'x'],
    ['a port, and a bucket in the host', ['GET', 'b/x', '--endpoint', 'http://localhost:9000', '--virtual-host'], 'GetObject', 'x'],
    ['headers', ['PUT', 'b/x', '--content-type', 'image/png', '--header', 'X-Amz-Meta-From:  a, b ', '--tagging', 'k=v'], 'PutObject', 'x'],
    ['parameters', ['GET', 'b/x', '--query', 'response-content-disposition=attachment; filename="a b.txt"'], 'GetObject', 'x'],
    ['an upload in parts', ['PUT', 'b/x', '--query', 'partNumber=2', '--query', 'uploadId=a=b'], 'UploadPart', 'x'],
    ['another region and time', ['GET', 'b/x', '--region', 'eu-north-1', '--expires', '7d'], 'GetObject', 'x'],
  ]

  test.each(cases)('%s: is verified, and asks for what was meant', async (_, args, operation, object) => {
    const { method, url, headers, expiresAt } = await json(args)
    const request = requestOf(method, url, headers)
    expect(await verifySignature(request, server(NOON))).toMatchObject({ accessKey: 'AK', authType: 'REST-QUERY-STRING' })
    const end = Date.parse(expiresAt)
    expect(await verifySignature(request, server(end))).toMatchObject({ accessKey: 'AK' })
    expect(await verifySignature(request, server(end + 1))).toMatchObject({ code: 'AccessDenied', message: 'Request has expired' })
    const addressing = args.includes('--virtual-host') ? { baseDomains: ['s3.example.com', 'localhost'] } : undefined
    expect(routeRequest(request, addressing)).toMatchObject({ operation: { name: operation }, bucket: 'b', key: object })
  })

  test.each(cases)('%s: is signed as another signer does', async (_, args) => {
    // It puts this parameter into every URL.
    const { method, url, headers } = await json([...args, '--query', 'X-Amz-Content-Sha256=UNSIGNED-PAYLOAD'])
    const { protocol, hostname, host, port, pathname, searchParams } = new URL(url)
    const own = [...searchParams].filter(([name]) => !name.startsWith('X-Amz-'))
    const signer = new SignatureV4({
      credentials: { accessKeyId: 'AK', secretAccessKey: SECRET },
      region: searchParams.get('X-Amz-Credential')?.split('/')[2] ?? '',
      service: 's3',
      sha256: Sha256,
      uriEscapePath: false,
    })
    const request = { method, protocol, hostname, ...(port && { port: Number(port) }), path: pathname, query: Object.fromEntries(own) }
    const { query } = await signer.presign(
      { ...request, headers: { host, 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD', ...headers } },
      {
        expiresIn: Number(searchParams.get('X-Amz-Expires')),
        signingDate: new Date(NOON),
        // It moves these into the query otherwise, which is another request.
        unhoistableHeaders: new Set(Object.keys(headers)),
        signableHeaders: new Set(['host', ...Object.keys(headers)]),
      },
    )
    expect(searchParams.get('X-Amz-Signature')).toBe(query?.['X-Amz-Signature'])
  })

  test('the URL alone, unless another format is asked for', async () => {
    const out = await signed(['GET', 'b/x'])
    expect(out).toMatch(
      /^https:\/\/s3\.example\.com\/b\/x\?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AK%2F20260921%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260921T120000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=[0-9a-f]{64}\n$/,
    )
    expect(await signed(['GET', 'b/x', '--format', 'url'])).toBe(out)
  })

  test.each([
    ['30', 30],
    ['30s', 30],
    ['15m', 900],
    ['2h', 7200],
    ['7d', 604_800],
  ])('--expires %s is %i seconds', async (text, seconds) => {
    const { url, expiresAt } = await json(['GET', 'b/x', '--expires', text])
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe(String(seconds))
    expect(expiresAt).toBe(iso(NOON + seconds * 1000))
  })

  test('is signed at a whole second', async () => {
    const { url } = await json(['GET', 'b/x'], { time: NOON + 999 })
    expect(new URL(url).searchParams.get('X-Amz-Date')).toBe('20260921T120000Z')
  })
})

/** What the other signer hashes with. */
class Sha256 {
  private readonly hash
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array)
  }
  update(data: string | Uint8Array): void {
    this.hash.update(data)
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest()
  }
  reset(): void {}
}

describe('what is said first', () => {
  test('allowed', async () => {
    expect((await presign(['GET', 'b/x'])).err).toBe(
      `ALLOWED  s3:GetObject on arn:aws:s3:::b/x
  by access key AK, until 2026-09-21T12:15:00Z
  because a grant of the access key allows it (grant 1)
`,
    )
  })

  test('each question of an upload with tags', async () => {
    const { err } = await presign(['PUT', 'b/x', '--tagging', 'k=v'])
    expect(err.match(/^ALLOWED .*/gm)).toEqual([
      'ALLOWED  s3:PutObject on arn:aws:s3:::b/x',
      'ALLOWED  s3:PutObjectTagging on arn:aws:s3:::b/x',
    ])
  })

  test('denied for sure: the explanation, no URL, exit code 1', async () => {
    expect(await presign(['DELETE', 'b/x'], { snapshot: snapshotOf([], [key([{ bucket: 'b', permission: 'read' }])]) })).toEqual({
      code: 1,
      out: '',
      err: `DENIED  s3:DeleteObject on arn:aws:s3:::b/x
  by access key AK
  because nothing allows it
  ImplicitDeny, no-allow

The access key's grants
  ○ 1  read on b: not this action

denied: no URL is made, because it would be refused whoever used it
`,
    })
  })

  test('depends on the address: which key, asked by what; the URL is made', async () => {
    const { code, out, err } = await presign(['GET', 'b/x'], {
      snapshot: snapshotOf([denyUnless({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, 'Office')]),
    })
    expect({ code, err }).toEqual({
      code: 0,
      err: `DEPENDS  s3:GetObject on arn:aws:s3:::b/x
  by access key AK, until 2026-09-21T12:15:00Z
  on what only the request itself will tell:
    aws:SourceIp: the address that the request comes from
  asked by statement 1 "Office" (Deny)
`,
    })
    expect(out).toMatch(/^https:/)
  })

  const ifAddress = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }
  const noKeys = [key([])]
  test.each<[string, readonly object[], readonly object[], readonly string[], 'ALLOWED' | 'DEPENDS' | 'DENIED', readonly string[]]>([
    [
      'a Deny that nothing can lift: no grant is there anyway',
      [denyUnless({ NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
      noKeys,
      ['GET', 'b/x'],
      'DENIED',
      [],
    ],
    [
      'a Deny for sure beside one that depends',
      [denyUnless(ifAddress), denyUnless({ StringEquals: { 's3:authType': 'REST-QUERY-STRING' } })],
      [key([readwrite])],
      ['GET', 'b/x'],
      'DENIED',
      [],
    ],
    ['an Allow by address', [{ ...allow('s3:GetObject'), Condition: ifAddress }], noKeys, ['GET', 'b/x'], 'DEPENDS', ['aws:SourceIp']],
    ['an Allow by address, of another action', [{ ...allow('s3:PutObject'), Condition: ifAddress }], noKeys, ['GET', 'b/x'], 'DENIED', []],
    [
      'an Allow by address beside a grant',
      [{ ...allow('s3:GetObject'), Condition: ifAddress }],
      [key([readwrite])],
      ['GET', 'b/x'],
      'ALLOWED',
      [],
    ],
    ['a grant by address', [], [key([{ ...readwrite, sourceIp: ['10.0.0.0/8'] }])], ['GET', 'b/x'], 'DEPENDS', ['aws:SourceIp']],
    [
      'a grant by address, of another bucket',
      [],
      [key([{ ...readwrite, bucket: 'c', sourceIp: ['10.0.0.0/8'] }])],
      ['GET', 'b/x'],
      'DENIED',
      [],
    ],
    [
      'the page that links',
      [{ ...allow('s3:GetObject'), Condition: { StringLike: { 'aws:referer': 'https://example.com/*' } } }],
      noKeys,
      ['GET', 'b/x'],
      'DEPENDS',
      ['aws:referer'],
    ],
    [
      'the client',
      [denyUnless({ StringLike: { 'aws:UserAgent': 'curl*' } })],
      [key([readwrite])],
      ['GET', 'b/x'],
      'DEPENDS',
      ['aws:UserAgent'],
    ],
    [
      'tags that the object may have',
      [denyUnless({ StringEquals: { 's3:ExistingObjectTag/secret': 'yes' } })],
      [key([readwrite])],
      ['GET', 'b/x'],
      'DEPENDS',
      ['s3:ExistingObjectTag/secret'],
    ],
    [
      'a header that anybody may add',
      [denyUnless({ Null: { 's3:if-none-match': 'true' } })],
      [key([readwrite])],
      ['PUT', 'b/x'],
      'DEPENDS',
      ['s3:if-none-match'],
    ],
    [
      'the same header, signed',
      [denyUnless({ Null: { 's3:if-none-match': 'true' } })],
      [key([readwrite])],
      ['PUT', 'b/x', '--header', 'if-none-match: *'],
      'ALLOWED',
      [],
    ],
    [
      'a header that nobody can add',
      [denyUnless({ Null: { 's3:x-amz-server-side-encryption': 'true' } })],
      [key([readwrite])],
      ['PUT', 'b/x'],
      'DENIED',
      [],
    ],
    [
      'the same header, signed',
      [denyUnless({ Null: { 's3:x-amz-server-side-encryption': 'true' } })],
      [key([readwrite])],
      ['PUT', 'b/x', '--header', 'x-amz-server-side-encryption: AES256'],
      'ALLOWED',
      [],
    ],
    [
      'TLS, of an endpoint with it',
      [denyUnless({ Bool: { 'aws:SecureTransport': 'false' } })],
      [key([readwrite])],
      ['GET', 'b/x'],
      'ALLOWED',
      [],
    ],
    [
      'TLS, of an endpoint without it',
      [denyUnless({ Bool: { 'aws:SecureTransport': 'false' } })],
      [key([readwrite])],
      ['GET', 'b/x', '--endpoint', 'http://s3.example.com'],
      'DENIED',
      [],
    ],
    [
      'the version of TLS',
      [denyUnless({ NumericLessThan: { 's3:TlsVersion': '1.2' } })],
      [key([readwrite])],
      ['GET', 'b/x'],
      'DEPENDS',
      ['s3:TlsVersion'],
    ],
    [
      'presigned URLs are not wanted',
      [denyUnless({ StringNotEquals: { 's3:authType': 'REST-HEADER' } })],
      [key([readwrite])],
      ['GET', 'b/x'],
      'DENIED',
      [],
    ],
    [
      'forms are, URLs are not',
      [denyUnless({ StringNotEquals: { 's3:authType': 'POST' } })],
      [key([readwrite])],
      ['POST', 'b/x'],
      'ALLOWED',
      [],
    ],
    [
      'another region',
      [denyUnless({ StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } })],
      [key([readwrite])],
      ['GET', 'b/x', '--region', 'eu-1'],
      'DENIED',
      [],
    ],
    ['a key that is suspended', [], [key([readwrite], { status: 'suspended' })], ['GET', 'b/x'], 'DENIED', []],
    ['a policy that cannot be read', [{ Effect: 'Maybe' }], [key([readwrite])], ['GET', 'b/x'], 'DENIED', []],
    [
      'tags without permission to set them',
      [],
      [key([{ bucket: 'b', permission: 'write' }])],
      ['PUT', 'b/x', '--tagging', 'a=b'],
      'DENIED',
      [],
    ],
    [
      'tags of a form without permission to set them',
      [],
      [key([{ bucket: 'b', permission: 'write' }])],
      ['POST', 'b/x', '--tagging', 'a=b'],
      'DENIED',
      [],
    ],
    [
      'the right tags',
      [{ ...allow('s3:PutObject*'), Condition: { StringEquals: { 's3:RequestObjectTag/a': 'b' } } }],
      noKeys,
      ['PUT', 'b/x', '--tagging', 'a=b'],
      'ALLOWED',
      [],
    ],
    [
      'the right tags of a form',
      [{ ...allow('s3:PutObject*'), Condition: { StringEquals: { 's3:RequestObjectTag/a': 'b' } } }],
      noKeys,
      ['POST', 'b/x', '--tagging', 'a=b'],
      'ALLOWED',
      [],
    ],
    [
      'the wrong tags of a form',
      [{ ...allow('s3:PutObject*'), Condition: { StringEquals: { 's3:RequestObjectTag/a': 'b' } } }],
      noKeys,
      ['POST', 'b/x', '--tagging', 'a=c'],
      'DENIED',
      [],
    ],
    ['a version', [], [key([{ bucket: 'b', actions: ['s3:GetObject'] }])], ['GET', 'b/x', '--query', 'versionId=3'], 'DENIED', []],
  ])('%s', async (_, statements, keys, args, word, names) => {
    const { code, out, err } = await presign(args, { snapshot: snapshotOf(statements, keys) })
    expect(err.match(/^(ALLOWED|DEPENDS|DENIED) /m)?.[1], err).toBe(word)
    expect({ code, isThere: out !== '' }).toEqual(word === 'DENIED' ? { code: 1, isThere: false } : { code: 0, isThere: true })
    if (word === 'DEPENDS') expect([...err.matchAll(/^ {4}([^ ]*?): /gm)].map(([, name]) => name)).toEqual(names)
  })

  test('a copy, whose source may have tags', async () => {
    const args = ['PUT', 'b/x', '--header', 'x-amz-copy-source: /b/y']
    const actions = ['s3:GetObject', 's3:PutObject']
    const { code, err } = await presign(args, { snapshot: snapshotOf([], [key([{ bucket: 'b', actions }])]) })
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringMatching(/^DEPENDS .*Tagging on/) })
    expect(err).toContain('s3:ExistingObjectTag/*: the tags that the object has at that time\n')
    expect((await presign(args)).err).toMatch(/^ALLOWED/)
  })

  test('a denial that a statement seems to leave open says what is missing besides', async () => {
    const { err } = await presign(['GET', 'b/x'], { snapshot: snapshotOf([denyUnless(ifAddress)], noKeys) })
    expect(err).toContain('\nEven if what is unknown turned out well, nothing allows it\n')
  })

  test('a bucket or key that is not in the snapshot, and which are', async () => {
    const bucket = await presign(['GET', 'c/x'])
    expect(bucket).toMatchObject({ code: 1, out: '' })
    expect(bucket.err).toContain('because the bucket is not in the snapshot')
    expect(bucket.err).toContain('; the buckets of the snapshot are `b`\n')
    const stranger = await presign(['GET', 'b/x'], { snapshot: snapshotOf([], []) })
    expect(stranger).toMatchObject({ code: 1, out: '' })
    expect(stranger.err).toContain('; the access keys of the snapshot are none\n')
  })

  test('what speaks against it besides', async () => {
    expect((await presign(['PUT', 'b/x', '--acl', 'private'])).err).not.toContain('warning')
    expect((await presign(['PUT', 'b/x', '--acl', 'public-read'])).err).toMatch(/^warning: the ACL gives others something/m)
    expect((await presign(['POST', 'b/x', '--acl', 'public-read'])).err).toMatch(/^warning: the ACL gives others something/m)
    expect((await presign(['GET', 'b/a/../x'])).err).toMatch(/^warning: the key has `\.` or `\.\.` between slashes/m)
  })

  test('in colour where it is wanted', async () => {
    expect((await presign(['GET', 'b/x'], { colors: true })).err).toContain('\u001b[32mALLOWED\u001b[39m')
  })
})

describe('what time changes', () => {
  const bounded = (bounds: object) => snapshotOf([], [key([readwrite], bounds)])
  const until = (time: number) => ({ DateGreaterThanEquals: { 'aws:CurrentTime': iso(time) } })
  test.each<[string, object, number, string | undefined]>([
    ['a key that lasts', bounded({ expiresAt: NOON + 3 * HOUR }), 0, undefined],
    ['a key that lasts as long as the URL', bounded({ expiresAt: NOON + 2 * HOUR + 1 }), 0, undefined],
    [
      'a key that expires before the URL',
      bounded({ expiresAt: NOON + HOUR }),
      0,
      'the access key expires at 2026-09-21T13:00:00Z, before the URL does at 2026-09-21T14:00:00Z',
    ],
    ['a key that has expired', bounded({ expiresAt: NOON }), 1, undefined],
    [
      'a key that is not valid yet',
      bounded({ notBefore: NOON + HOUR }),
      0,
      'the access key is not valid before 2026-09-21T13:00:00Z, nor is the URL',
    ],
    ['a key that is not valid before the URL has expired', bounded({ notBefore: NOON + 3 * HOUR }), 1, undefined],
    [
      'a policy that ends before the URL',
      snapshotOf([denyUnless(until(NOON + HOUR))]),
      0,
      "from 2026-09-21T13:00:00Z on it is denied, because the bucket's policy denies it",
    ],
    ['a policy that ends after the URL', snapshotOf([denyUnless(until(NOON + 3 * HOUR))]), 0, undefined],
    [
      'a policy that begins after now, in Unix seconds',
      snapshotOf([denyUnless({ NumericLessThan: { 'aws:EpochTime': String((NOON + HOUR) / 1000) } })]),
      0,
      "until 2026-09-21T13:00:00Z it is denied, because the bucket's policy denies it",
    ],
    [
      'a while in between',
      snapshotOf([
        denyUnless({
          DateGreaterThanEquals: { 'aws:CurrentTime': iso(NOON + 60_000) },
          DateLessThan: { 'aws:CurrentTime': iso(NOON + 120_000) },
        }),
      ]),
      0,
      "from 2026-09-21T12:01:00Z until 2026-09-21T12:02:00Z it is denied, because the bucket's policy denies it",
    ],
    [
      'only a while in between',
      snapshotOf([denyUnless({ DateLessThan: { 'aws:CurrentTime': iso(NOON + 60_000) } }), denyUnless(until(NOON + 120_000))]),
      0,
      "from 2026-09-21T12:02:00Z on it is denied, because the bucket's policy denies it",
    ],
    [
      'the age of the signature',
      snapshotOf([denyUnless({ NumericGreaterThan: { 's3:signatureAge': '600000' } })]),
      0,
      "from 2026-09-21T12:10:00.001Z on it is denied, because the bucket's policy denies it",
    ],
    [
      'an age that the URL does not reach',
      snapshotOf([denyUnless({ NumericGreaterThan: { 's3:signatureAge': '7200000' } })]),
      0,
      undefined,
    ],
  ])('%s', async (_, snapshot, code, warning) => {
    const ended = await presign(['GET', 'b/x', '--expires', '2h'], { snapshot })
    expect(ended.code, ended.err).toBe(code)
    const warnings = ended.err.split('\n').filter((line) => line.startsWith('warning: '))
    if (warning === undefined) expect(warnings).toEqual([])
    else expect(warnings).toContain(`warning: ${warning}`)
  })
})

describe('forms', () => {
  const limits = ['--prefix', 'anna/', '--min-size', '1', '--max-size', '10MB', '--content-type', 'image/']

  test('what is to be sent', async () => {
    const { method, url, fields, startsWith, size, expiresAt } = await json(['POST', 'b', ...limits, '--expires', '1h'])
    expect({ method, url, startsWith, size, expiresAt }).toEqual({
      method: 'POST',
      url: 'https://s3.example.com/b',
      startsWith: { 'Content-Type': 'image/' },
      size: { min: 1, max: 10_000_000 },
      expiresAt: iso(NOON + HOUR),
    })
    expect(Object.keys(fields)).toEqual(['key', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'policy', 'x-amz-signature'])
    expect(fields).toMatchObject({ key: 'anna/${filename}', 'x-amz-credential': 'AK/20260921/us-east-1/s3/aws4_request' })
    expect(JSON.parse(Buffer.from(fields.policy, 'base64').toString())).toEqual({
      expiration: '2026-09-21T13:00:00.000Z',
      conditions: [
        { bucket: 'b' },
        ['starts-with', '$key', 'anna/'],
        { 'x-amz-algorithm': 'AWS4-HMAC-SHA256' },
        { 'x-amz-credential': 'AK/20260921/us-east-1/s3/aws4_request' },
        { 'x-amz-date': '20260921T120000Z' },
        ['content-length-range', 1, 10_000_000],
        ['starts-with', '$Content-Type', 'image/'],
      ],
    })
    // As Amazon's documentation has it: one key for each part of the scope, over the policy as it is sent.
    const hmac = (secret: string | Buffer, text: string) => createHmac('sha256', secret).update(text).digest()
    const signing = ['20260921', 'us-east-1', 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${SECRET}`)
    expect(fields['x-amz-signature']).toBe(hmac(signing, fields.policy).toString('hex'))
  })

  test.each<[string, readonly string[], Readonly<Record<string, string>>, string | undefined]>([
    ['a prefix', limits, { 'content-type': 'image/png' }, 'anna/me.png'],
    ['another type', limits, { 'content-type': 'text/html' }, undefined],
    ['no type', limits, {}, undefined],
    ['another prefix', limits, { 'content-type': 'image/png', key: 'boris/me.png' }, undefined],
    ['a field more', limits, { 'content-type': 'image/png', acl: 'private' }, undefined],
    ['exactly one type', ['--prefix', '', '--content-type', 'text/csv'], {}, 'me.png'],
    ['further fields', ['--prefix', 'a/', '--field', 'x-amz-meta-from=a=b', '--acl', 'private'], {}, 'a/me.png'],
    ['fields that were changed', ['--prefix', 'a/', '--field', 'x-amz-meta-from=a'], { 'x-amz-meta-from': 'b' }, undefined],
  ])('%s', async (_, args, sent, stored) => {
    const { fields } = await json(['POST', 'b', ...args])
    const all = new Map([...Object.entries<string>(fields), ...Object.entries(sent)].map(([name, value]) => [name.toLowerCase(), value]))
    const verified = await verifyPostForm(all, { name: 'me.png' }, { ...server(NOON), bucket: 'b' })
    if (stored === undefined) expect(verified).toMatchObject({ kind: 'error', code: 'AccessDenied' })
    else expect(verified).toMatchObject({ kind: 'post-form', key: stored, authentication: { accessKey: 'AK', authType: 'POST' } })
  })

  test('one key', async () => {
    const { fields } = await json(['POST', 'b/anna/me.png'])
    expect(fields.key).toBe('anna/me.png')
    expect(Buffer.from(fields.policy, 'base64').toString()).toContain('{"key":"anna/me.png"}')
  })

  test('tags are a document', async () => {
    const { fields } = await json(['POST', 'b/x', '--tagging', 'a%26=%3C&b='])
    expect(fields.tagging).toBe(
      '<Tagging><TagSet><Tag><Key>a&amp;</Key><Value>&lt;</Value></Tag><Tag><Key>b</Key><Value></Value></Tag></TagSet></Tagging>',
    )
  })

  test.each([
    ['500', 500],
    ['1kb', 1000],
    ['10MB', 10_000_000],
    ['1 MiB', 1_048_576],
    ['5GiB', 5_368_709_120],
  ])('--max-size %s is %i bytes', async (text, bytes) => {
    expect((await json(['POST', 'b/x', '--max-size', text])).size).toEqual({ min: 0, max: bytes })
  })

  describe('names that policies and grants speak of', () => {
    const noExe = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: 'arn:aws:s3:::b/*.exe' }
    test.each<[string, readonly object[], readonly object[], string, number, RegExp]>([
      ['none', [], [key([readwrite])], 'a/', 0, /^ALLOWED .* on arn:aws:s3:::b\/a\/file\n((?!warning).*\n)*$/],
      [
        'one that is denied',
        [noExe],
        [key([readwrite])],
        'a/',
        0,
        /^warning: the answer is for `a\/file`; `a\/\.exe` would be denied, because the bucket's policy denies it$/m,
      ],
      [
        'one below another prefix',
        [{ ...noExe, Resource: 'arn:aws:s3:::b/b/*.exe' }],
        [key([readwrite])],
        'a/',
        0,
        /^ALLOWED .*\n((?!warning).*\n)*$/,
      ],
      [
        'only some that are allowed',
        [{ ...allow('s3:PutObject'), Resource: 'arn:aws:s3:::b/a/*.jp?g' }],
        [key([])],
        'a/',
        0,
        /^warning: the answer is for `a\/\.jpxg`; `a\/file` would be denied, because nothing allows it$/m,
      ],
      [
        'a grant on a folder below',
        [],
        [key([{ ...readwrite, prefix: 'a/b/' }])],
        'a/',
        0,
        /^warning: the answer is for `a\/b\/x`; `a\/file` would be denied/m,
      ],
      ['a grant on a folder above', [], [key([{ ...readwrite, prefix: 'a/' }])], 'a/b/', 0, /^ALLOWED .*\n((?!warning).*\n)*$/],
      [
        'the folder of a user',
        [{ ...allow('s3:PutObject'), Resource: 'arn:aws:s3:::b/${aws:username}/*' }],
        [key([], { arn: `arn:aws:iam::${OWNER}:user/an*a` })],
        '',
        0,
        /on arn:aws:s3:::b\/an\*a\/\n/,
      ],
      [
        'the folder of another user',
        [{ ...allow('s3:PutObject'), Resource: 'arn:aws:s3:::b/${aws:username}/*' }],
        [key([], { arn: `arn:aws:iam::${OWNER}:user/anna` })],
        'boris/',
        1,
        /^denied: no form is made/m,
      ],
      ['another bucket', [], [key([{ ...readwrite, bucket: 'c' }])], 'a/', 1, /^denied: no form is made/m],
    ])('%s', async (_, statements, keys, prefix, code, text) => {
      const ended = await presign(['POST', 'b', '--prefix', prefix], { snapshot: snapshotOf(statements, keys) })
      expect(ended.err).toMatch(text)
      expect(ended.code).toBe(code)
    })

    test('many of them are counted', async () => {
      const many = Array.from({ length: 9 }, (_, at) => ({ ...noExe, Resource: `arn:aws:s3:::b/a/*.${at}` }))
      const { err } = await presign(['POST', 'b', '--prefix', 'a/'], { snapshot: snapshotOf(many) })
      expect(err).toContain("`a/.2` would be denied, because the bucket's policy denies it; and so on, for 6 more\n")
    })

    test('the file that is going to be uploaded', async () => {
      const { code, err } = await presign(['POST', 'b', '--prefix', 'a/', '--format', 'curl', '--file', 'c/x.exe'], {
        snapshot: snapshotOf([noExe]),
      })
      expect({ code, err }).toMatchObject({ code: 0 })
      expect(err).toContain('`a/x.exe` would be denied')
    })
  })
})

describe('a page for a form', () => {
  const page = (...args: string[]) => signed(['POST', 'b', '--format', 'html', '--prefix', 'anna/', ...args])
  const between = (text: string, start: string, end: string) => text.split(start)[1]?.split(end)[0] ?? ''

  test('is whole in itself, and lets nothing else in', async () => {
    const text = await page('--content-type', 'image/', '--max-size', '10MB')
    expect(text).not.toMatch(/<(link|img|script[^>]+src)|@import|url\(/)
    expect(text.match(/https?:\/\/[^"'; ]+/g)).toEqual(['https://s3.example.com', 'https://s3.example.com', 'https://s3.example.com/b'])
    const policy = between(text, 'Content-Security-Policy" content="', '">').replaceAll('&#39;', "'")
    const hashOf = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hashOf(between(text, '<style>', '</style>'))}`,
      `script-src ${hashOf(between(text, '<script>', '</script>'))}`,
      'form-action https://s3.example.com',
      'frame-src https://s3.example.com',
      "base-uri 'none'",
    ])
    expect(() => new Script(between(text, '<script>', '</script>'))).not.toThrow()
  })

  test('sends the fields that are signed, and the file last', async () => {
    const text = await page('--content-type', 'image/')
    const form = between(text, '<form', '</form>')
    const inputs = [...form.matchAll(/<input [^>]*name="([^"]*)"(?: value="([^"]*)")?/g)].map(
      ([, name = '', value = '']) => [name, value] as const,
    )
    expect(inputs.map(([name]) => name)).toEqual([
      ...['success_action_status', 'key', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'policy', 'x-amz-signature'],
      ...['Content-Type', 'file'],
    ])
    const fields = new Map(inputs.filter(([name]) => name !== 'file').map(([name, value]) => [name.toLowerCase(), value]))
    expect(await verifyPostForm(fields, { name: 'a.png' }, { ...server(NOON), bucket: 'b' })).toMatchObject({
      kind: 'post-form',
      key: 'anna/a.png',
    })
    for (const part of ['method="post"', 'enctype="multipart/form-data"', 'action="https://s3.example.com/b"', 'target="answer"'])
      expect(form).toContain(part)
  })

  test('can be read and used by all', async () => {
    const text = await page('--content-type', 'image/', '--max-size', '10MB')
    for (const part of [
      '<html lang="en">',
      '<title>Upload to b</title>',
      '<h1>',
      '<label for="file">',
      '<label for="type">',
      'role="status"',
      'title="Answer of the server"',
    ])
      expect(text).toContain(part)
    expect(text).toContain(
      'stored as anna/ and the file&#39;s name, of type image/…, from 0 bytes to 10,000,000 bytes. Until 2026-09-21T12:15:00Z.',
    )
  })

  test('goes where the form sends it afterwards', async () => {
    const text = await page('--field', 'success_action_redirect=https://example.com/thanks')
    expect(text).toContain('form-action https://s3.example.com https://example.com;')
    expect(text).not.toContain('<iframe')
    expect(text).not.toContain('success_action_status')
  })

  /** Runs the page's script on stand-ins for its elements. */
  function open(text: string, now: number) {
    const listeners: Record<string, () => void> = {}
    const element = (name: string, rest: object = {}) => ({
      addEventListener: (event: string, listener: () => void) => {
        listeners[`${name} ${event}`] = listener
      },
      ...rest,
    })
    const dataset = Object.fromEntries(
      [...between(text, '<form', '>').matchAll(/ data-(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    )
    const file = {
      ...element('file', { files: [] as object[], validationMessage: '' }),
      setCustomValidity(message: string) {
        Object.assign(file, { validationMessage: message })
      },
    }
    const type = text.includes('id="type"') ? { ...element('type'), value: 'image/' } : null
    const status = { textContent: '' }
    const byId: Readonly<Record<string, unknown>> = { file, type, status }
    const elements: Readonly<Record<string, unknown>> = {
      form: element('form', { dataset, querySelector: () => element('button') }),
      iframe: element('iframe'),
    }
    new Script(between(text, '<script>', '</script>')).runInNewContext({
      document: { querySelector: (name: string) => elements[name], getElementById: (name: string) => byId[name] },
      Date: { now: () => now },
    })
    return {
      choose(chosen: object) {
        Object.assign(file, { files: [chosen] })
        listeners['file change']?.()
        return { ...(type === null ? {} : { type: type.value }), problem: status.textContent }
      },
    }
  }

  test.each<[string, object, number, object]>([
    ['a photo', { size: 2000, type: 'image/png' }, NOON, { type: 'image/png', problem: '' }],
    ['a file of a type that nobody knows', { size: 2000, type: '' }, NOON, { type: 'image/', problem: '' }],
    ['a text', { size: 2000, type: 'text/html' }, NOON, { type: 'text/html', problem: 'Files of this type are not taken.' }],
    ['too small', { size: 999, type: 'image/png' }, NOON, { type: 'image/png', problem: 'The file is too small.' }],
    ['too large', { size: 2001, type: 'image/png' }, NOON, { type: 'image/png', problem: 'The file is too large.' }],
    ['too late', { size: 2000, type: 'image/png' }, NOON + 900_000, { type: 'image/png', problem: 'The time for uploads is over.' }],
  ])('says beforehand what the server would refuse: %s', async (_, chosen, now, expected) => {
    expect(open(await page('--content-type', 'image/', '--min-size', '1KB', '--max-size', '2KB'), now).choose(chosen)).toEqual(expected)
  })

  test('a form without bounds takes every file', async () => {
    expect(open(await page(), NOON).choose({ size: 0, type: 'text/html' })).toEqual({ problem: '' })
  })

  test('names cannot become markup', async () => {
    const hostile = '"><script>alert(1)</script>&\'\u202e'
    const text = await signed(['POST', 'b', '--format', 'html', '--prefix', hostile, '--field', `x-amz-meta-${hostile}=${hostile}`])
    expect(text).not.toContain('<script>alert')
    expect(text).not.toContain('\u202e')
    expect(text).toContain('name="key" value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#39;&#8238;${filename}"')
  })
})

describe('commands for curl', () => {
  const hasCurl = spawnSync('curl', ['--version']).status === 0
  const received: {
    readonly method: string | undefined
    readonly url: string | undefined
    readonly headers: IncomingMessage['headers']
    readonly body: string
  }[] = []
  const listening = createServer(async (message, response) => {
    const { method, url, headers } = message
    received.push({ method, url, headers, body: (await buffer(message)).toString('latin1') })
    response.end('the object')
  })
  let endpoint = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
    endpoint = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`
  })
  afterAll(() => listening.close())

  /** Pastes the command into a shell. */
  async function paste(args: readonly string[]) {
    const text = await signed([...args, '--format', 'curl', '--endpoint', endpoint])
    const { spawn } = await import('node:child_process')
    const shell = spawn('bash', ['-c', text], { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] })
    const [out, err] = await Promise.all([buffer(shell.stdout), buffer(shell.stderr)])
    const request = received.pop()
    if (request === undefined) throw new Error(`nothing came: ${err.toString()}\n${text}`)
    return { out: out.toString(), request }
  }

  async function isVerified({ method = '', url = '', headers }: (typeof received)[number]): Promise<boolean> {
    const http = { method, target: url, headers: HeaderList.of(Object.entries(headers).map(([name, value]) => [name, String(value)])) }
    const verified = await verifySignature(http, server(NOON))
    return verified.kind === 'authentication' && verified.accessKey === 'AK'
  }

  test.skipIf(!hasCurl).each<[string, string, readonly string[]]>([
    ['an object', 'GET', ['b/a/photo of "us" & `you`.txt']],
    ['an object with dots in its path', 'GET', ['b/a/../b/./c']],
    ['its head', 'HEAD', ['b/x']],
    ['its removal', 'DELETE', ["b/it's"]],
  ])('%s', async (_, method, args) => {
    const { request } = await paste([method, ...args])
    expect(request.method).toBe(method)
    expect(await isVerified(request)).toBe(true)
  })

  test.skipIf(!hasCurl)('what is read is put under its name', async () => {
    await paste(['GET', "b/a/it's $HOME.txt"])
    expect(readFileSync(join(directory, "it's $HOME.txt"), 'utf8')).toBe('the object')
  })

  test.skipIf(!hasCurl).each<[string, readonly string[], string]>([
    ['an upload', ['b/x'], '/b/x'],
    ['an upload with headers', ['b/x', '--content-type', 'image/png', '--header', "x-amz-meta-a: it's $HOME"], '/b/x'],
    ['a folder', ['b/folder/'], '/b/folder/'],
  ])('%s', async (_, args, path) => {
    const name = `it's a; "photo".png`
    writeFileSync(join(directory, name), 'the photo')
    const { request } = await paste(['PUT', ...args, '--file', name])
    expect(request).toMatchObject({ method: 'PUT', body: 'the photo' })
    expect(request.url?.split('?')[0]).toBe(path)
    expect(await isVerified(request)).toBe(true)
    expect(request.headers['content-type']).toBe(args.includes('--content-type') ? 'image/png' : undefined)
  })

  test.skipIf(!hasCurl)('a form', async () => {
    const name = `it's a; "photo",.png`
    writeFileSync(join(directory, name), 'the photo')
    const field = 'x-amz-meta-odd=@/etc/passwd;type=a <b> $HOME `id`'
    const { request } = await paste(['POST', 'b', '--prefix', '@a;/\u202e', '--content-type', 'image/', '--field', field, '--file', name])
    const type = String(request.headers['content-type'])
    const form = await new Response(Buffer.from(request.body, 'latin1'), { headers: { 'content-type': type } }).formData()
    const sent = form.get('file')
    expect(sent instanceof File ? await sent.text() : sent).toBe('the photo')
    const fields = new Map([...form].flatMap(([each, value]) => (typeof value === 'string' ? [[each.toLowerCase(), value] as const] : [])))
    expect(fields.get('content-type')).toBe('image/png')
    expect(`x-amz-meta-odd=${fields.get('x-amz-meta-odd')}`).toBe(field)
    expect(await verifyPostForm(fields, { name: 'x' }, { ...server(NOON), bucket: 'b' })).toMatchObject({
      kind: 'post-form',
      key: '@a;/\u202ex',
    })
  })

  test('what is yours to fill in', async () => {
    expect(await signed(['PUT', 'b/x', '--format', 'curl'])).toContain('--upload-file FILE \\\n')
    const form = await signed(['POST', 'b/x', '--format', 'curl', '--content-type', 'image/'])
    expect(form).toContain('--form-string Content-Type=image/TYPE \\\n')
    expect(form).toContain(`--form 'file=@"FILE"' \\\n`)
    expect(await signed(['GET', 'b/.bashrc', '--format', 'curl'])).toContain('--output FILE \\\n')
  })
})

describe('secrets', () => {
  test.each([
    ['as it is', SECRET],
    ['with a line end', `${SECRET}\n`],
    ['with a line end of Windows', `${SECRET}\r\n`],
  ])('in a file, %s', async (_, content) => {
    const path = file('secret', content)
    chmodSync(path, 0o600)
    const { code, out, err } = await presign(['GET', 'b/x', '--secret-file', path], { environment: {} })
    expect({ code, out }).toEqual({ code: 0, out: await signed(['GET', 'b/x']) })
    expect(err).not.toContain('warning')
  })

  test('a file outweighs the environment', async () => {
    const path = file('secret', `${SECRET}\n`)
    expect(await signed(['GET', 'b/x', '--secret-file', path], { environment: { GRANTREE_SECRET: 'another' } })).toBe(
      await signed(['GET', 'b/x']),
    )
  })

  test.skipIf(process.platform === 'win32')('a file that others can read is told', async () => {
    const path = file('secret', `${SECRET}\n`)
    chmodSync(path, 0o640)
    const { code, err } = await presign(['GET', 'b/x', '--secret-file', path])
    expect(code).toBe(0)
    expect(err).toMatch(/^warning: others can read `.*secret`; `chmod 600` keeps it to you\n/)
  })

  test.each<[string, readonly string[], Readonly<Record<string, string>>, RegExp]>([
    ['none', [], {}, /^error: no secret to sign with: give --secret-file FILE, or put it into the environment as GRANTREE_SECRET\n$/],
    ['an empty variable', [], { GRANTREE_SECRET: '' }, /^error: no secret to sign with/],
    ['an empty file', ['--secret-file', file('empty', '\n')], {}, /error: `.*empty` is empty/],
    ['two lines', ['--secret-file', file('two', `${SECRET}\n${SECRET}\n`)], {}, /error: `.*two` holds no secret: a secret is one line/],
    ['a variable with a blank', [], { GRANTREE_SECRET: `${SECRET} ${SECRET}` }, /^error: GRANTREE_SECRET holds no secret/],
    ['no such file', ['--secret-file', `${directory}/nowhere`], {}, /^error: cannot read `.*nowhere`: there is no such file\n$/],
    ['on the command line', ['--secret', SECRET], {}, /^error: a secret on the command line is seen by others/],
    ['on the command line, in one word', [`--secret=${SECRET}`], {}, /^error: a secret on the command line is seen by others/],
  ])('%s: exit code 2, and no word of it', async (_, args, environment, message) => {
    const { code, out, err } = await presign(['GET', 'b/x', ...args], { environment })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
  })
})

describe('what cannot be signed: exit code 2, what is wrong, and what to do', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['another method', ['PATCH', 'b/x'], /`PATCH` cannot be presigned; it is GET, HEAD, PUT or DELETE, or POST for a form/],
    ['no bucket', ['GET', '/x'], /`\/x` names no bucket; write BUCKET\/KEY/],
    ['no object', ['GET', 'b'], /`b` names no object; write BUCKET\/KEY/],
    ['no object after a slash', ['GET', 's3://b/'], /names no object/],
    ['a form without key', ['POST', 'b'], /a form needs one key, BUCKET\/KEY, or what all its keys begin with: POST b --prefix uploads\//],
    ['a form for a folder', ['POST', 'b/anna/'], /POST b --prefix anna\//],
    ['a key and a prefix', ['POST', 'b/x', '--prefix', 'a/'], /--prefix takes the place of a key: POST b --prefix a\//],
    ['a prefix of a URL', ['PUT', 'b', '--prefix', 'a/'], /--prefix is not for PUT; a URL is for one object: BUCKET\/KEY/],
    ['a size of a URL', ['PUT', 'b/x', '--max-size', '1'], /--max-size is not for PUT; only a form \(POST\) bounds the size/],
    ['a field of a URL', ['PUT', 'b/x', '--field', 'a=b'], /--field is not for PUT; a URL has headers/],
    ['a header of a form', ['POST', 'b/x', '--header', 'a: b'], /--header is not for POST; a form has fields/],
    ['a parameter of a form', ['POST', 'b/x', '--query', 'a=b'], /--query is not for POST; a form has fields/],
    ['the type of what is read', ['GET', 'b/x', '--content-type', 'a/b'], /are for uploads: PUT and POST, not GET/],
    [
      'many types of a URL',
      ['PUT', 'b/x', '--content-type', 'image/'],
      /a presigned PUT has one exact type, such as image\/png; POST takes/,
    ],
    ['a page for a URL', ['GET', 'b/x', '--format', 'html'], /--format html is a page with a form, which POST makes/],
    ['a form as a URL', ['POST', 'b/x', '--format', 'url'], /a form is more than a URL: give --format json, curl or html/],
    ['a file for no command', ['PUT', 'b/x', '--file', 'x'], /--file names what a curl command uploads/],
    ['a file for reading', ['GET', 'b/x', '--file', 'x', '--format', 'curl'], /--file names what a curl command uploads/],
    ...['0', '0s', '8d', '604801', '-1', '1.5h', '1w', '', 'soon'].map((text): [string, readonly string[], RegExp] => [
      `--expires ${text}`,
      ['GET', 'b/x', `--expires=${text}`],
      /--expires takes 1s to 7d, such as 900, 30s, 15m, 2h or 7d, not `/,
    ]),
    ...['', '-1', '1.5MB', '10 mega', '10M'].map((text): [string, readonly string[], RegExp] => [
      `--max-size ${text}`,
      ['POST', 'b/x', `--max-size=${text}`],
      /a size is a number of bytes, or such as 500KB, 10MB or 10MiB, not `/,
    ]),
    ['too large', ['POST', 'b/x', '--max-size', '6GB'], /`6GB` is more than one upload can have, which is 5GiB/],
    [
      'no size between',
      ['POST', 'b/x', '--min-size', '2KB', '--max-size', '1KB'],
      /--min-size \(2000 bytes\) is more than --max-size \(1000 bytes\)/,
    ],
    [
      'an endpoint that is no URL',
      ['GET', 'b/x', '--endpoint', 's3.example.com'],
      /--endpoint takes the server's URL, such as https:\/\/s3\.example\.com, not/,
    ],
    ['an endpoint of another kind', ['GET', 'b/x', '--endpoint', 'ftp://s3.example.com'], /--endpoint takes the server's URL/],
    ['an endpoint with a path', ['GET', 'b/x', '--endpoint', 'https://example.com/s3'], /--endpoint takes a URL without path and query/],
    ['an endpoint with a user', ['GET', 'b/x', '--endpoint', 'https://me:word@example.com'], /--endpoint takes no user and no password/],
    [
      'a bucket that no host can name',
      ['GET', 'B/x', '--virtual-host'],
      /a URL cannot name bucket `B` and this key so that a server understands the same; leave --virtual-host out/,
    ],
    ['a bucket that no path can name', ['GET', '../x'], /S3 would refuse such a request: InvalidBucketName/],
    ['a long key', ['GET', `b/${'x'.repeat(1025)}`], /S3 would refuse such a request: KeyTooLongError/],
    ['a parameter that S3 does not have', ['GET', 'b/x', '--query', 'nope=1'], /S3 would refuse such a request: NotImplemented/],
    ['a parameter of the signature', ['GET', 'b/x', '--query', 'X-Amz-Expires=1'], /no server could verify such a URL/],
    ['a header of the signature', ['GET', 'b/x', '--header', 'Host: x'], /`host` is set by the signature itself; leave it out/],
    ['a header twice', ['PUT', 'b/x', '--header', 'Content-Type: a/b', '--content-type', 'a/b'], /`content-type` is given twice/],
    ['a header that is none', ['PUT', 'b/x', '--header', 'nothing'], /--header takes 'NAME: VALUE', not `nothing`/],
    [
      'a header with odd characters',
      ['PUT', 'b/x', '--header', 'x-amz-meta-a: ä'],
      /`x-amz-meta-a` is no header that all clients send alike/,
    ],
    [
      'a header with a line end',
      ['PUT', 'b/x', '--header', 'x-amz-meta-a: a\r\nb: c'],
      /`x-amz-meta-a` is no header that all clients send alike/,
    ],
    ['a field that is none', ['POST', 'b/x', '--field', 'nothing'], /--field takes NAME=VALUE, not `nothing`/],
    ['a field twice', ['POST', 'b/x', '--field', 'ACL=private', '--acl', 'private'], /the field `acl` is given twice/],
    ['a field of the form itself', ['POST', 'b/x', '--field', 'Policy=x'], /the field `policy` is set by the form itself; leave it out/],
    ['a field that is no name', ['POST', 'b/x', '--field', '__proto__=x'], /the field `__proto__` is set by the form itself/],
    ["the file's name in a key", ['POST', 'b/${filename}'], /`key` holds \$\{filename\}; give --prefix/],
    ["the file's name in a field", ['POST', 'b/x', '--field', 'x-amz-meta-a=${filename}'], /`x-amz-meta-a` holds \$\{filename\}/],
    ['a line end in a field', ['POST', 'b/x', '--field', 'x-amz-meta-a=a\nb'], /`x-amz-meta-a` has a control character/],
    [
      'tags that are none',
      ['POST', 'b/x', '--tagging', 'a=1&a=2'],
      /--tagging takes such as 'project=x&team=a%20b', and S3 says of this one: \w/,
    ],
    ['tags that are none, of a URL', ['PUT', 'b/x', '--tagging', 'a=1&a=2'], /S3 would refuse such a request: Invalid(Tag|Argument): /],
    ['a region that is none', ['GET', 'b/x', '--region', 'a/b'], /no server could verify such a URL|cannot be told from a signature/],
    ['no region', ['GET', 'b/x', '--region', ''], /no server could verify such a URL/],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await presign(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
    expect(err).toMatch(/^error: .*\n$/)
  })

  test('what is missing', async () => {
    expect((await presign(['GET'])).err).toContain("error: missing required argument 'object'")
    expect((await grantree(['presign', 'GET', 'b/x'])).err).toContain("error: required option '-s, --snapshot <file>' not specified")
  })
})

describe('docs/presign.md', () => {
  const text = readFileSync(join(root, 'docs/presign.md'), 'utf8')
  const blocks = [...text.matchAll(/^```sh\nnpx grantree (.*)\n```\n(?:\n```text\n([\s\S]*?)^```)?/gm)].map(([, command = '', shown]) => ({
    command,
    shown,
  }))

  test('its commands work, and say what it shows', async () => {
    expect(blocks.map(({ shown }) => shown !== undefined)).toEqual([true, true, false])
    for (const { command, shown } of blocks) {
      const args = command.split(' ').map((arg) => (arg.startsWith('fixtures/') ? join(root, arg) : arg))
      const { code, out, err } = await grantree(args, { environment: { GRANTREE_SECRET: SECRET } })
      expect({ code, isThere: out !== '' }).toEqual({ code: 0, isThere: true })
      if (shown !== undefined) expect(err).toBe(shown)
    }
  })
})

describe('the process', () => {
  beforeAll(() => build())

  function run(args: readonly string[], options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {}) {
    const command = [main, 'presign', ...args, '-s', plain, '-k', 'AK', '-e', 'https://s3.example.com']
    const { env, ...rest } = options
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, ...env },
      ...rest,
    })
    return { code: status, out: stdout, err: stderr }
  }

  test('signs with the secret of the environment, by its own clock', async () => {
    const { code, out, err } = run(['GET', 'b/x'], { env: { GRANTREE_SECRET: SECRET } })
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('ALLOWED') })
    expect(await verifySignature(requestOf('GET', out.trim()), server(Date.now()))).toMatchObject({ accessKey: 'AK' })
  })

  test('signs with a secret from standard input', async () => {
    const { code, out } = run(['PUT', 'b/x', '--secret-file', '-'], { input: `${SECRET}\n` })
    expect(code).toBe(0)
    expect(await verifySignature(requestOf('PUT', out.trim()), server(Date.now()))).toMatchObject({ accessKey: 'AK' })
  })

  test('signs nothing for who may not', () => {
    expect(run(['GET', 'c/x'], { env: { GRANTREE_SECRET: SECRET } })).toMatchObject({ code: 1, out: '' })
    expect(run(['GET', 'b/x'])).toMatchObject({ code: 2, out: '' })
  })
})
