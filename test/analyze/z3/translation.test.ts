import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compare } from './compare.js'
import { isAllowed } from './replay.js'
import { startZ3, type Z3 } from './solver.js'

const ann = 'arn:aws:iam::111122223333:user/ann'
const photos = 'arn:aws:s3:::photos/*'
const policy = (...statements: object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((each) => ({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: photos, ...each })),
  })
const when = (operator: string, key: string, operand: unknown) => policy({ Condition: { [operator]: { [key]: operand } } })
const deny = (other: object) => policy({}, { Effect: 'Deny', ...other })

type Row = readonly [name: string, before: string, after: string, relation: 'equal' | 'less' | 'more' | 'incomparable']
const rows: readonly Row[] = [
  ['a policy and itself', policy({}), policy({}), 'equal'],
  ['a folder in the bucket', policy({}), policy({ Resource: 'arn:aws:s3:::photos/a/*' }), 'less'],
  ['one character or any number', policy({ Resource: 'arn:aws:s3:::photos/a?' }), policy({ Resource: 'arn:aws:s3:::photos/a*' }), 'more'],
  ['two folders', policy({ Resource: 'arn:aws:s3:::photos/a/*' }), policy({ Resource: 'arn:aws:s3:::photos/b/*' }), 'incomparable'],
  ['an action and a pattern of it alone', policy({}), policy({ Action: 's3:GetObjec?' }), 'equal'],
  ['an action of buckets on objects', policy({}), policy({ Action: ['s3:GetObject', 's3:ListBucket'] }), 'equal'],
  ['everything but one action', policy({ Action: '*' }), policy({ Action: undefined, NotAction: 's3:GetObject' }), 'less'],
  [
    'a Deny of what is not allowed',
    policy({ Resource: 'arn:aws:s3:::photos/a' }),
    policy(
      { Resource: 'arn:aws:s3:::photos/a' },
      { Effect: 'Deny', Action: 's3:PutObject', Principal: { AWS: ann }, Resource: 'arn:aws:s3:::other/*' },
    ),
    'equal',
  ],
  ['an account delegates', policy({ Principal: { AWS: '111122223333' } }), policy({ Principal: { AWS: ann } }), 'less'],
  [
    'root is its account',
    policy({ Principal: { AWS: '111122223333' } }),
    policy({ Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
    'equal',
  ],
  [
    'a session of a role',
    policy({ Principal: { AWS: 'arn:aws:iam::111122223333:role/a/b' } }),
    policy({ Principal: { AWS: 'arn:aws:sts::111122223333:assumed-role/b/c' } }),
    'incomparable',
  ],
  [
    'a wildcard in a name never allows',
    policy({ Principal: { AWS: 'arn:aws:iam::111122223333:user/*' } }),
    policy({ Principal: { AWS: ann } }),
    'more',
  ],
  ['a wildcard in a name denies', policy({}), deny({ Principal: { AWS: 'arn:aws:iam::111122223333:user/*' } }), 'less'],
  [
    'whom a Deny spares',
    deny({ Principal: undefined, NotPrincipal: { AWS: [ann] } }),
    deny({ Principal: undefined, NotPrincipal: { AWS: [ann, '111122223333'] } }),
    'more',
  ],
  ['case of a text', when('StringEquals', 'aws:UserAgent', 'a'), when('StringEqualsIgnoreCase', 'aws:UserAgent', 'a'), 'more'],
  ['an absent key', when('StringEquals', 'aws:UserAgent', 'a'), when('StringEqualsIfExists', 'aws:UserAgent', 'a'), 'more'],
  ['a key that no request of the action carries', when('StringNotEquals', 's3:prefix', 'a'), policy({}), 'equal'],
  ['a key that is always there', when('Null', 'aws:SecureTransport', 'false'), policy({}), 'equal'],
  [
    'all values and the one value',
    when('ForAllValues:StringLike', 'aws:UserAgent', 'a*'),
    when('StringLikeIfExists', 'aws:UserAgent', 'a*'),
    'equal',
  ],
  [
    'blocks of addresses',
    when('IpAddress', 'aws:SourceIp', '10.0.0.0/8'),
    when('IpAddress', 'aws:SourceIp', ['10.0.0.0/9', '10.128.0.0/9']),
    'equal',
  ],
  [
    'IPv4 mapped into IPv6',
    when('IpAddress', 'aws:SourceIp', '10.0.0.0/8'),
    when('IpAddress', 'aws:SourceIp', '::ffff:10.0.0.0/104'),
    'equal',
  ],
  ['all of IPv6 has no IPv4', when('IpAddress', 'aws:SourceIp', '0.0.0.0/0'), when('IpAddress', 'aws:SourceIp', '::/0'), 'incomparable'],
  [
    'what cannot be read',
    when('NotIpAddress', 'aws:SourceIp', '10.0.0.0/8'),
    when('NotIpAddress', 'aws:SourceIp', ['10.0.0.0/8', 'x']),
    'less',
  ],
  ['spellings of a number', when('NumericEquals', 's3:TlsVersion', '1.2'), when('NumericEquals', 's3:TlsVersion', '12e-1'), 'equal'],
  [
    'no number is below zero',
    when('NumericGreaterThanEquals', 's3:TlsVersion', 0),
    when('NumericGreaterThan', 's3:TlsVersion', -1),
    'equal',
  ],
  [
    'time comes in milliseconds',
    when('DateGreaterThan', 'aws:CurrentTime', '2026-09-21T00:00:00.0005Z'),
    when('DateGreaterThanEquals', 'aws:CurrentTime', '2026-09-21T00:00:00.001Z'),
    'equal',
  ],
  ['epoch time in seconds', when('NumericGreaterThan', 'aws:EpochTime', 5.5), when('DateGreaterThanEquals', 'aws:EpochTime', 6), 'equal'],
  [
    'an ARN part by part',
    when('ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:1:x'),
    when('StringLike', 'aws:SourceArn', 'arn:aws:sns:*:1:x'),
    'more',
  ],
  ['names of users', when('StringEquals', 'aws:PrincipalType', 'User'), when('StringLike', 'aws:username', '*'), 'equal'],
  ['the principal by condition', policy({ Principal: { AWS: ann } }), when('StringEquals', 'aws:PrincipalArn', ann), 'equal'],
]

describe('what Z3 says of policies whose relation is known', () => {
  let z3: Z3
  beforeAll(async () => {
    z3 = await startZ3()
  })
  afterAll(() => z3.close())

  test.each(rows)('%s', async (name, before, after, relation) => {
    const answer = await compare(z3, { name, before, after }, 5000)
    if ('skipped' in answer) throw new Error(answer.skipped)
    const { newlyAllowed, newlyDenied } = answer
    const expected = { equal: ['unsat', 'unsat'], less: ['unsat', 'sat'], more: ['sat', 'unsat'], incomparable: ['sat', 'sat'] }
    expect([newlyAllowed.kind, newlyDenied.kind]).toEqual(expected[relation])
    for (const [{ request }, isBefore] of [
      [newlyAllowed, false],
      [newlyDenied, true],
    ] as const) {
      if (request !== undefined)
        expect([isAllowed(answer.before, request), isAllowed(answer.after, request)]).toEqual([isBefore, !isBefore])
    }
  })

  test.each([
    ['a variable in a resource', policy({ Resource: 'arn:aws:s3:::photos/${aws:username}/*' })],
    ['a key of several values', when('ForAnyValue:StringEquals', 'aws:CalledVia', 'a')],
    ['a policy that cannot be read', '{'],
  ])('skips %s', async (skipped, text) => {
    expect(await compare(z3, { name: skipped, before: text, after: policy({}) }, 5000)).toEqual({ skipped })
  })
})
