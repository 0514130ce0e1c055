import { expect, test } from 'vitest'
import { mulberry32 } from '../../differential/random.js'
import { newlyAllowed, newlyDenied } from './check-diff.js'
import type { Pair, PlainPolicy, PlainStatement, PlainSubject } from './plain.js'
import { sceneOf } from './scene.js'
import { replay, sweep } from './sweep.js'

const open: PlainStatement = { Effect: 'Allow', Principal: '*', Action: ['s3:*'], Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] }
const policy = (...Statement: readonly PlainStatement[]): PlainPolicy => ({ Version: '2012-10-17', Statement })
const alone = (...statements: readonly PlainStatement[]): PlainSubject => ({ policy: policy(...statements), bucket: 'b', owner: '1' })
const change = (before: Partial<PlainStatement>, after: Partial<PlainStatement>): Pair => ({
  before: alone({ ...open, ...before }),
  after: alone({ ...open, ...after }),
})
const when = (operator: string, key: string, ...operands: readonly string[]) => ({ Condition: { [operator]: { [key]: operands } } })
const on = (...paths: readonly string[]) => ({ Resource: paths.map((path) => `arn:aws:s3:::b/${path}`) })
const who = (...AWS: readonly string[]) => ({ Principal: { AWS } })
const key = (grant: object, more: object = {}): PlainSubject => ({
  snapshot: {
    buckets: [{ name: 'b', owner: '1' }],
    keys: [{ accessKey: 'K1', account: '1', grants: [{ bucket: 'b', permission: 'read', ...grant }], ...more }],
  },
})

/** Pairs of which somebody can tell in what direction they differ. */
const known: readonly (readonly [what: string, pair: Pair, seen: string])[] = [
  ['another letter', change(on('a'), on('b')), 'more less'],
  ['a star for a question mark', change(on('a?'), on('a*')), 'more'],
  ['a pattern between two stars', change(on('*'), on('*a*')), 'less'],
  ['the same patterns in another order', change(on('a', 'b*'), on('b*', 'a', 'ba')), ''],
  ['a variable for a name', change(on('a/*'), on('${aws:username}/*')), 'more less'],
  ['a default', change(on('${aws:PrincipalTag/t}'), on("${aws:PrincipalTag/t, 'a'}")), 'more'],
  ['an action more', change({ Action: ['s3:GetObject'] }, { Action: ['s3:GetObject', 's3:DeleteObjectTagging'] }), 'more'],
  ['NotAction', change({}, { Action: undefined, NotAction: ['s3:PutObject'] } as never), 'less'],
  ['a user for everybody', change({}, who('arn:aws:iam::2:user/a')), 'less'],
  // A session's ARN does not tell its role's path.
  ['one session for its role', change(who('arn:aws:iam::2:role/r'), who('arn:aws:sts::2:assumed-role/r/s')), 'more less'],
  ['a user for its own account', change(who('1'), who('1', 'arn:aws:iam::1:user/a')), 'more'],
  ['a service', change(who('2'), { Principal: { AWS: ['2'], Service: ['s.amazonaws.com'] } }), 'more'],
  ['a prefix', change(when('StringEquals', 's3:prefix', 'a'), when('StringLike', 's3:prefix', 'a*')), 'more'],
  ['IfExists', change(when('StringEquals', 's3:prefix', 'a'), when('StringEqualsIfExists', 's3:prefix', 'a')), 'more'],
  ['a key that is negated', change(when('StringEquals', 's3:prefix', 'a'), when('StringNotEquals', 's3:prefix', 'a')), 'more less'],
  ['one address', change(when('IpAddress', 'aws:SourceIp', '10.0.0.0/31'), when('IpAddress', 'aws:SourceIp', '10.0.0.0/30')), 'more'],
  [
    'a number at its border',
    change(when('NumericLessThan', 's3:max-keys', '5'), when('NumericLessThanEquals', 's3:max-keys', '5.0')),
    'more',
  ],
  [
    'a millisecond',
    change(when('DateLessThan', 'aws:CurrentTime', '2026-09-21'), when('DateLessThanEquals', 'aws:CurrentTime', '2026-09-21')),
    'more',
  ],
  [
    'all or any values',
    change(
      when('ForAllValues:StringEquals', 's3:RequestObjectTagKeys', 'a'),
      when('ForAnyValue:StringEquals', 's3:RequestObjectTagKeys', 'a'),
    ),
    'more less',
  ],
  ['absence', change(when('Null', 'aws:PrincipalOrgID', 'true'), {}), 'more'],
  ['transport', change({}, when('Bool', 'aws:SecureTransport', 'true')), 'less'],
  ['a Deny', { before: alone(open), after: alone(open, { ...open, Effect: 'Deny', ...on('a/b') }) }, 'less'],
  [
    'a Deny of what nobody has',
    { before: alone({ ...open, ...on('a') }), after: alone({ ...open, ...on('a') }, { ...open, Effect: 'Deny', ...who('9'), ...on('b') }) },
    '',
  ],
  ['the prefix of a grant', { before: key({ prefix: 'a' }), after: key({ prefix: 'a/' }) }, 'less'],
  ['the address of a grant', { before: key({ sourceIp: '10.0.0.0/31' }), after: key({ sourceIp: '10.0.0.0/30' }) }, 'more'],
  [
    'the last millisecond of a key',
    { before: key({}, { expiresAt: 1_790_000_000_000 }), after: key({}, { expiresAt: 1_790_000_000_001 }) },
    'more',
  ],
]

test.each(known)('%s is found', (_, pair, expected) => {
  const found = sweep(sceneOf(pair), 1000, mulberry32(1))
  const [gain, loss] = [found.judged.find(newlyAllowed), found.judged.find(newlyDenied)]
  for (const example of [gain, loss]) if (example !== undefined) replay(found, example)
  expect([gain && 'more', loss && 'less'].filter(Boolean).join(' ')).toBe(expected)
})

test('a small space is looked at as a whole', () => {
  const found = sweep(sceneOf(change(who('arn:aws:iam::2:user/a'), who('arn:aws:iam::2:user/b'))), 3000, mulberry32(1))
  expect(found.isWhole).toBe(true)
  const requests = found.judged.map((judged) => JSON.stringify(found.requestOf(judged)))
  expect(new Set(requests).size).toBe(requests.length)
})
