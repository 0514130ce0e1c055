import { createHash } from 'node:crypto'
import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nodeHashing } from '../../src/adapters/node-hashing.js'
import { webHashing } from '../../src/adapters/web-hashing.js'
import type { Authentication } from '../../src/sigv4/authentication.js'
import { base64Of } from '../../src/sigv4/base64.js'
import { bodyOptionsOf } from '../../src/sigv4/body-options.js'
import type { ChunkSeed } from '../../src/sigv4/body-rule.js'
import { bodyVerifier } from '../../src/sigv4/body-verifier.js'
import { checksums } from '../../src/sigv4/checksums.js'
import { verifySignature } from '../../src/sigv4/verify-signature.js'
import { cuts, receive } from './receive.js'
import { plainChunks, signChunks } from './sign-chunks.js'
import { httpRequest, publishedChunks, publishedTrailer, secrets, time } from './vectors.js'

const hashings = { 'node:crypto': nodeHashing, WebCrypto: webHashing }
const KB = 1024
const publishedPayload = Buffer.alloc(65 * KB, 'a')
const publishedPieces = [publishedPayload.subarray(0, 64 * KB), publishedPayload.subarray(64 * KB)]

const seed: ChunkSeed = {
  signature: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  date: '20130524T000000Z',
  scope: '20130524/us-east-1/s3/aws4_request',
  signingKey: Buffer.from('any key will do, it is only used for HMAC'),
}
const signed = { kind: 'chunks', isSigned: true, hasTrailer: false, seed } as const
const signedTrailer = { ...signed, hasTrailer: true } as const
const plainTrailer = { kind: 'chunks', isSigned: false, hasTrailer: true } as const
const text = (...parts: readonly string[]): readonly Buffer[] => parts.map((part) => Buffer.from(part))
const crc = (name: string, data: Uint8Array): string => {
  const sum = checksums.get(name)?.(nodeHashing)
  sum?.update(data)
  return base64Of(sum?.digest() ?? new Uint8Array(0))
}

describe.each(Object.entries(hashings))('AWS’s examples with %s', (_, hashing) => {
  const authenticate = async (request: typeof publishedChunks.request): Promise<Authentication> => {
    const authentication = await verifySignature(request, { secrets, hashing, time })
    if (authentication.kind === 'error') throw new Error(authentication.message)
    return authentication
  }
  const seedOf = ({ body }: Authentication): ChunkSeed => {
    if (body.kind !== 'chunks' || body.seed === undefined) throw new Error('no seed')
    return body.seed
  }

  test('signed chunks', async () => {
    const { request, signatures } = publishedChunks
    const authentication = await authenticate(request)
    const sent = signChunks(seedOf(authentication), publishedPieces)
    expect(sent.signatures).toEqual(signatures)
    expect(sent.body.length).toBe(66824)
    const options = bodyOptionsOf(request.headers, authentication.body)
    expect(options).toEqual({ decodedLength: 66560, trailerNames: [] })
    expect(await receive(authentication.body, { hashing, ...options }, [sent.body])).toEqual({
      payload: publishedPayload,
      trailers: {},
      verified: [],
    })
  })

  test('signed chunks with a signed trailing checksum', async () => {
    const { request, signatures, trailer, trailerSignature } = publishedTrailer
    const authentication = await authenticate(request)
    const sent = signChunks(seedOf(authentication), publishedPieces, trailer)
    expect(sent.signatures).toEqual([...signatures, trailerSignature])
    const options = bodyOptionsOf(request.headers, authentication.body)
    expect(await receive(authentication.body, { hashing, ...options }, [sent.body])).toEqual({
      payload: publishedPayload,
      trailers: { 'x-amz-checksum-crc32c': 'sOO8/Q==' },
      verified: ['x-amz-checksum-crc32c'],
    })
  })
})

