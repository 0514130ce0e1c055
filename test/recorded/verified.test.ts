import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { readForm } from '../../src/adapters/read-form.js'
import { Authorizer } from '../../src/authorizer/authorizer.js'
import { createGate } from '../../src/gate/gate.js'
import type { BodySource } from '../../src/gate/incoming-request.js'
import { verifiedPieces } from '../../src/gate/verified-pieces.js'
import { HeaderList } from '../../src/http/header-list.js'
import type { HttpRequest } from '../../src/http/http-request.js'
import type { Authentication } from '../../src/sigv4/authentication.js'
import { SigningKeyCache } from '../../src/sigv4/signing-key-cache.js'
import { verifyPostForm } from '../../src/sigv4/verify-post-form.js'
import { verifySignature } from '../../src/sigv4/verify-signature.js'
import { type RecordedRequest, readRecording, recordingNames } from './read-recording.js'

const KEY = 'dir/näme with space+plus.txt'
const COPY = 'dir/copy.txt'
const FORM = 'dir/form.txt'
const bucket = 'recorded'
const addressing = { baseDomains: ['localhost'] }

/** What each client meant, request by request: the operation and what it asks, `operation: action object, action object`. */
const work: Readonly<Record<string, readonly string[]>> = {
  'make-bucket': ['CreateBucket: s3:CreateBucket'],
  put: [`PutObject: s3:PutObject ${KEY}`],
  get: [`GetObject: s3:GetObject ${KEY}`],
  head: [`HeadObject: s3:GetObject ${KEY}`],
  list: ['ListObjectsV2: s3:ListBucket'],
  copy: [`CopyObject: s3:GetObject ${KEY}, s3:PutObject ${COPY}`],
  delete: [`DeleteObject: s3:DeleteObject ${KEY}`],
  'delete-many': [`DeleteObjects: s3:DeleteObject ${KEY}, s3:DeleteObject ${COPY}`],
  'put-in-parts': uploadOf(2),
  'presigned-get': [`GetObject: s3:GetObject ${KEY}`],
  'presigned-put': [`PutObject: s3:PutObject ${KEY}`],
  'presigned-post': [`PostObject: s3:PutObject ${FORM}`],
  'put-checksum': [`PutObject: s3:PutObject ${KEY}`],
  'put-checksum-https': [`PutObject: s3:PutObject ${KEY}`],
  'put-stream': [`PutObject: s3:PutObject ${KEY}`],
  'put-stream-https': [`PutObject: s3:PutObject ${KEY}`],
  'put-https': [`PutObject: s3:PutObject ${KEY}`],
  'virtual-put': [`PutObject: s3:PutObject ${KEY}`],
}

