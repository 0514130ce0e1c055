import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { HttpRequest as SmithyRequest } from '@smithy/core/protocols'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { webHashing } from '../../src/adapters/web-hashing.js'
import type { HttpRequest } from '../../src/http/http-request.js'
import { pathOf, queryOf } from '../../src/http/http-request.js'
import { CanonicalQuery } from '../../src/sigv4/canonical-query.js'
import { canonicalPath, percentEncode } from '../../src/sigv4/percent-encode.js'
import { encodePath } from '../../src/sigv4/presign-url.js'
import { SigningKeyCache } from '../../src/sigv4/signing-key-cache.js'
import { verifySignature } from '../../src/sigv4/verify-signature.js'
import { host, presignedRequest, signedRequest, verify } from './sign.js'
import { accessKey, httpRequest, region, secret, secrets, time } from './vectors.js'

/** Node's hashing as the SDK wants it. */
class Sha256 {
  private readonly hash: Hash | Hmac

  constructor(key?: unknown) {
    this.hash =
      key === undefined ? createHash('sha256') : createHmac('sha256', typeof key === 'string' ? key : Buffer.from(key as Uint8Array))
  }

  update(data: Uint8Array): void {
    this.hash.update(data)
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest()
  }

  reset(): void {}
}

const sdk = (sessionToken: string | undefined): SignatureV4 =>
  new SignatureV4({
    service: 's3',
    region,
    credentials: { accessKeyId: accessKey, secretAccessKey: secret, ...(sessionToken === undefined ? {} : { sessionToken }) },
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: true,
  })

/** Numbers that look random, the same ones each time. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** What may stand in a path or a query as it is, although signers encode it. */
const RAW_IN_PATH = "!$&'()*+,;=:@"
const RAW_IN_QUERY = "!$'()*,;:@/?"

/** Another spelling of a canonical path or parameter, as clients and proxies have them. */
function respell(text: string, isPath: boolean, next: () => number): string {
  let spelt = ''
  for (let i = 0; i < text.length; i++) {
    const isEncoded = text[i] === '%'
    const code = isEncoded ? Number.parseInt(text.slice(i + 1, i + 3), 16) : text.charCodeAt(i)
    const char = String.fromCharCode(code)
    if (isEncoded) i += 2
    const hex = code.toString(16).padStart(2, '0')
    const ways = [`%${hex.toUpperCase()}`, `%${hex}`]
    if (!isEncoded || (isPath ? RAW_IN_PATH : RAW_IN_QUERY).includes(char)) ways.push(char, char)
    if (!isPath && char === ' ') ways.push('+', '+')
    spelt += ways[Math.floor(next() * ways.length)]
  }
  return spelt
}

const character = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...'abcXYZ019-._~ +%&=?#/\\:!$\'()*,;@"<>[]^`{|}'.split('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }) },
)
const text = (maxLength: number): fc.Arbitrary<string> => fc.array(character, { maxLength }).map((parts) => parts.join(''))
const parameters = fc.dictionary(
  text(6).filter((name) => name !== '__proto__' && name.toLowerCase() !== 'x-amz-signature'),
  fc.oneof(text(8), fc.array(text(5), { minLength: 1, maxLength: 3 })),
  { maxKeys: 5 },
)
const headerValue = fc.string({ unit: fc.constantFrom(...'abc XYZ 09\t,;:="/ '.split('')), maxLength: 20 })
const headerNames = fc.constantFrom(
  'range',
  'content-type',
  'content-md5',
  'x-amz-meta-a',
  'x-amz-meta-a-b',
  'x-amz-meta-ab',
  'x-amz-acl',
  'if-match',
  'x-amz-copy-source',
)
const someHeaders = fc.dictionary(headerNames, headerValue, { maxKeys: 5 })
const methods = fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD')

const toSign = fc.record({
  method: methods,
  key: text(20),
  query: parameters,
  headers: someHeaders,
  sessionToken: fc.option(fc.constantFrom('abc', 'FwoGZXIvYXdzE+/=='), { nil: undefined }),
  spelling: fc.nat(),
})

function targetOf(path: string, query: Readonly<Record<string, unknown>>, spelling: number): string {
  const next = numbers(spelling)
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((each) => [name, String(each)] as const))
  // The order in which parameters are sent does not matter.
  pairs.sort(() => next() - 0.5)
  const spelt = pairs.map(([name, value]) => `${respell(percentEncode(name), false, next)}=${respell(percentEncode(value), false, next)}`)
  return `/${respell(path.slice(1), true, next)}${spelt.length === 0 ? '' : `?${spelt.join('&')}`}`
}

