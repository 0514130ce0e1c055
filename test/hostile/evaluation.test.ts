import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate, parseRequest, parseSnapshot, type Verdict } from '../../src/index.js'
import { arbitraryPolicy } from '../policy/arbitrary-policy.js'
import { SIZE } from './made.js'

const owner = '111122223333'
const allow = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }
const get = { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'b', key: 'k' }

/** The verdict on a request, where the bucket has this statement alone. */
function verdict(statement: object, request: object): Verdict {
  const { snapshot } = parseSnapshot({
    buckets: [{ name: 'b', owner, policy: { Version: '2012-10-17', Statement: { ...allow, ...statement } } }],
  })
  const parsed = parseRequest({ ...get, ...request }).request
  if (snapshot === undefined || parsed === undefined) throw new Error('both must be readable')
  return evaluate(snapshot, parsed).verdict
}

const condition = (operator: string, key: string, operands: unknown) => ({ Condition: { [operator]: { [key]: operands } } })
const a = 'a'.repeat(SIZE)

describe.each([1, 2])('long texts, %i million characters', (times) => {
  const long = a.repeat(times)
  const half = long.slice(0, long.length / 2)

  test.each<{ what: string; statement: object; request?: object; expected: Verdict }>([
    {
      what: 'a run that is not there',
      statement: { Resource: `arn:aws:s3:::b/*${half}b*` },
      request: { key: long },
      expected: 'ImplicitDeny',
    },
    {
      what: 'a run at the end that is not there',
      statement: { Resource: `arn:aws:s3:::b/*${half}b` },
      request: { key: long },
      expected: 'ImplicitDeny',
    },
    { what: 'a run that is there', statement: { Resource: `arn:aws:s3:::b/*${half}b*` }, request: { key: `${long}b` }, expected: 'Allow' },
    {
      what: 'a star for each letter',
      statement: { Resource: `arn:aws:s3:::b/${'*a'.repeat(long.length / 2)}` },
      request: { key: long },
      expected: 'Allow',
    },
    {
      what: 'a question mark for each letter',
      statement: { Resource: `arn:aws:s3:::b/${'?'.repeat(long.length)}` },
      request: { key: long },
      expected: 'Allow',
    },
    {
      what: 'a few stars and a long key',
      statement: { Resource: 'arn:aws:s3:::b/*a*a*a*a*a*b' },
      request: { key: long },
      expected: 'ImplicitDeny',
    },
    {
      what: 'a few question marks and a long key',
      statement: { Resource: 'arn:aws:s3:::b/*a?a?b*' },
      request: { key: long },
      expected: 'ImplicitDeny',
    },
    {
      what: 'a thousand stars and a long key',
      statement: { Resource: `arn:aws:s3:::b/${'*a'.repeat(1000)}*b*` },
      request: { key: long },
      expected: 'ImplicitDeny',
    },
    {
      what: 'colons',
      statement: { Resource: `arn:aws:s3:::b/${':'.repeat(long.length)}` },
      request: { key: ':'.repeat(long.length) },
      expected: 'Allow',
    },
    {
      what: 'variables',
      statement: { Resource: `arn:aws:s3:::b/${'${aws:referer}'.repeat(20_000 * times)}` },
      request: { key: 'a'.repeat(20_000 * times), context: { 'aws:referer': 'a' } },
      expected: 'Allow',
    },
    {
      what: 'a long value of many variables',
      statement: { Resource: `arn:aws:s3:::b/${'${aws:referer}'.repeat(20)}b` },
      request: { key: long, context: { 'aws:referer': long } },
      expected: 'ImplicitDeny',
    },
    {
      what: 'broken variables',
      statement: { Resource: `arn:aws:s3:::b/${'${'.repeat(long.length / 2)}` },
      request: {},
      expected: 'ImplicitDeny',
    },
    { what: 'an action of stars', statement: { Action: '*'.repeat(long.length) }, request: {}, expected: 'Allow' },
    {
      what: 'a principal',
      statement: { Principal: { Service: `${long}b` } },
      request: { principal: { kind: 'service', service: long } },
      expected: 'ImplicitDeny',
    },
    {
      what: 'a principal of stars',
      statement: { Effect: 'Deny', Principal: { Service: '*a'.repeat(long.length / 2) } },
      request: { principal: { kind: 'service', service: long } },
      expected: 'ExplicitDeny',
    },
    {
      what: 'equal texts',
      statement: condition('StringEquals', 'aws:referer', long),
      request: { context: { 'aws:referer': long } },
      expected: 'Allow',
    },
    {
      what: 'texts of other case',
      statement: condition('StringEqualsIgnoreCase', 'aws:referer', `É${long}`),
      request: { context: { 'aws:referer': `é${long.toUpperCase()}` } },
      expected: 'Allow',
    },
    {
      what: 'a condition key',
      statement: condition('StringEquals', `k${long}`, 'x'),
      request: { context: { [`K${long}`]: 'x' } },
      expected: 'Allow',
    },
    {
      what: 'a pattern that is not there',
      statement: condition('StringLike', 'aws:referer', `*${half}b*`),
      request: { context: { 'aws:referer': long } },
      expected: 'ImplicitDeny',
    },
    {
      what: 'an ARN',
      statement: condition('ArnLike', 'aws:SourceArn', `arn:*:*:*:*:*${half}b*`),
      request: { context: { 'aws:SourceArn': `arn:aws:s3:::${long}` } },
      expected: 'ImplicitDeny',
    },
    {
      what: 'a number',
      statement: condition('NumericEquals', 's3:max-keys', '1'.repeat(long.length)),
      request: { context: { 's3:max-keys': `${'1'.repeat(long.length)}.0` } },
      expected: 'Allow',
    },
    {
      what: 'a number of zeros',
      statement: condition('NumericLessThan', 's3:max-keys', '1'),
      request: { context: { 's3:max-keys': `0.${'0'.repeat(long.length)}` } },
      expected: 'Allow',
    },
    {
      what: 'a date',
      statement: condition('DateLessThan', 'aws:TokenIssueTime', '1'.repeat(long.length)),
      request: { context: { 'aws:TokenIssueTime': '1' } },
      expected: 'ImplicitDeny',
    },
    {
      what: 'an address',
      statement: condition('IpAddress', 'aws:SourceIp', '0.0.0.0/0'),
      request: { context: { 'aws:SourceIp': ':'.repeat(long.length) } },
      expected: 'ImplicitDeny',
    },
    {
      what: 'a block of addresses',
      statement: condition('NotIpAddress', 'aws:SourceIp', '1.'.repeat(long.length / 2)),
      request: { context: { 'aws:SourceIp': '10.0.0.1' } },
      expected: 'ImplicitDeny',
    },
    {
      what: 'base64',
      statement: condition('BinaryEquals', 'aws:referer', 'AAAA'.repeat(long.length / 4)),
      request: { context: { 'aws:referer': 'AAAA'.repeat(long.length / 4) } },
      expected: 'Allow',
    },
    {
      what: 'a truth',
      statement: condition('Bool', 'aws:SecureTransport', long),
      request: { context: { 'aws:SecureTransport': 'true' } },
      expected: 'ImplicitDeny',
    },
  ])('$what', ({ statement, request = {}, expected }) => {
    expect(verdict(statement, request)).toBe(expected)
  })
})

