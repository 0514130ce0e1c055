import { expect, test } from 'vitest'
import { Authorizer } from '../../src/authorizer/authorizer.js'
import { evaluate } from '../../src/evaluate/evaluate.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { snapshotOf } from '../evaluate/ask.js'

const times = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at))
const get = (key: string): AuthorizationRequest => ({ principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'bucket', key })

function snapshotWith(...statements: readonly object[]) {
  const Statement = statements.map((each) => ({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', ...each }))
  return { buckets: [{ name: 'bucket', owner: '1', policy: { Version: '2012-10-17', Statement } }] }
}

test('3,000 prefixes that nest are all tried along one key', () => {
  const nested = times(3_000, (at) => ({ Resource: `arn:aws:s3:::bucket/${'a'.repeat(at + 1)}*`, Condition: { Bool: { k: 'true' } } }))
  const authorizer = Authorizer.from(snapshotWith(...nested, { Resource: `arn:aws:s3:::bucket/${'a'.repeat(3_001)}` }))
  expect(authorizer.decide(get('a'.repeat(3_001)))).toMatchObject({ reason: 'policy-allows', statement: { index: 3_000 } })
  expect(authorizer.decide(get('a'.repeat(3_002))).reason).toBe('no-allow')
})

test.each([
  [`${'*a'.repeat(1_000)}*b`, 'a'.repeat(10_000), 'no-allow'],
  [`${'*a'.repeat(1_000)}*`, 'a'.repeat(10_000), 'policy-allows'],
  [`${'?'.repeat(1_000)}*`, '😀'.repeat(1_000), 'policy-allows'],
])('a resource of many stars ends: %.12s…', (pattern, key, reason) => {
  const authorizer = Authorizer.from(snapshotWith({ Resource: `arn:aws:s3:::bucket/${pattern}` }))
  expect(authorizer.decide(get(key)).reason).toBe(reason)
})

test('a pattern longer than any call has room for arguments compiles, and decides', () => {
  const pattern = '?'.repeat(300_000)
  const authorizer = Authorizer.from(
    snapshotWith({ Resource: `arn:aws:s3:::bucket/${pattern}` }, { Condition: { StringLike: { 's3:prefix': pattern } }, Resource: '*' }),
  )
  expect(authorizer.decide(get('a'.repeat(300_000))).reason).toBe('policy-allows')
  expect(authorizer.decide(get('a')).reason).toBe('no-allow')
})

test('a variable between two stars is sought in linear time', () => {
  const length = 200_000
  const authorizer = Authorizer.from(snapshotWith({ Resource: '*', Condition: { StringLike: { 's3:prefix': '*${aws:PrincipalTag/t}*' } } }))
  const ask = (tag: string) =>
    authorizer.decide({ ...get('x'), context: { 's3:prefix': 'a'.repeat(length), 'aws:PrincipalTag/t': tag } }).reason
  expect(ask(`${'a'.repeat(length / 2)}b`)).toBe('no-allow')
  expect(ask('a'.repeat(length / 2))).toBe('policy-allows')
})

test.each([
  ['Principal', { AWS: times(1_000, (at) => `arn:aws:iam::1:user/u${at}`) }],
  ['NotPrincipal', { AWS: times(1_000, (at) => `${at}`) }],
])('a thousand principals times a thousand resources are asked once each: %s', (element, principals) => {
  const statement = { Effect: 'Deny', [element]: principals, Resource: times(1_000, (at) => `arn:aws:s3:::bucket/*${at}.t`) }
  const json = { ...snapshotWith({ ...statement, ...(element === 'NotPrincipal' && { Principal: undefined }) }), keys: [] }
  const authorizer = Authorizer.from(json)
  const user = { kind: 'aws', arn: 'arn:aws:iam::1:user/u999' } as const
  expect(authorizer.decide({ ...get('999.t'), principal: user }).reason).toBe('policy-denies')
  expect(authorizer.decide({ ...get('999.x'), principal: user }).reason).toBe('no-allow')
})

test.each<[string, string, AuthorizationRequest]>([
  ['*/x', 'x', get('x')],
  ['b*t/x', 'x', get('x')],
  ['b*/secret*', 'secret.txt', get('secret.txt')],
  ['*${aws:PrincipalTag/team}', 'x', { ...get('x'), context: { 'aws:PrincipalTag/team': 'bucket/x' } }],
  ['*a*aaaaaaaaaaaaa*?', 'a…', { ...get(`x${'a'.repeat(30)}`) }],
  ['*et', 'the bucket', { principal: { kind: 'anonymous' }, action: 's3:ListBucket', bucket: 'bucket' }],
])('a star before the key lifts no Deny: %s on %s', (resource, _, request) => {
  const json = snapshotWith({ Action: 's3:*', Resource: '*' }, { Action: 's3:*', Effect: 'Deny', Resource: `arn:aws:s3:::${resource}` })
  expect([Authorizer.from(json).decide(request).reason, evaluate(snapshotOf(json), request).reason]).toEqual([
    'policy-denies',
    'policy-denies',
  ])
})