/** Where a client does more, or other things, than the table above says. */
const ownWays: Readonly<Record<string, readonly string[]>> = {
  'aws-sdk-put-in-parts': uploadOf(3),
  'awscli-put-tagging': [`PutObjectTagging: s3:PutObjectTagging ${KEY}`],
  'awscli-put-with-headers': ['PutObject: s3:PutObject h, s3:PutObjectTagging h'],
  'rclone-put': [`HeadObject: s3:GetObject ${KEY}`, `PutObject: s3:PutObject ${KEY}`, `HeadObject: s3:GetObject ${KEY}`],
  'rclone-put-in-parts': ['HeadObject: s3:GetObject big', ...uploadOf(3), 'HeadObject: s3:GetObject big'],
  'rclone-get': [`HeadObject: s3:GetObject ${KEY}`, 'ListObjects: s3:ListBucket', `GetObject: s3:GetObject ${KEY}`],
  'rclone-head': [`HeadObject: s3:GetObject ${KEY}`, `HeadObject: s3:GetObject ${KEY}`],
  'rclone-list': ['ListObjects: s3:ListBucket'],
  'rclone-copy': [
    `HeadObject: s3:GetObject ${KEY}`,
    `HeadObject: s3:GetObject ${KEY}`,
    `HeadObject: s3:GetObject ${COPY}`,
    `CopyObject: s3:GetObject ${KEY}, s3:PutObject ${COPY}`,
    `HeadObject: s3:GetObject ${COPY}`,
  ],
  'rclone-delete': ['ListObjects: s3:ListBucket', 'ListObjects: s3:ListBucket', `DeleteObject: s3:DeleteObject ${KEY}`],
  'rclone-delete-many': [
    'ListObjects: s3:ListBucket',
    'ListObjects: s3:ListBucket',
    `DeleteObject: s3:DeleteObject ${KEY}`,
    `DeleteObject: s3:DeleteObject ${COPY}`,
  ],
  's3cmd-get': [`HeadObject: s3:GetObject ${KEY}`, `GetObject: s3:GetObject ${KEY}`],
  's3cmd-head': [
    `HeadObject: s3:GetObject ${KEY}`,
    'GetBucketPolicy: s3:GetBucketPolicy',
    'GetBucketCors: s3:GetBucketCORS',
    `GetObjectAcl: s3:GetObjectAcl ${KEY}`,
  ],
  's3cmd-list': ['ListObjects: s3:ListBucket'],
  's3cmd-copy': [
    `GetObjectAcl: s3:GetObjectAcl ${KEY}`,
    `HeadObject: s3:GetObject ${KEY}`,
    `CopyObject: s3:GetObject ${KEY}, s3:PutObject ${COPY}`,
    `PutObjectAcl: s3:PutObjectAcl ${COPY}`,
  ],
  's3cmd-put-in-parts': uploadOf(3),
  's3cmd-delete-many': [`DeleteObject: s3:DeleteObject ${KEY}`, `DeleteObject: s3:DeleteObject ${COPY}`],
  's3cmd-delete-recursive': ['ListObjects: s3:ListBucket', `DeleteObjects: s3:DeleteObject ${FORM}, s3:DeleteObject ${KEY}`],
  'curl-anonymous-get': [`GetObject: s3:GetObject ${FORM}`],
}

const isAnonymous = (name: string): boolean => name === 'curl-anonymous-get'
const isForm = (name: string): boolean => name.endsWith('-presigned-post')
const modern = recordingNames().filter((name) => name !== 's3cmd-signed-v2')
const signedOutside = modern.filter((name) => !isAnonymous(name) && !isForm(name))

describe.each(modern)('%s', (name) => {
  test('is what the client meant, by the key it signed with', async () => {
    const meant = ownWays[name] ?? work[name.slice(clientOf(name).length + 1)]
    const found: string[] = []
    for (const request of readRecording(name)) {
      const { time } = request
      const gate = createGate({
        authorizer: everything(request),
        secrets: secretsOf(request),
        hashing: nodeHashing,
        addressing,
        accessControlLists: 'pass',
        // No object that was copied had tags.
        lookUp: () => ({ 's3:ExistingObjectTag/*': null }),
      })
      const outcome = await gate.authorize({ http: request.http, time, connection: {}, body: sourceOf(request) })
      if (outcome.kind === 'refused') throw new Error(`${request.name}: ${outcome.error.code} ${outcome.error.reason}`)
      expect(outcome.authentication.accessKey).toBe(isAnonymous(name) ? undefined : request.accessKey)
      const questions = [...outcome.questions, ...(outcome.objects ?? []).flatMap((object) => object.questions)]
      expect(questions.map(({ question }) => question.bucket)).toEqual(questions.map(() => bucket))
      const asked = questions.map(({ question: { action, key } }) => (key === undefined ? action : `${action} ${key}`))
      found.push(`${outcome.request.operation.name}: ${asked.join(', ')}`)
    }
    expect(found).toEqual(meant)
  })
})