describe('a chunked body arrives in any pieces', () => {
  const chunks = text('hello ', 'wide', ' world')
  const whole = Buffer.concat(chunks)
  const trailer = `x-amz-checksum-crc32:${crc('x-amz-checksum-crc32', whole)}`
  const bodies = {
    'signed chunks': [signed, signChunks(seed, chunks).body, []],
    'signed chunks with a trailer': [signedTrailer, signChunks(seed, chunks, trailer).body, ['x-amz-checksum-crc32']],
    'chunks that are not signed, with a trailer': [plainTrailer, plainChunks(chunks, [trailer]), ['x-amz-checksum-crc32']],
  } as const

  test.each(Object.entries(bodies))('%s', async (_, [rule, body, trailerNames]) => {
    for (const [name, hashing] of Object.entries(hashings)) {
      for (const pieces of cuts(body)) {
        const received = await receive(rule, { hashing, decodedLength: whole.length, trailerNames }, pieces)
        expect(received, `${name} ${pieces.length} ${pieces[0]?.length}`).toMatchObject({ payload: whole, verified: trailerNames })
      }
    }
  })

  test.each(Object.entries(bodies))(
    '%s: any changed byte is told, and no changed chunk is passed on',
    async (_, [rule, body, trailerNames]) => {
      for (let at = 0; at < body.length; at++) {
        const changed = Buffer.from(body)
        changed[at] = (changed[at] as number) ^ 1
        const { error, payload } = await receive(rule, { hashing: nodeHashing, decodedLength: whole.length, trailerNames }, [changed])
        expect(error, `byte ${at}`).toBeDefined()
        if (rule.isSigned) expect(['', 'hello ', 'hello wide', whole.toString()]).toContain(payload.toString())
      }
    },
  )

  test.each(Object.entries(bodies))('%s: what is cut off is told', async (_, [rule, body, trailerNames]) => {
    for (let length = 0; length < body.length; length++) {
      const { error } = await receive(rule, { hashing: nodeHashing, decodedLength: whole.length, trailerNames }, [body.subarray(0, length)])
      expect(error, `the first ${length}`).toBeDefined()
    }
  })

  test('any chunks, any cuts', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 200_000 }), { maxLength: 4 }),
        fc.integer({ min: 1, max: 90_000 }),
        async (chunks, size) => {
          const { body } = signChunks(seed, chunks)
          const pieces = Array.from({ length: Math.ceil(body.length / size) }, (_, i) => body.subarray(i * size, (i + 1) * size))
          for (const hashing of [nodeHashing, { ...nodeHashing, createSha256: undefined as never }]) {
            const { payload, error } = await receive(signed, { hashing }, pieces)
            expect(error).toBeUndefined()
            expect(payload.equals(Buffer.concat(chunks))).toBe(true)
          }
        },
      ),
      { numRuns: 40, seed: 1 },
    ))
})