describe.each([10_000, 20_000])('%i of everything', (count) => {
  const numbered = (item: (index: number) => string) => Array.from({ length: count }, (_, index) => item(index))

  test('statements', () => {
    const statements = numbered(String).map((Sid) => ({ ...allow, Sid, Condition: { StringEquals: { 'aws:referer': Sid } } }))
    const { snapshot } = parseSnapshot({ buckets: [{ name: 'b', owner, policy: { Statement: statements } }] })
    const { request } = parseRequest({ ...get, context: { 'aws:referer': String(count - 1) } })
    expect(snapshot && request && evaluate(snapshot, request).statement).toEqual({ index: count - 1, sid: String(count - 1) })
  })

  test.each<{ what: string; statement: object; request?: object; expected: Verdict }>([
    { what: 'actions', statement: { Action: [...numbered((index) => `s3:x${index}`), 's3:GetObject'] }, expected: 'Allow' },
    {
      what: 'resources',
      statement: { Resource: [...numbered((index) => `arn:aws:s3:::b/${index}`), 'arn:aws:s3:::b/k'] },
      expected: 'Allow',
    },
    {
      what: 'principals',
      statement: { Principal: { AWS: [...numbered((index) => `arn:aws:iam::${index}:user/u`), '*'] } },
      expected: 'Allow',
    },
    {
      what: 'NotPrincipals',
      statement: { Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: numbered((index) => `${index}`) } },
      request: { principal: { kind: 'aws', arn: 'arn:aws:iam::x:root' } },
      expected: 'ExplicitDeny',
    },
    {
      what: 'operands',
      statement: condition('StringEquals', 'aws:referer', numbered(String)),
      request: { context: { 'aws:referer': String(count - 1) } },
      expected: 'Allow',
    },
    {
      what: 'values',
      statement: condition('ForAllValues:StringLike', 'aws:TagKeys', '*'),
      request: { context: { 'aws:TagKeys': numbered(String) } },
      expected: 'Allow',
    },
    {
      what: 'values, where one is meant',
      statement: condition('StringLike', 'aws:referer', '*'),
      request: { context: { 'aws:referer': numbered(String) } },
      expected: 'ImplicitDeny',
    },
    {
      what: 'conditions',
      statement: { Condition: { StringEqualsIfExists: Object.fromEntries(numbered((index) => `k${index}`).map((key) => [key, 'x'])) } },
      expected: 'Allow',
    },
    {
      what: 'unknown keys',
      statement: condition('Null', 'aws:referer', 'true'),
      request: { unknown: numbered((index) => `k${index}`) },
      expected: 'Allow',
    },
  ])('$what', ({ statement, request = {}, expected }) => {
    expect(verdict(statement, request)).toBe(expected)
  })

  test('grants, accounts, keys and buckets', () => {
    const grants = numbered((index) => `b${index}`).map((bucket) => ({ bucket, actions: ['s3:GetObject'] }))
    const { snapshot } = parseSnapshot({
      buckets: numbered((index) => `b${index}`).map((name) => ({ name, owner })),
      keys: [
        { accessKey: 'k', account: owner, grants },
        ...numbered((index) => `k${index}`).map((accessKey) => ({ accessKey, account: owner, grants: [] })),
      ],
      accounts: numbered(String).map((id) => ({ id, canonicalId: `c${id}` })),
    })
    const { request } = parseRequest({ ...get, bucket: `b${count - 1}`, principal: { kind: 'key', accessKey: 'k' } })
    expect(snapshot && request && evaluate(snapshot, request).grant).toEqual({ index: count - 1, bucket: `b${count - 1}` })
  })

  test('canonical users, each of an account of its own', () => {
    const policy = { Statement: { ...allow, Principal: { CanonicalUser: numbered((index) => `c${index}`) } } }
    const { snapshot } = parseSnapshot({
      buckets: [{ name: 'b', owner: 'x', policy }],
      accounts: numbered((index) => `c${index}`).map((canonicalId) => ({ id: `a${canonicalId}`, canonicalId })),
    })
    const { request } = parseRequest({ ...get, principal: { kind: 'aws', arn: 'arn:aws:iam::other:user/u', identityVerdict: 'Allow' } })
    expect(snapshot && request && evaluate(snapshot, request).reason).toBe('policy-side-missing')
  })
})

