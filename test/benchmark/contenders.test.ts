import { describe, expect, test } from 'vitest'
import { BATCH, batchedContender, decideContender, type Question } from '../../src/benchmark/decide-contender.js'
import { accessKeyName, bucketName, lookUpFloor, standardFloor } from '../../src/benchmark/floor.js'
import { fresh, freshRequest } from '../../src/benchmark/fresh.js'
import { type AuthorizationRequest, RequestContext, type Verdict } from '../../src/index.js'
import { mulberry32 } from '../differential/random.js'

const request: AuthorizationRequest = {
  principal: { kind: 'aws', arn: 'arn:aws:iam::111122223333:user/anna', identityVerdict: 'Allow' },
  action: 's3:GetObject',
  operation: 'GetObject',
  bucket: 'b',
  key: 'k',
  time: 1_790_000_000_000,
  context: { 'aws:SourceIp': '203.0.113.1', 's3:RequestObjectTagKeys': ['a', 'b'] },
  unknown: ['s3:ExistingObjectTag/*'],
}

describe('fresh', () => {
  test.each<[string, string]>([
    ['empty', ''],
    ['a letter', 'a'],
    ['beyond Latin-1', 'naïve 🦊 \u2028'],
    ['half of a pair', 'x\ud83d'],
    ['long', 'ab'.repeat(50_000)],
  ])('%s text is the same', (_, text) => {
    expect(fresh(text)).toBe(text)
  })

  test('a request is the same and frozen through and through', () => {
    const copy = freshRequest(request, 'plain')
    expect(copy).toEqual(request)
    for (const part of [copy, copy.principal, copy.context]) expect(Object.isFrozen(part)).toBe(true)
    expect(freshRequest({ principal: { kind: 'anonymous' }, action: 's3:ListAllMyBuckets' }, 'plain')).toEqual({
      principal: { kind: 'anonymous' },
      action: 's3:ListAllMyBuckets',
    })
  })

  test('prebuilt, its context is a RequestContext of the same values', () => {
    const { context } = freshRequest(request, 'prebuilt')
    expect(RequestContext.from(context).valueOf('aws:SourceIp')).toBe('203.0.113.1')
    expect(context).toEqual(RequestContext.of(request.context as Record<string, string>))
  })
})

const verdicts: readonly Verdict[] = ['Allow', 'ExplicitDeny', 'ImplicitDeny']
const pool = Array.from(
  { length: 50 },
  (_, index): Question => ({
    request: { ...request, key: `k${index}` },
    verdict: verdicts[index % 3] as Verdict,
  }),
)
const questions = (count: number) => pool.slice(0, count)
const right = { decide: ({ key = '' }: AuthorizationRequest) => ({ verdict: verdicts[Number(key.slice(1)) % 3] as Verdict }) }

describe.each([
  ['decideContender', decideContender],
  [
    'batchedContender',
    (subject: Parameters<typeof decideContender>[0]) =>
      batchedContender(
        subject,
        () => 0,
        () => {},
      ),
  ],
] as const)('%s', (_, make) => {
  test('takes answers that are the reference’s', () => {
    const contender = make({ name: 'right', decider: right, questions, operations: 50 })
    for (let round = 0; round < 3; round++) {
      const input = contender.prepare()
      contender.run(input)
      contender.check(input)
    }
  })

  test.each([0, 1, 17, 49])('sees a wrong verdict on request %i', (wrong) => {
    const decider = {
      decide: (asked: AuthorizationRequest) =>
        asked.key === `k${wrong}` ? { verdict: verdicts[(wrong + 1) % 3] as Verdict } : right.decide(asked),
    }
    const contender = make({ name: 'wrong', decider, questions, operations: 50 })
    const input = contender.prepare()
    contender.run(input)
    expect(() => contender.check(input)).toThrow(`wrong: ${verdicts[(wrong + 1) % 3]}, and the reference says ${verdicts[wrong % 3]}`)
  })

  test('sees that nothing was decided since the last check', () => {
    const contender = make({ name: 'idle', decider: right, questions, operations: 50 })
    const input = contender.prepare()
    contender.run(input)
    contender.check(input)
    expect(() => contender.check(input)).toThrow('idle: no answer')
  })
})

test('batches are timed each, the last one by its own size', () => {
  let now = 0
  const decider = {
    decide(asked: AuthorizationRequest) {
      now += 10
      return right.decide(asked)
    },
  }
  const batches: number[] = []
  const contender = batchedContender(
    { name: 'b', decider, questions, operations: 50 },
    () => now,
    (nanoseconds) => batches.push(nanoseconds),
  )
  contender.run(contender.prepare())
  expect(batches).toEqual(Array.from({ length: Math.ceil(50 / BATCH) }, () => 10))
})

describe('the floor', () => {
  test('finds what is there and misses what is not', () => {
    const asked = [
      { request: { ...request, principal: { kind: 'key', accessKey: accessKeyName(1) }, bucket: bucketName(2) } as const, isGranted: true },
      {
        request: { ...request, principal: { kind: 'key', accessKey: accessKeyName(1) }, bucket: bucketName(3) } as const,
        isGranted: false,
      },
      {
        request: { ...request, principal: { kind: 'key', accessKey: accessKeyName(9) }, bucket: bucketName(2) } as const,
        isGranted: false,
      },
    ]
    const rows = [[accessKeyName(1), [bucketName(1), bucketName(2)]]] as const
    const floor = lookUpFloor('floor', { rows, questions: () => asked }, 3)
    const input = floor.prepare()
    floor.run(input)
    floor.check(input)
    expect(() => floor.check(input)).toThrow('floor: a look-up found what is not there, or missed it')
  })

  test('the standard one finds all it looks for', () => {
    const random = mulberry32(1)
    const floor = standardFloor((limit) => Math.floor(random() * limit), 20_000)
    const input = floor.prepare()
    floor.run(input)
    floor.check(input)
    expect(new Set(input.map(({ principal }) => JSON.stringify(principal))).size).toBe(1000)
  })
})
