import { describe, expect, test } from 'vitest'
import { operators } from '../../src/operators/table.js'
import type { Policy } from '../../src/policy/ast.js'
import { parsePolicy } from '../../src/policy/parser.js'
import { nothingBlocked, type PublicAccessBlock, publicAccessSettings, stricterBlock } from '../../src/public-access/public-access-block.js'
import { isPublicPolicy, publicStatements, refusesPublicPolicy } from '../../src/public-access/public-policy.js'

function policyOf(...statements: readonly object[]): Policy {
  const filled = statements.map((statement) => ({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', ...statement }))
  const { policy, diagnostics } = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: filled }))
  if (policy === undefined) throw new Error(JSON.stringify(diagnostics))
  return policy
}

const isPublic = (statement: object) => isPublicPolicy(policyOf(statement))
const underCondition = (Condition: object, Principal: unknown = '*') => isPublic({ Principal, Condition })

describe('principals: public unless every entry is fixed', () => {
  test.each<[object, boolean]>([
    [{ Principal: '*' }, true],
    [{ Principal: { AWS: '*' } }, true],
    [{ Principal: { AWS: ['111122223333', '*'] } }, true],
    [{ Principal: { AWS: 'arn:aws:iam::111122223333:user/*' } }, true],
    [{ Principal: { AWS: 'arn:aws:iam::111122223333:user/al?ce' } }, true],
    [{ Principal: { Service: '*' } }, true],
    [{ Principal: { Service: 's3.amazonaws.com', AWS: '*' } }, true],
    [{ Principal: { AWS: '111122223333' } }, false],
    [{ Principal: { AWS: ['111122223333', 'arn:aws:iam::444455556666:role/r'] } }, false],
    [{ Principal: { Service: 'logging.s3.amazonaws.com' } }, false],
    [{ Principal: { Federated: 'accounts.google.com' } }, false],
    [{ Principal: { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' } }, false],
    [{ Principal: { AWS: [] } }, false],
    [{ NotPrincipal: { AWS: '111122223333' } }, true],
    [{ NotPrincipal: '*' }, true],
    [{ Effect: 'Deny', Principal: '*' }, false],
    [{ Effect: 'Deny', NotPrincipal: { AWS: '111122223333' } }, false],
    // Actions and resources do not matter.
    [{ Principal: '*', Action: [] }, true],
    [{ Principal: '*', Action: undefined, NotAction: '*' }, true],
    [{ Principal: '*', Resource: 'arn:aws:s3:::other' }, true],
    [{ Principal: '*', Condition: {} }, true],
  ])('%j: %s', (statement, expected) => {
    expect(isPublic(statement)).toBe(expected)
  })
})

const pinningKeys = [
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'aws:SourceArn',
  'aws:SourceVpc',
  'aws:SourceVpce',
  'aws:SourceOwner',
  'aws:SourceAccount',
  'aws:userid',
  's3:DataAccessPointAccount',
  's3:DataAccessPointArn',
]
const textOperators = ['StringEquals', 'StringEqualsIgnoreCase', 'StringLike', 'ArnEquals', 'ArnLike']
const wildcardOperators = ['StringLike', 'ArnEquals', 'ArnLike']

describe.each(pinningKeys)('%s pins the caller', (key) => {
  test('under the positive text operators with fixed values, and under no other', () => {
    const pinning = Object.keys(operators).filter((operator) => !underCondition({ [operator]: { [key]: 'arn:aws:iam::1:role/r' } }))
    expect(pinning.sort()).toEqual([...textOperators].sort())
  })

  test('not with a wildcard, where the operator reads it', () => {
    const pinning = (value: string) => textOperators.filter((operator) => !underCondition({ [operator]: { [key]: value } }))
    const reading = textOperators.filter((operator) => !wildcardOperators.includes(operator))
    expect(pinning('o-*')).toEqual(reading)
    expect(pinning('o-?')).toEqual(reading)
    expect(pinning('*')).toEqual(reading)
  })

  test.each<[string, object, boolean]>([
    ['two fixed values', { StringLike: { [key]: ['a', 'b'] } }, false],
    ['one of two has a wildcard', { StringLike: { [key]: ['a', 'b*'] } }, true],
    ['no value', { StringEquals: { [key]: [] } }, true],
    ['IfExists', { StringEqualsIfExists: { [key]: 'a' } }, true],
    ['ForAllValues', { 'ForAllValues:StringEquals': { [key]: 'a' } }, true],
    ['ForAnyValue', { 'ForAnyValue:StringEquals': { [key]: 'a' } }, false],
    ['ForAnyValue and IfExists', { 'ForAnyValue:StringEqualsIfExists': { [key]: 'a' } }, true],
    ['a variable', { StringEquals: { [key]: '${aws:username}' } }, true],
    ['a variable with a default', { StringEquals: { [key]: "${aws:username, 'x'}" } }, true],
    ['a malformed variable', { StringEquals: { [key]: '${' } }, true],
    ['one of two is a variable', { StringEquals: { [key]: ['a', 'b${aws:username}'] } }, true],
    ['an escape looks like a variable', { StringEquals: { [key]: '${$}' } }, true],
    ['another spelling', { StringEquals: { [key.toUpperCase()]: 'a' } }, false],
    ['beside a condition that pins nobody', { StringEquals: { [key]: 'a' }, Bool: { 'aws:SecureTransport': 'true' } }, false],
    ['the empty text', { StringEquals: { [key]: '' } }, false],
  ])('%s', (_, condition, expected) => {
    expect(underCondition(condition)).toBe(expected)
    expect(underCondition(condition, { AWS: '*' })).toBe(expected)
    expect(underCondition(condition, { AWS: '111122223333' })).toBe(false)
  })

  test('under a version that has no variables, what looks like one is not fixed either', () => {
    const statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { [key]: '${x}' } } }
    const { policy } = parsePolicy(JSON.stringify({ Version: '2008-10-17', Statement: statement }))
    expect(policy && isPublicPolicy(policy)).toBe(true)
  })
})

describe('NotPrincipal with a pinning condition', () => {
  test('is not public', () => {
    expect(isPublic({ NotPrincipal: { AWS: '1' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })).toBe(false)
  })
})

describe('keys that pin nobody', () => {
  test.each([
    'aws:Referer',
    'aws:UserAgent',
    'aws:PrincipalType',
    'aws:username',
    'aws:PrincipalTag/team',
    'aws:SourceOrgID',
    's3:prefix',
    'aws:ResourceAccount',
    'aws:PrincipalOrgIDs',
    'unheard-of',
    'constructor',
  ])('%s', (key) => {
    expect(underCondition({ StringEquals: { [key]: 'x' } })).toBe(true)
  })
})

describe('aws:SourceIp: IpAddress only, and no block broader than /8 or /32', () => {
  test.each<[string, string | readonly string[], boolean]>([
    ['IpAddress', '203.0.113.5', false],
    ['IpAddress', '203.0.113.0/24', false],
    ['IpAddress', '10.0.0.0/8', false],
    ['IpAddress', '10.0.0.0/7', true],
    ['IpAddress', '0.0.0.0/0', true],
    ['IpAddress', '0.0.0.0/1', true],
    ['IpAddress', '2001:db8::1', false],
    ['IpAddress', '2001:db8::/32', false],
    ['IpAddress', '2001:db8::/31', true],
    ['IpAddress', '::/0', true],
    ['IpAddress', '::ffff:10.0.0.0/104', false],
    ['IpAddress', '::ffff:10.0.0.0/103', true],
    ['IpAddress', '::ffff:0:0/96', true],
    ['IpAddress', ['10.0.0.0/8', '203.0.113.5'], false],
    ['IpAddress', ['10.0.0.0/7', '203.0.113.5'], true],
    ['IpAddress', ['203.0.113.5', '::/0'], true],
    ['IpAddress', [], true],
    ['IpAddress', '10.0.0.*', true],
    ['IpAddress', 'office', true],
    ['IpAddress', '${aws:username}', true],
    ['IpAddressIfExists', '203.0.113.5', true],
    ['ForAllValues:IpAddress', '203.0.113.5', true],
    ['ForAnyValue:IpAddress', '203.0.113.5', false],
    ['NotIpAddress', '203.0.113.5', true],
    ['StringEquals', '203.0.113.5', true],
    ['StringLike', '203.0.113.5', true],
  ])('%s %j: %s', (operator, value, expected) => {
    expect(underCondition({ [operator]: { 'aws:SourceIp': value } })).toBe(expected)
  })
})

describe('IpAddress pins by no other key', () => {
  test.each([...pinningKeys, 'aws:VpcSourceIp'])('%s', (key) => {
    expect(underCondition({ IpAddress: { [key]: '203.0.113.5' } })).toBe(true)
  })
})

describe('s3:DataAccessPointArn: the name may be a pattern, the account may not', () => {
  test.each<[string, string, boolean]>([
    ['ArnLike', 'arn:aws:s3:us-east-1:111122223333:accesspoint/photos', false],
    ['ArnLike', 'arn:aws:s3:us-east-1:111122223333:accesspoint/*', false],
    ['ArnEquals', 'arn:aws:s3:us-east-1:111122223333:accesspoint/*', false],
    ['StringLike', 'arn:aws:s3:us-east-1:111122223333:accesspoint/*', false],
    ['StringLike', 'arn:aws:s3:*:111122223333:accesspoint/*', false],
    ['StringLike', 'arn:aws:s3:*:111122223333:accesspoint/ph?tos', false],
    ['StringEquals', 'arn:aws:s3:*:*:accesspoint/*', false],
    ['StringNotLike', 'arn:aws:s3:us-east-1:111122223333:accesspoint/*', true],
    ['IpAddress', 'arn:aws:s3:us-east-1:111122223333:accesspoint/*', true],
    ['StringLikeIfExists', 'arn:aws:s3:us-east-1:111122223333:accesspoint/*', true],
    ['StringLike', 'arn:aws:s3:us-east-1:*:accesspoint/*', true],
    ['StringLike', 'arn:aws:s3:us-east-1:11112222333?:accesspoint/*', true],
    ['StringLike', 'arn:aws:s3:us-east-1::accesspoint/*', true],
    ['StringLike', 'arn:aws:s3:us-east-1:111122223333:*', true],
    ['StringLike', 'arn:aws:s3:us-east-1:111122223333:accesspoint*', true],
    ['StringLike', 'arn:aws:s3:us-east-1:111122223333:bucket/*', true],
    ['StringLike', 'arn:aws:iam:us-east-1:111122223333:accesspoint/*', true],
    ['StringLike', 'arn:aws:*:us-east-1:111122223333:accesspoint/*', true],
    ['StringLike', 'accesspoint/*', true],
    ['StringLike', 'arn:aws:s3:us-east-1:111122223333:accesspoint/${aws:username}*', true],
  ])('%s %s: %s', (operator, value, expected) => {
    expect(underCondition({ [operator]: { 's3:DataAccessPointArn': value } })).toBe(expected)
  })
})

test('statements are looked at one by one, and named by their place', () => {
  const policy = policyOf(
    { Effect: 'Deny', Principal: '*' },
    { Principal: '*' },
    { Principal: { AWS: '111122223333' } },
    { Principal: '*', Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } },
    { Principal: '*', Condition: { StringEquals: { 'aws:Referer': 'x' } } },
  )
  expect(publicStatements(policy)).toEqual([1, 4])
  expect(isPublicPolicy(policy)).toBe(true)
  expect(publicStatements(policyOf())).toEqual([])
  expect(isPublicPolicy(policyOf())).toBe(false)
})

describe('the public access block', () => {
  const only = (...names: readonly string[]): PublicAccessBlock => ({
    ...nothingBlocked,
    ...Object.fromEntries(names.map((name) => [name, true])),
  })

  test('has four settings, all off by default', () => {
    expect(publicAccessSettings).toEqual(['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'])
    expect(nothingBlocked).toEqual({
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    })
  })

  test.each(publicAccessSettings)('%s is on if it is on in either', (name) => {
    expect(stricterBlock(nothingBlocked, nothingBlocked)).toEqual(nothingBlocked)
    expect(stricterBlock(only(name), nothingBlocked)).toEqual(only(name))
    expect(stricterBlock(nothingBlocked, only(name))).toEqual(only(name))
    expect(stricterBlock(only(name), only(name))).toEqual(only(name))
  })

  test.each<[string, PublicAccessBlock, object, boolean]>([
    ['on, public', only('BlockPublicPolicy'), { Principal: '*' }, true],
    ['on, not public', only('BlockPublicPolicy'), { Principal: { AWS: '1' } }, false],
    ['off, public', only('BlockPublicAcls', 'IgnorePublicAcls', 'RestrictPublicBuckets'), { Principal: '*' }, false],
    ['off, not public', nothingBlocked, { Principal: { AWS: '1' } }, false],
  ])('BlockPublicPolicy %s', (_, block, statement, expected) => {
    expect(refusesPublicPolicy(block, policyOf(statement))).toBe(expected)
  })
})
