import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AuthorizationRequest, Authorizer, ImageError, parseRequest, type SnapshotJson } from '../../src/index.js'
import { shardsOf } from '../../src/tables/table.js'
import { scenes } from '../laws/scenes.js'

const OWNER = '111122223333'

const requestOf = (json: object) => parseRequest(json).request as AuthorizationRequest

test('an opened image answers as what it was made of, and makes the same image', () => {
  fc.assert(
    fc.property(scenes, ({ snapshot, requests }) => {
      const authorizer = Authorizer.from(snapshot as SnapshotJson)
      const image = authorizer.toImage()
      const opened = Authorizer.open(image)
      for (const request of requests.map(requestOf)) {
        expect(opened.decide(request)).toEqual(authorizer.decide(request))
        expect(opened.grantOf(request)).toEqual(authorizer.grantOf(request))
        expect(opened.explain(request)).toEqual(authorizer.explain(request))
        expect(opened.requirements(request)).toEqual(authorizer.requirements(request))
      }
      expect(opened.diagnostics).toEqual(JSON.parse(JSON.stringify(authorizer.diagnostics)))
      expect(Buffer.compare(Authorizer.open(image).toImage(), image)).toBe(0)
      expect(Buffer.compare(Authorizer.from(snapshot as SnapshotJson).toImage(), image)).toBe(0)
    }),
    { numRuns: 100 },
  )
})

const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Tls',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: 'arn:aws:s3:::docs/*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWNER}:user/anna` }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::docs/ü/*' },
  ],
}

const small = Authorizer.from({
  buckets: [
    { name: 'docs', owner: OWNER, policy },
    { name: 'broken', owner: OWNER, policy: '{' },
    { name: 'plain', owner: OWNER },
  ],
  keys: [
    {
      accessKey: 'AK1',
      account: OWNER,
      grants: [
        { bucket: 'docs', permission: 'read' },
        { bucket: 'plain', permission: 'write', prefix: 'in/' },
      ],
    },
    { accessKey: 'AK2', account: OWNER, name: 'root', grants: [{ bucket: '', permission: 'fullaccess', sourceIp: '10.0.0.0/8' }] },
  ],
  accounts: [{ id: OWNER, canonicalId: 'c0' }],
})

const anna = { kind: 'aws', arn: `arn:aws:iam::${OWNER}:user/anna` } as const
const requests: readonly AuthorizationRequest[] = [
  {
    principal: { kind: 'key', accessKey: 'AK1' },
    action: 's3:GetObject',
    bucket: 'docs',
    key: 'a',
    context: { 'aws:SecureTransport': 'true' },
  },
  { principal: { kind: 'key', accessKey: 'AK1' }, action: 's3:PutObject', bucket: 'plain', key: 'in/a' },
  { principal: { kind: 'key', accessKey: 'AK2' }, action: 's3:ListBucket', bucket: 'broken', context: { 'aws:SourceIp': '10.0.0.1' } },
  { principal: anna, action: 's3:GetObject', bucket: 'docs', key: 'ü/1', context: { 'aws:SecureTransport': 'true' } },
  { principal: anna, action: 's3:GetObject', bucket: 'docs', key: 'ü/1', context: { 'aws:SecureTransport': 'false' } },
]
const answers = (authorizer: Authorizer) => requests.map((request) => authorizer.decide(request))

/** What opening the bytes throws, or what is decided on them. */
function outcomeOf(bytes: Uint8Array): unknown {
  try {
    return answers(Authorizer.open(bytes))
  } catch (error) {
    if (!(error instanceof ImageError)) throw error
    return error.problem
  }
}