describe('what @smithy/signature-v4 signs is verified, in any spelling', () => {
  const cache = new SigningKeyCache()
  const expectVerified = async (request: HttpRequest): Promise<void> => {
    const atOnce = verifySignature(request, { secrets, hashing: nodeHashing, time, cache })
    expect(atOnce).toMatchObject({ kind: 'authentication', accessKey })
    expect(await verifySignature(request, { secrets, hashing: webHashing, time })).toMatchObject({ kind: 'authentication', accessKey })
  }

  test('in headers', () =>
    fc.assert(
      fc.asyncProperty(toSign, async ({ method, key, query, headers, sessionToken, spelling }) => {
        const path = encodePath(key)
        const request = new SmithyRequest({ method, protocol: 'https:', hostname: host, path, query, headers: { host, ...headers } })
        const signed = await sdk(sessionToken).sign(request, { signingDate: new Date(time) })
        await expectVerified(httpRequest(method, targetOf(path, query, spelling), Object.entries(signed.headers)))
      }),
      { numRuns: 300, seed: 4 },
    ))

  test('in queries', () =>
    fc.assert(
      fc.asyncProperty(toSign, async ({ method, key, query, headers, sessionToken, spelling }) => {
        const path = encodePath(key)
        const all = { host, 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD', ...headers }
        const request = new SmithyRequest({ method, protocol: 'https:', hostname: host, path, query, headers: all })
        const signed = await sdk(sessionToken).presign(request, { signingDate: new Date(time), expiresIn: 60 })
        await expectVerified(httpRequest(method, targetOf(path, signed.query ?? {}, spelling), Object.entries(signed.headers)))
      }),
      { numRuns: 300, seed: 5 },
    ))
})

describe('laws', () => {
  const isSame = (a: string, b: string): boolean =>
    canonicalPath(pathOf(a)) === canonicalPath(pathOf(b)) &&
    CanonicalQuery.parse(queryOf(a))?.text() === CanonicalQuery.parse(queryOf(b))?.text()

  const change = fc.record({
    at: fc.nat(),
    kind: fc.constantFrom('replace', 'insert', 'delete', 'double'),
    char: fc.constantFrom(..."abzAZ019-._~%/&=?+*';:".split('')),
  })
  const changed = (text: string, { at, kind, char }: { at: number; kind: string; char: string }): string => {
    const i = at % text.length
    if (kind === 'insert') return text.slice(0, i) + char + text.slice(i)
    if (kind === 'double') return text.slice(0, i + 1) + text.slice(i)
    return text.slice(0, i) + (kind === 'delete' ? '' : char) + text.slice(i + 1)
  }

  const url = presignedRequest({ target: '/photos/2026/a%20b.jpg?versionId=3', sessionToken: 'abc' })
  const signed = signedRequest({
    method: 'PUT',
    target: '/photos/2026/a%20b.jpg?partNumber=3',
    headers: [
      ['x-amz-meta-a', 'some value'],
      ['range', 'bytes=0-9'],
    ],
    sessionToken: 'abc',
  })

  test('a changed target of a presigned URL is never who signed it', () => {
    fc.assert(
      fc.property(change, (how) => {
        const target = changed(url.target, how)
        fc.pre(!isSame(target, url.target))
        expect(verify({ ...url, target })).not.toHaveProperty('accessKey')
      }),
      { numRuns: 3000, seed: 6 },
    )
  })

  test('a changed target of a signed request is refused', () => {
    fc.assert(
      fc.property(change, (how) => {
        const target = changed(signed.target, how)
        fc.pre(!isSame(target, signed.target))
        expect(verify({ ...signed, target })).toMatchObject({ kind: 'error' })
      }),
      { numRuns: 1000, seed: 7 },
    )
  })

  test('a changed header that is signed is refused, the signature itself too', () => {
    const pairs = [...signed.headers.names()].map((name) => [name, signed.headers.get(name) ?? ''] as const)
    const canonical = (name: string, value: string): string => {
      // Only blanks and commas between the parts do not count.
      if (name !== 'authorization')
        return value
          .split(' ')
          .filter((part) => part !== '')
          .join(' ')
      return value
        .split(/[ ,]+/)
        .filter((part) => part !== '')
        .join(' ')
    }
    fc.assert(
      fc.property(fc.nat(pairs.length - 1), change, (which, how) => {
        const [name, value] = pairs[which] as readonly [string, string]
        const other = changed(value, how)
        fc.pre(canonical(name, other) !== canonical(name, value))
        const request = httpRequest(
          signed.method,
          signed.target,
          pairs.map((pair, i) => (i === which ? [name, other] : pair)),
        )
        expect(verify(request), `${name}: ${other}`).toMatchObject({ kind: 'error' })
      }),
      { numRuns: 3000, seed: 8 },
    )
  })

  test('a signed header that is taken away, repeated or renamed is refused', () => {
    const pairs = [...signed.headers.names()].map((name) => [name, signed.headers.get(name) ?? ''] as const)
    for (const [at, [name, value]] of pairs.entries()) {
      const others = pairs.filter((_, i) => i !== at)
      // Without its Authorization header a request is anonymous.
      if (name !== 'authorization') expect(verify(httpRequest(signed.method, signed.target, others)), name).toMatchObject({ kind: 'error' })
      expect(verify(httpRequest(signed.method, signed.target, [...pairs, [name, value]])), name).toMatchObject({ kind: 'error' })
      expect(verify(httpRequest(signed.method, signed.target, [...others, [`${name}x`, value]])), name).not.toHaveProperty('accessKey')
    }
  })

  test('another method is refused', () => {
    for (const method of ['GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PUTT'])
      expect(verify({ ...signed, method })).toMatchObject({ kind: 'error' })
  })

  test('any text is answered, and none is taken for a signature', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 60 })
    const names = fc.constantFrom(
      'authorization',
      'x-amz-date',
      'date',
      'x-amz-content-sha256',
      'host',
      'x-amz-security-token',
      'x-amz-acl',
    )
    const part = fc.oneof(
      anything,
      fc.constantFrom(
        'AWS4-HMAC-SHA256',
        ' Credential=',
        'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
        ', SignedHeaders=',
        'host',
        ';',
        ', Signature=',
        '0'.repeat(64),
        'X-Amz-Signature=',
        'X-Amz-Algorithm=',
        '&',
        '?',
        '/',
        '%',
        '20130524T000000Z',
      ),
    )
    const value = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(anything, value, fc.array(fc.tuple(names, value), { maxLength: 8 }), (method, target, headers) => {
        expect(verify(httpRequest(method, target, headers))).not.toHaveProperty('accessKey')
      }),
      { numRuns: 2000, seed: 9 },
    )
  })
})