describe.each(signedOutside)('%s', (name) => {
  const requests = readRecording(name)

  test('is verified at its time, and its body keeps to what was signed', async () => {
    for (const request of requests) {
      const authentication = verified(request)
      expect(authentication).toMatchObject({ kind: 'authentication', accessKey: request.accessKey, region: request.region })
      const { body: rule } = authentication as Authentication
      if (rule.kind === 'sha256') expect(rule.hash).toBe(request.bodySha256)
      const payload = await received(request, sentBody(request), authentication as Authentication)
      expect(createHash('sha256').update(payload).digest('hex')).toBe(payloadSha256(request, rule.kind))
    }
  })

  test('is refused an hour later, or with another secret', () => {
    for (const request of requests) {
      const isPresigned = request.http.target.includes('X-Amz-Expires')
      expect(verified({ ...request, time: request.time + 3_600_000 })).toMatchObject({
        code: isPresigned ? 'AccessDenied' : 'RequestTimeTooSkewed',
      })
      expect(verified({ ...request, secretKey: `${request.secretKey}x` })).toMatchObject({ code: 'SignatureDoesNotMatch' })
    }
  })

  test('is refused with any one byte altered of method, target, signed headers and signature', () => {
    for (const request of requests) {
      const cache = new SigningKeyCache()
      const passed = variations(request.http).filter(({ http }) => verified({ ...request, http }, cache).kind !== 'error')
      expect(passed.map(({ what }) => what)).toEqual([])
    }
  })

  test('is refused with any one byte altered of a body that is signed or has checksums', async () => {
    for (const request of requests) {
      const authentication = verified(request) as Authentication
      if (authentication.body.kind === 'unsigned' || request.body.length < request.bodyBytes) continue
      const body = sentBody(request)
      const passed: number[] = []
      for (let at = 0; at < body.length; at++) {
        const altered = Uint8Array.from(body)
        altered[at] = (altered[at] as number) ^ 1
        await received(request, altered, authentication).then(
          () => passed.push(at),
          () => undefined,
        )
      }
      expect(passed).toEqual([])
    }
  })
})

describe.each(modern.filter(isForm))('%s', (name) => {
  const [request] = readRecording(name) as [RecordedRequest]

  test('is refused with any one byte altered of the fields that sign', async () => {
    const form = await readForm(request.http.headers, Readable.from([request.body]))
    if (form.kind === 'error') throw new Error(form.code)
    form.file.stream.resume()
    const { time } = request
    const verify = (fields: ReadonlyMap<string, string>) =>
      verifyPostForm(fields, { name: 'form.txt', size: 8 }, { bucket, time, secrets: secretsOf(request), hashing: nodeHashing })
    expect(verify(form.fields)).toMatchObject({ kind: 'post-form', key: FORM, authentication: { accessKey: request.accessKey } })
    const signing = [...form.fields].filter(([field]) => field === 'policy' || field.startsWith('x-amz-'))
    expect(signing.map(([field]) => field).sort()).toEqual([
      'policy',
      'x-amz-algorithm',
      'x-amz-credential',
      'x-amz-date',
      'x-amz-signature',
    ])
    for (const [field, value] of signing) {
      for (let at = 0; at < value.length; at++) {
        expect(verify(new Map([...form.fields, [field, altered(value, at)]])), `${field} ${at}`).toMatchObject({ kind: 'error' })
      }
    }
    const elsewhere = new Map([...form.fields, ['key', 'other/form.txt']])
    expect(verify(elsewhere)).toMatchObject({ code: 'AccessDenied' })
  })
})

test('signature version 2 is told to use version 4', () => {
  for (const request of readRecording('s3cmd-signed-v2')) {
    const refusal = verified(request)
    expect(refusal).toMatchObject({ kind: 'error', status: 400, code: 'InvalidRequest' })
    expect(refusal).toHaveProperty('message', expect.stringContaining('AWS4-HMAC-SHA256'))
  }
})

function uploadOf(parts: number): string[] {
  return [
    'CreateMultipartUpload: s3:PutObject big',
    ...Array.from({ length: parts }, () => 'UploadPart: s3:PutObject big'),
    'CompleteMultipartUpload: s3:PutObject big',
  ]
}

function clientOf(name: string): string {
  return ['aws-sdk', 'awscli', 'boto3', 's3cmd', 'rclone', 'curl'].find((client) => name.startsWith(`${client}-`)) ?? ''
}

/** Everything is allowed, to everybody: what is asked is the matter here. */
function everything({ accessKey }: RecordedRequest): Authorizer {
  const resources = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: resources }
  return Authorizer.from({
    buckets: [{ name: bucket, owner: '111122223333', policy: { Version: '2012-10-17', Statement: [statement] } }],
    keys: [{ accessKey, account: '111122223333', grants: [{ bucket: '', permission: 'fullaccess' }] }],
  })
}

function secretsOf({ accessKey, secretKey }: Pick<RecordedRequest, 'accessKey' | 'secretKey'>) {
  return { secretsFor: (key: string) => (key === accessKey ? [secretKey] : []) }
}