describe('whatever has been read', () => {
  const principal = fc.constantFrom(
    { kind: 'anonymous' },
    { kind: 'key', accessKey: 'k' },
    { kind: 'key', accessKey: 'none' },
    { kind: 'service', service: 'cloudtrail.amazonaws.com' },
    { kind: 'federated', provider: 'accounts.google.com' },
    { kind: 'canonicalUser', id: 'c0ffee' },
    { kind: 'aws', arn: 'arn:aws:iam::111122223333:root' },
    { kind: 'aws', arn: 'arn:aws:iam::444455556666:user/team/bob', identityVerdict: 'Allow' },
    { kind: 'aws', arn: 'arn:aws:sts::111122223333:assumed-role/app/session', userId: 'AROAEXAMPLEROLEAPP01:session' },
    { kind: 'aws', arn: 'arn:aws:x:::' },
  )
  const request = fc.record(
    {
      principal,
      action: fc.constantFrom('s3:GetObject', 's3:ListBucket', 's3:GetBucketPolicy', 's3:ListAllMyBuckets', 's3:CreateAccessPoint', 'x'),
      bucket: fc.constantFrom('photos', 'logs', 'none'),
      key: fc.oneof(fc.constantFrom('a', 'home/alice/x'), fc.string({ minLength: 1, unit: 'binary' })),
      time: fc.nat(),
      context: fc.dictionary(
        fc.constantFrom('aws:SourceIp', 'aws:PrincipalTag/team', 's3:prefix', 'aws:SecureTransport', '__proto__'),
        fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 2 })),
        { noNullPrototype: true },
      ),
      unknown: fc.array(fc.constantFrom('aws:SourceIp', 'aws:PrincipalTag/*', 's3:ExistingObjectTag/*', 'aws:username'), { maxLength: 2 }),
    },
    { requiredKeys: ['principal', 'action', 'bucket', 'key'], noNullPrototype: true },
  )

  test('a decision is made, with one of three verdicts and a reason, and again the same', () => {
    fc.assert(
      fc.property(arbitraryPolicy, request, fc.boolean(), (policy, json, restricts) => {
        const { snapshot } = parseSnapshot({
          buckets: [{ name: 'photos', owner, policy, publicAccessBlock: { RestrictPublicBuckets: restricts } }],
          keys: [{ accessKey: 'k', account: owner, grants: [{ bucket: 'photos', permission: 'read', prefix: 'home/' }] }],
          accounts: [{ id: '444455556666', canonicalId: 'c0ffee' }],
        })
        const parsed = parseRequest(json).request
        if (snapshot === undefined || parsed === undefined) throw new Error('both must be readable')
        const explanation = evaluate(snapshot, parsed)
        expect(['Allow', 'ImplicitDeny', 'ExplicitDeny']).toContain(explanation.verdict)
        expect(explanation.reason).toMatch(/^[a-z-]+$/)
        expect(evaluate(snapshot, parsed)).toEqual(explanation)
      }),
      { numRuns: 1000 },
    )
  })

  test('any JSON at all is read without throwing, and what is usable is decided', () => {
    const member = fc.constantFrom(
      'buckets',
      'keys',
      'accounts',
      'name',
      'owner',
      'policy',
      'Statement',
      'Effect',
      'Principal',
      'principal',
      'kind',
      'action',
      'context',
      'unknown',
      '__proto__',
    )
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(null, true, 0, -1, 1e300, '', '*', 'b', 'Allow', 's3:*', 'anonymous', 'arn:aws:s3:::b'),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(member, tie('json'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }))
    const known = { buckets: [{ name: 'b', owner }] }
    fc.assert(
      fc.property(json, (value) => {
        const text = JSON.stringify(value)
        const { snapshot } = parseSnapshot(text)
        const { request: parsed } = parseRequest(text)
        const { request: plain } = parseRequest(get)
        const { snapshot: simple } = parseSnapshot(known)
        if (snapshot !== undefined && plain !== undefined) expect(evaluate(snapshot, plain).verdict).toBeDefined()
        if (parsed !== undefined && simple !== undefined) expect(evaluate(simple, parsed).verdict).toBeDefined()
        const { snapshot: withValue } = parseSnapshot({ buckets: [{ name: 'b', owner, policy: value }] })
        if (withValue !== undefined && plain !== undefined) expect(evaluate(withValue, plain).verdict).toBeDefined()
      }),
      { numRuns: 1000 },
    )
  })
})