describe('a damaged image is refused', () => {
  const image = small.toImage()
  const right = answers(small)
  const problems = ['not-an-image', 'other-version', 'truncated', 'damaged']

  test('it is whole', () => {
    expect(outcomeOf(image)).toEqual(right)
  })

  test('each bit flipped', () => {
    const bytes = Uint8Array.from(image)
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(problems).toContain(outcomeOf(bytes))
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
    }
  })

  test('cut off anywhere, or with something behind it', () => {
    for (let length = 0; length < image.length; length++) expect(problems).toContain(outcomeOf(image.slice(0, length)))
    for (const more of [1, 4, 1000]) expect(outcomeOf(Uint8Array.from([...image, ...new Array<number>(more).fill(0)]))).toBe('truncated')
  })

  test('words exchanged, zeroed, moved, and overwritten', () => {
    const length = image.length / 4
    const place = fc.nat({ max: length - 1 })
    const edit = fc.oneof(
      fc.record({ kind: fc.constant('exchange' as const), a: place, b: place }),
      fc.record({ kind: fc.constant('zero' as const), a: place, b: place }),
      fc.record({ kind: fc.constant('move' as const), a: place, b: place }),
      fc.record({ kind: fc.constant('write' as const), a: place, b: fc.integer() }),
    )
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const words = new Int32Array(image.slice().buffer)
        for (const { kind, a, b } of edits) {
          if (kind === 'exchange') [words[a], words[b]] = [words[b] as number, words[a] as number]
          else if (kind === 'zero') words.fill(0, Math.min(a, b), Math.max(a, b))
          else if (kind === 'move') words.copyWithin(a, b)
          else words[a] = b
        }
        const bytes = new Uint8Array(words.buffer)
        const outcome = outcomeOf(bytes)
        if (Buffer.compare(bytes, image) === 0) expect(outcome).toEqual(right)
        else expect(problems).toContain(outcome)
      }),
      { numRuns: 20_000 },
    )
  })

  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'not-an-image'],
    ['a text', new TextEncoder().encode('{"buckets": []}'), 'not-an-image'],
    ['the header alone', image.slice(0, 48), 'truncated'],
  ])('%s', (_, bytes, problem) => {
    expect(outcomeOf(bytes)).toBe(problem)
  })

  test('another version is told from damage', () => {
    const bytes = image.slice()
    bytes[7] = 99
    expect(() => Authorizer.open(bytes)).toThrow(/another version/)
  })
})

describe('where an image may lie', () => {
  test('at any place of a buffer', () => {
    const image = small.toImage()
    for (const offset of [0, 1, 2, 3, 4, 8]) {
      const around = new Uint8Array(image.length + 16)
      around.set(image, offset)
      expect(outcomeOf(around.subarray(offset, offset + image.length))).toEqual(answers(small))
    }
  })

  test('in memory that threads share, which no decision and no change writes', () => {
    const image = small.toImage()
    const shared = new Uint8Array(new SharedArrayBuffer(image.length))
    shared.set(image)
    const opened = Authorizer.open(shared)
    expect([...shardsOf(opened.program.keys)][0]?.words.buffer).toBe(shared.buffer)
    expect(answers(opened)).toEqual(answers(small))
    const changed = opened.with({ remove: { keys: ['AK1'], buckets: ['broken'] }, keys: [{ accessKey: 'AK3', account: '9', grants: [] }] })
    expect(changed.decide(requests[0] as AuthorizationRequest).reason).toBe('unknown-key')
    expect(answers(opened)).toEqual(answers(small))
    expect(Buffer.compare(shared, image)).toBe(0)
  })
})

test('an opened image can be changed and written again', () => {
  const change = {
    keys: [{ accessKey: 'AK9', account: OWNER, grants: [{ bucket: 'plain', permission: 'read' as const }] }],
    remove: { buckets: ['docs'] },
  }
  const opened = Authorizer.open(Authorizer.open(small.toImage()).with(change).toImage())
  expect(answers(opened)).toEqual(answers(small.with(change)))
})

describe('an image whose memory has been given away', () => {
  const many = Authorizer.from({
    buckets: [
      { name: 'docs', owner: OWNER, policy },
      ...Array.from({ length: 3_000 }, (_, at) => ({ name: `bucket-${at}`, owner: OWNER })),
    ],
    keys: Array.from({ length: 3_000 }, (_, at) => ({
      accessKey: `AK${at}`,
      account: OWNER,
      grants: [{ bucket: 'docs', permission: 'read' as const }],
    })),
  })

  test('allows nothing, and every answer comes', () => {
    for (const authorizer of [small, many]) {
      const image = authorizer.toImage()
      const opened = Authorizer.open(image)
      answers(opened)
      structuredClone(image, { transfer: [image.buffer as ArrayBuffer] })
      for (const request of requests) expect(['unknown-key', 'unknown-bucket']).toContain(opened.decide(request).reason)
    }
  })

  test('throws where a bucket outlives the words of its policy', () => {
    const image = many.toImage()
    const opened = Authorizer.open(image)
    answers(opened)
    const changed = opened.with({
      accounts: [{ id: 'docs' }],
      keys: [{ accessKey: 'AK1', account: OWNER, grants: [{ bucket: 'docs', permission: 'read' }] }],
    })
    const byAnna = requests[3] as AuthorizationRequest
    expect(changed.decide(byAnna).verdict).toBe('Allow')
    structuredClone(image, { transfer: [image.buffer as ArrayBuffer] })
    expect(() => changed.decide(byAnna)).toThrow(/given away/)
  })
})