describe('refused chunks', () => {
  const one = text('hello')
  const good = signChunks(seed, one).body.toString('latin1')
  const [first = '', last = ''] = signChunks(seed, one).signatures
  const rows: readonly (readonly [what: string, body: string, code: string])[] = [
    ['nothing', '', 'IncompleteBody'],
    ['no last chunk', good.slice(0, good.indexOf('0;chunk')), 'IncompleteBody'],
    ['no empty line at the end', good.slice(0, -2), 'InvalidRequest'],
    ['something after the end', `${good}\r\n`, 'InvalidRequest'],
    ['another signature', good.replace(first, last), 'SignatureDoesNotMatch'],
    ['another signature of the last chunk', good.replace(last, first), 'SignatureDoesNotMatch'],
    ['no signature', good.replace(`;chunk-signature=${first}`, ''), 'InvalidRequest'],
    ['a short signature', good.replace(first, first.slice(1)), 'InvalidRequest'],
    ['another extension', good.replace('chunk-signature', 'chunk-signaturf'), 'InvalidRequest'],
    ['another length', good.replace('5;', '4;'), 'SignatureDoesNotMatch'],
    ['no length', good.replace('5;', ';'), 'InvalidRequest'],
    ['a negative length', good.replace('5;', '-5;'), 'InvalidRequest'],
    ['a length past all numbers', good.replace('5;', 'fffffffffffff;'), 'InvalidRequest'],
    ['more than announced', good.replace('5;', '6;'), 'IncompleteBody'],
    ['a long line', `${'0'.repeat(2000)}\r\n`, 'InvalidRequest'],
    ['a line without end', '0'.repeat(2000), 'InvalidRequest'],
    ['a line feed alone', good.replace('\r\n', '\n'), 'InvalidRequest'],
    ['no line end after the chunk', good.replace('hello\r\n', 'hello'), 'InvalidRequest'],
  ]

  test.each(rows)('%s', async (_, body, code) => {
    expect((await receive(signed, { hashing: nodeHashing, decodedLength: 5 }, [Buffer.from(body, 'latin1')])).error?.code).toBe(code)
  })

  test('an extension where chunks are not signed', async () => {
    const body = plainChunks(one).toString('latin1').replace('5\r\n', '5;a=b\r\n')
    expect((await receive(plainTrailer, { hashing: nodeHashing }, [Buffer.from(body)])).error?.code).toBe('InvalidRequest')
  })

  test('fewer bytes than announced', async () => {
    expect((await receive(signed, { hashing: nodeHashing, decodedLength: 6 }, [Buffer.from(good)])).error?.code).toBe('IncompleteBody')
  })

  test('chunks in another order', async () => {
    const [a, b] = [signChunks(seed, text('aaaa', 'bbbb')), signChunks(seed, text('bbbb', 'aaaa'))]
    const swapped = b.body
      .toString('latin1')
      .replace(b.signatures[0] ?? '', a.signatures[1] ?? '')
      .replace(b.signatures[1] ?? '', a.signatures[0] ?? '')
    expect(await receive(signed, { hashing: nodeHashing, decodedLength: 8 }, [Buffer.from(swapped)])).toMatchObject({
      error: { code: 'SignatureDoesNotMatch' },
      payload: Buffer.alloc(0),
    })
  })

  test('a chunk that would have to be held back too long', async () => {
    const { body } = signChunks(seed, [Buffer.alloc(101)])
    expect((await receive(signed, { hashing: nodeHashing, maxHeld: 100 }, [body])).error?.code).toBe('EntityTooLarge')
    expect((await receive(signed, { hashing: nodeHashing, maxHeld: 101 }, [body])).error).toBeUndefined()
  })

  test('more than a body may have', async () => {
    const { body } = signChunks(seed, [Buffer.alloc(60), Buffer.alloc(60)])
    expect(await receive(signed, { hashing: nodeHashing, maxBody: 100 }, [body])).toMatchObject({ error: { code: 'EntityTooLarge' } })
  })

  test('an error stays', async () => {
    const verifier = bodyVerifier(signed, { hashing: nodeHashing })
    const error = await verifier.push(Buffer.from('x\r\n'))
    expect(error).toMatchObject({ code: 'InvalidRequest' })
    expect(await verifier.push(Buffer.from(good))).toBe(error)
    expect(await verifier.end()).toBe(error)
  })

  test('hashing that throws leaves the body failed', async () => {
    const hmacSha256 = (): never => {
      throw new Error('no more hashing')
    }
    const verifier = bodyVerifier(signed, { hashing: { ...nodeHashing, hmacSha256 } })
    expect(() => verifier.push(Buffer.from(good))).toThrow('no more hashing')
    expect(verifier.end()).toMatchObject({ code: 'InternalError' })
  })

  test('a second call before the first has answered is a mistake', () => {
    const verifier = bodyVerifier(signed, { hashing: webHashing })
    expect(verifier.push(Buffer.from(good))).toBeInstanceOf(Promise)
    expect(() => verifier.push(Buffer.from(good))).toThrow('before it has answered')
  })

  test('signed chunks need a seed', () => {
    expect(() => bodyVerifier({ kind: 'chunks', isSigned: true, hasTrailer: false }, { hashing: nodeHashing })).toThrow('seed')
  })
})