function verified(request: RecordedRequest, cache?: SigningKeyCache) {
  const { http, time } = request
  const result = verifySignature(http, {
    secrets: secretsOf(request),
    hashing: nodeHashing,
    time,
    ...(cache === undefined ? {} : { cache }),
  })
  if (result instanceof Promise) throw new Error('it answers at once')
  return result
}

function sourceOf(request: RecordedRequest): BodySource {
  return {
    read: async () => sentBody(request),
    readForm: async () => {
      const form = await readForm(request.http.headers, Readable.from([request.body]))
      if (form.kind === 'error') return form
      const { stream, size: _, ...file } = form.file
      return { ...form, file: { ...file, pieces: stream as AsyncIterable<Uint8Array> } }
    },
  }
}

/** The body as an HTTP server hands it on. Of what was cut, the rest is more of the same: big uploads were all `x`. */
function sentBody({ body, bodyBytes, http }: RecordedRequest): Uint8Array {
  if (http.headers.get('transfer-encoding') === 'chunked') return withoutFraming(body)
  return body.length === bodyBytes ? body : Buffer.concat([body, Buffer.alloc(bodyBytes - body.length, 'x')])
}

function withoutFraming(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body).toString('latin1')
  const pieces: string[] = []
  for (let at = 0; ; ) {
    const lineEnd = text.indexOf('\r\n', at)
    const size = Number.parseInt(text.slice(at, lineEnd), 16)
    if (size === 0) return Buffer.from(pieces.join(''), 'latin1')
    pieces.push(text.slice(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 2 + size + 2
  }
}

async function received(request: RecordedRequest, body: Uint8Array, { body: rule }: Authentication): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  const { headers } = request.http
  for await (const piece of verifiedPieces(body.length === 0 ? [] : [body], { headers, rule, hashing: nodeHashing })) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Of the payload: chunked uploads were all of one small text. */
function payloadSha256({ bodySha256 }: RecordedRequest, kind: string): string {
  return kind === 'chunks' ? createHash('sha256').update('the body\n').digest('hex') : bodySha256
}

interface Variation {
  readonly what: string
  readonly http: HttpRequest
}

/** The request with each byte of what is signed altered, one at a time. */
function variations(http: HttpRequest): readonly Variation[] {
  const { method, target, headers } = http
  const all: Variation[] = []
  for (let at = 0; at < method.length; at++) all.push({ what: `method ${at}`, http: { ...http, method: altered(method, at) } })
  for (let at = 0; at < target.length; at++) {
    // Without its `?` a presigned URL is a long key without a signature: the request would be anonymous.
    if (target[at] === '?' && !headers.has('authorization')) continue
    all.push({ what: `target ${at}`, http: { ...http, target: altered(target, at) } })
  }
  const pairs = [...headers.names()].flatMap((name) => headers.all(name).map((value): [string, string] => [name, value]))
  const signed = signedNames(http)
  for (const [index, [name, value]] of pairs.entries()) {
    const withPair = (pair: [string, string]): HttpRequest => ({ ...http, headers: HeaderList.of(pairs.with(index, pair)) })
    const isSignature = name === 'authorization'
    if (!isSignature && !signed.includes(name)) continue
    for (let at = 0; at < value.length; at++) all.push({ what: `${name} ${at}`, http: withPair([name, altered(value, at)]) })
    // Without its name it is no signature: the request would be anonymous.
    if (isSignature) continue
    for (let at = 0; at < name.length; at++) all.push({ what: `name of ${name} ${at}`, http: withPair([altered(name, at), value]) })
  }
  return all
}

function signedNames({ target, headers }: HttpRequest): readonly string[] {
  const said = `${headers.get('authorization') ?? ''}&${decodeURIComponent(target)}&`
  const names = /SignedHeaders=([^,&]+)/.exec(said)?.[1]
  if (names === undefined) throw new Error('the request does not say which headers are signed')
  return names.split(';')
}

/** Another byte of the same kind, such that the text means something else: digits and letters stay such. */
function altered(text: string, at: number): string {
  const char = text[at] as string
  const other = char === 'x' ? 'y' : /[a-wyz]/.test(char) ? 'x' : char === 'Q' ? 'R' : /[A-Z]/.test(char) ? 'Q' : char === '7' ? '8' : '7'
  return text.slice(0, at) + other + text.slice(at + 1)
}