describe('trailing headers', () => {
  const data = Buffer.from('hello')
  const sha256 = createHash('sha256').update(data).digest('base64')
  const unchecked = `x-amz-checksum-sha1:${createHash('sha1').update(data).digest('base64')}`
  const values = {
    'x-amz-checksum-crc32': crc('x-amz-checksum-crc32', data),
    'x-amz-checksum-crc32c': crc('x-amz-checksum-crc32c', data),
    'x-amz-checksum-crc64nvme': crc('x-amz-checksum-crc64nvme', data),
    'x-amz-checksum-sha256': sha256,
  }
  const get = (names: readonly string[], ...lines: readonly string[]) =>
    receive(plainTrailer, { hashing: nodeHashing, decodedLength: 5, trailerNames: names }, [plainChunks([data], lines)])

  test.each(Object.entries(values))('%s is checked', async (name, value) => {
    expect(await get([name], `${name}:${value}`)).toMatchObject({ trailers: { [name]: value }, verified: [name] })
    expect(await get([name], `${name.toUpperCase()}:  ${value} `)).toMatchObject({ trailers: { [name]: value }, verified: [name] })
    const wrong = `${value.startsWith('A') ? 'B' : 'A'}${value.slice(1)}`
    expect((await get([name], `${name}:${wrong}`)).error?.code).toBe('BadDigest')
    expect((await get([name], `${name}:`)).error?.code).toBe('BadDigest')
  })

  test('SHA-1 is told as not checked', async () => {
    expect(await get(['x-amz-checksum-sha1'], unchecked)).toMatchObject({ verified: [] })
  })

  test('SHA-256 is told as not checked where hashing wants all at once', async () => {
    const options = { hashing: webHashing, decodedLength: 5, trailerNames: ['x-amz-checksum-sha256'] }
    expect(await receive(plainTrailer, options, [plainChunks([data], [`x-amz-checksum-sha256:${sha256}`])])).toMatchObject({ verified: [] })
  })

  const wrong: readonly (readonly [what: string, names: readonly string[], lines: readonly string[]])[] = [
    ['announced and missing', ['x-amz-checksum-sha1'], []],
    ['not announced', [], [unchecked]],
    ['repeated', ['x-amz-checksum-sha1'], [unchecked, unchecked]],
    ['no header', ['x-amz-checksum-sha1'], ['x-amz-checksum-sha1']],
    ['another', ['x-amz-checksum-sha1'], [unchecked, 'x-amz-acl:public-read']],
    ['signed where nothing is', ['x-amz-checksum-sha1'], [unchecked, 'x-amz-trailer-signature:00']],
    ['too long', ['x-amz-checksum-sha1'], [`x-amz-checksum-sha1:${'a'.repeat(10_000)}`]],
  ]
  test.each(wrong)('%s: refused', async (_, names, lines) => {
    expect((await get(names, ...lines)).error?.code).toBe('MalformedTrailerError')
  })

  test('a signature that is missing or wrong', async () => {
    const options = { hashing: nodeHashing, trailerNames: ['x-amz-checksum-sha1'] }
    const { body, signatures } = signChunks(seed, [data], unchecked)
    const without = body.toString('latin1').replace(`x-amz-trailer-signature:${signatures[2]}\r\n`, '')
    expect((await receive(signedTrailer, options, [Buffer.from(without)])).error?.code).toBe('MalformedTrailerError')
    const another = body.toString('latin1').replace(signatures[2] ?? '', signatures[1] ?? '')
    expect((await receive(signedTrailer, options, [Buffer.from(another)])).error?.code).toBe('SignatureDoesNotMatch')
  })

  test('the spelling with a line feed and an empty line before the signature', async () => {
    const options = { hashing: nodeHashing, trailerNames: ['x-amz-checksum-sha1'] }
    const spelt = signChunks(seed, [data], unchecked).body.toString('latin1').replace(`${unchecked}\r\n`, `${unchecked}\n\r\n`)
    expect(await receive(signedTrailer, options, [Buffer.from(spelt)])).toMatchObject({ payload: data })
  })
})

describe('checksums', () => {
  const check = Buffer.from('123456789')
  test.each([
    ['x-amz-checksum-crc32', 'cbf43926'],
    ['x-amz-checksum-crc32c', 'e3069283'],
    ['x-amz-checksum-crc64nvme', 'ae8b14860a799888'],
  ])('%s of 123456789, as its catalogue has it', (name, hex) => {
    expect(Buffer.from(crc(name, check), 'base64').toString('hex')).toBe(hex)
  })

  test('CRC-32 as zlib has it, in any pieces', () => {
    if (typeof zlibCrc32 !== 'function') return
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (data, at) => {
        const sum = checksums.get('x-amz-checksum-crc32')?.(nodeHashing)
        sum?.update(data.subarray(0, at))
        sum?.update(data.subarray(at))
        expect(Buffer.from(sum?.digest() ?? []).readUInt32BE()).toBe(zlibCrc32(data))
      }),
      { numRuns: 100, seed: 1 },
    )
  })
})

describe('a body whose hash is signed', () => {
  const data = Buffer.from('hello wide world')
  const hash = createHash('sha256').update(data).digest('hex')
  const rule = { kind: 'sha256', hash } as const

  test.each(Object.entries(hashings))('%s', async (_, hashing) => {
    for (const pieces of cuts(data)) expect(await receive(rule, { hashing }, pieces)).toMatchObject({ payload: data, verified: [] })
    const changed = Buffer.from('hello wide worle')
    expect((await receive(rule, { hashing }, [changed])).error).toMatchObject({
      code: 'XAmzContentSHA256Mismatch',
      detail: { ClientComputedContentSHA256: hash, S3ComputedContentSHA256: createHash('sha256').update(changed).digest('hex') },
    })
    expect((await receive(rule, { hashing }, [data.subarray(1)])).error?.code).toBe('XAmzContentSHA256Mismatch')
    expect((await receive(rule, { hashing, maxBody: 10 }, [data])).error?.code).toBe('EntityTooLarge')
  })

  test('is passed on at the end, and bounded, where hashing wants all at once', async () => {
    const verifier = bodyVerifier(rule, { hashing: webHashing })
    expect(await verifier.push(data)).toEqual([])
    expect(await verifier.end()).toMatchObject({ rest: [new Uint8Array(data)] })
    expect((await receive(rule, { hashing: webHashing, maxHeld: 10 }, [data])).error?.code).toBe('EntityTooLarge')
  })

  test('a body that is not signed is bounded only', async () => {
    expect(await receive({ kind: 'unsigned' }, { hashing: nodeHashing }, [data])).toMatchObject({ payload: data })
    expect((await receive({ kind: 'unsigned' }, { hashing: nodeHashing, maxBody: 10 }, [data])).error?.code).toBe('EntityTooLarge')
  })
})

describe('what headers announce of a body', () => {
  const announce = (headers: readonly (readonly [string, string])[], rule: Parameters<typeof bodyOptionsOf>[1] = plainTrailer) =>
    bodyOptionsOf(httpRequest('PUT', '/b/k', headers).headers, rule)
  const length = ['x-amz-decoded-content-length', '5'] as const

  test('length and trailers', () => {
    expect(announce([length, ['x-amz-trailer', 'X-Amz-Checksum-CRC32, x-amz-checksum-sha1']])).toEqual({
      decodedLength: 5,
      trailerNames: ['x-amz-checksum-crc32', 'x-amz-checksum-sha1'],
    })
    expect(announce([], { kind: 'unsigned' })).toEqual({})
  })

  test.each([
    ['no length', [], 'MissingContentLength'],
    ['a length that is none', [['x-amz-decoded-content-length', '5x']], 'InvalidArgument'],
    ['two lengths', [length, length], 'InvalidArgument'],
    ['a trailer twice', [length, ['x-amz-trailer', 'a,a']], 'InvalidRequest'],
    ['an empty name', [length, ['x-amz-trailer', 'a,']], 'InvalidRequest'],
  ] as const)('%s', (_, headers, code) => {
    expect(announce(headers)).toMatchObject({ code })
  })

  test('a trailer where none may be', () => {
    expect(announce([length, ['x-amz-trailer', 'a']], signed)).toMatchObject({ code: 'InvalidRequest' })
  })
})

describe('laws', () => {
  const soup = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '0',
          '5',
          'ff',
          '\r\n',
          '\n',
          ';',
          ';chunk-signature=',
          seed.signature,
          'hello',
          'x-amz-checksum-crc32:',
          'x-amz-trailer-signature:',
        ),
        fc.string({ unit: 'binary', maxLength: 10 }),
      ),
      { maxLength: 20 },
    )
    .map((parts) => Buffer.from(parts.join(''), 'latin1'))

  test('any bytes are answered, and none of them pass for signed', () =>
    fc.assert(
      fc.asyncProperty(soup, fc.constantFrom(signed, signedTrailer), async (body, rule) => {
        const { payload, error } = await receive(
          rule,
          { hashing: nodeHashing, trailerNames: rule.hasTrailer ? ['x-amz-checksum-crc32'] : [] },
          [body],
        )
        expect(error).toBeDefined()
        expect(payload.length).toBe(0)
      }),
      { numRuns: 2000, seed: 3 },
    ))

  /** A plain twin for whole bodies without trailing headers. */
  function decode(body: string): string | undefined {
    let payload = ''
    for (let rest = body; ; ) {
      const [line, digits = ''] = /^([0-9a-fA-F]{1,12})\r\n/.exec(rest) ?? []
      if (line === undefined) return undefined
      const size = Number.parseInt(digits, 16)
      const end = line.length + size
      if (size === 0) return rest === `${line}\r\n` ? payload : undefined
      if (rest.slice(end, end + 2) !== '\r\n') return undefined
      payload += rest.slice(line.length, end)
      rest = rest.slice(end + 2)
    }
  }

  const pieces = fc.constantFrom('5\r\nhello\r\n', '1\r\n', 'a\r\n', '\r\n', '0\r\n', '00\r\n\r\n', '0\r\n\r\n', '', 'x', '2\r\n\r\n\r\n')

  test('chunks that are not signed are read as by a plain twin, whole and in single bytes', () =>
    fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 6 }), async (parts) => {
        const body = Buffer.from(parts.join(''), 'latin1')
        const expected = decode(body.toString('latin1'))
        for (const each of [[body], Array.from(body, (byte) => Uint8Array.of(byte))]) {
          const { payload, error } = await receive(plainTrailer, { hashing: nodeHashing }, each)
          expect(error === undefined).toBe(expected !== undefined)
          if (expected !== undefined) expect(payload.toString('latin1')).toBe(expected)
        }
      }),
      { numRuns: 2000, seed: 3 },
    ))
})
