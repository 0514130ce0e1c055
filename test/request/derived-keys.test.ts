import { describe, expect, test } from 'vitest'
import { type Caller, callerArnOf, callerOf, noDirectory } from '../../src/request/caller.js'
import { derivedKeyConflicts, derivedKeys } from '../../src/request/derived-keys.js'
import { evaluationContextOf } from '../../src/request/evaluation-context.js'
import type { AwsPrincipal } from '../../src/request/principal.js'
import { type ContextRecord, RequestContext } from '../../src/request/request-context.js'

const account = '111122223333'

function aws(arn: string, more: Omit<Partial<AwsPrincipal>, 'kind' | 'arn'> = {}): Caller {
  return callerOf({ kind: 'aws', arn, ...more }, noDirectory)
}

/** A caller that is an access key: its user id is the key. */
function key(accessKey: string, arn = `arn:aws:iam::${account}:user/${accessKey}`): Caller {
  const parsed = callerArnOf(arn)
  if (parsed === undefined) throw new Error(`\`${arn}\` is no ARN`)
  return { kind: 'key', account, arn: parsed, userId: accessKey }
}

const anonymous: Caller = { kind: 'anonymous' }
const alice = aws(`arn:aws:iam::${account}:user/team/alice`, { userId: 'AIDAALICE' })

/** The values a caller's request has for the five keys of S12 that come from the caller. */
function valuesOf(caller: Caller): readonly unknown[] {
  const context = evaluationContextOf({ principal: { kind: 'anonymous' }, action: 's3:GetObject' }, caller, 'owner')
  return ['aws:PrincipalArn', 'aws:PrincipalAccount', 'aws:PrincipalType', 'aws:userid', 'aws:username'].map((name) => {
    const values = context.valuesOf(name)
    return values === 'unknown' ? values : (values[0] ?? '–')
  })
}

const user = `arn:aws:iam::${account}:user/team/alice`
const root = `arn:aws:iam::${account}:root`
const session = `arn:aws:sts::${account}:assumed-role/app/s`
const role = `arn:aws:iam::${account}:role/team/app`
const federatedUser = `arn:aws:sts::${account}:federated-user/carol`
const group = `arn:aws:iam::${account}:group/g`

describe('the table of S12', () => {
  test.each<{ who: string; caller: Caller; values: readonly string[] }>([
    { who: 'a user', caller: aws(user), values: [user, account, 'User', 'unknown', 'alice'] },
    { who: 'a user with an id', caller: aws(user, { userId: 'AIDA' }), values: [user, account, 'User', 'AIDA', 'alice'] },
    { who: 'a key', caller: key('AK'), values: [`arn:aws:iam::${account}:user/AK`, account, 'User', 'AK', 'AK'] },
    { who: 'a key with an ARN of its own', caller: key('AK', user), values: [user, account, 'User', 'AK', 'alice'] },
    { who: 'a root', caller: aws(root), values: [root, account, 'Account', account, '–'] },
    { who: 'a root with an id', caller: aws(root, { userId: 'x' }), values: [root, account, 'Account', account, '–'] },
    { who: 'a key of root', caller: key('AK', root), values: [root, account, 'Account', account, '–'] },
    { who: 'a session', caller: aws(session), values: [`arn:aws:iam::${account}:role/app`, account, 'AssumedRole', 'unknown', '–'] },
    { who: 'a session with its role', caller: aws(session, { roleArn: role }), values: [role, account, 'AssumedRole', 'unknown', '–'] },
    {
      who: 'a session with an id',
      caller: aws(session, { roleArn: role, userId: 'AROA:s' }),
      values: [role, account, 'AssumedRole', 'AROA:s', '–'],
    },
    {
      who: 'a session in China',
      caller: aws(`arn:aws-cn:sts::${account}:assumed-role/app/s`),
      values: [`arn:aws-cn:iam::${account}:role/app`, account, 'AssumedRole', 'unknown', '–'],
    },
    { who: 'a role', caller: aws(role), values: [role, account, 'AssumedRole', 'unknown', '–'] },
    { who: 'a role with an id', caller: aws(role, { userId: 'AROA' }), values: [role, account, 'AssumedRole', 'AROA', '–'] },
    { who: 'a federated user', caller: aws(federatedUser), values: [federatedUser, account, 'FederatedUser', `${account}:carol`, '–'] },
    {
      who: 'a federated user with an id',
      caller: aws(federatedUser, { userId: 'x' }),
      values: [federatedUser, account, 'FederatedUser', 'x', '–'],
    },
    { who: 'any other ARN', caller: aws(group), values: [group, account, 'unknown', 'unknown', '–'] },
    { who: 'any other ARN with an id', caller: aws(group, { userId: 'x' }), values: [group, account, 'unknown', 'x', '–'] },
    { who: 'anonymous', caller: anonymous, values: ['–', 'anonymous', 'Anonymous', 'anonymous', '–'] },
    { who: 'a service', caller: { kind: 'service', service: 's' }, values: ['unknown', 'unknown', 'unknown', 'unknown', '–'] },
    {
      who: 'a federated principal',
      caller: { kind: 'federated', provider: 'p' },
      values: ['unknown', 'unknown', 'unknown', 'unknown', '–'],
    },
    {
      who: 'a canonical user',
      caller: { kind: 'canonicalUser', canonicalId: 'c' },
      values: ['unknown', 'unknown', 'unknown', 'unknown', '–'],
    },
    {
      who: 'a canonical user of an account',
      caller: { kind: 'canonicalUser', canonicalId: 'c', account },
      values: ['unknown', account, 'unknown', 'unknown', '–'],
    },
  ])('$who', ({ caller, values }) => {
    expect(valuesOf(caller)).toEqual(values)
  })

  test('a name that reads `unknown` is a name', () => {
    const context = (caller: Caller, owner = 'o') =>
      evaluationContextOf({ principal: { kind: 'anonymous' }, action: 's3:GetObject' }, caller, owner)
    expect(context(aws(`arn:aws:iam::${account}:user/unknown`)).valuesOf('aws:username')).toEqual(['unknown'])
    expect(context(aws(user, { userId: 'unknown' })).valuesOf('aws:userid')).toEqual(['unknown'])
    expect(context(aws('arn:aws:iam::unknown:root')).valuesOf('aws:PrincipalAccount')).toEqual(['unknown'])
    expect(context(alice, 'unknown').valuesOf('aws:ResourceAccount')).toEqual(['unknown'])
  })

  test('a context cannot give a user called `unknown` another name', () => {
    const caller = aws(`arn:aws:iam::${account}:user/unknown`)
    const context = RequestContext.of({ 'aws:username': 'admin' })
    expect(derivedKeyConflicts(context, caller, undefined)).toEqual([{ name: 'aws:username', derived: 'unknown' }])
  })

  test.each(['aws:ResourceAccount', 's3:ResourceAccount'])('%s is the owner', (name) => {
    const request = { principal: { kind: 'anonymous' }, action: 's3:GetObject' } as const
    expect(evaluationContextOf(request, alice, 'o').valuesOf(name)).toEqual(['o'])
    expect(evaluationContextOf(request, alice, undefined).valuesOf(name)).toEqual([])
  })

  test('these are the derived keys', () => {
    expect(derivedKeys.map(({ name, fromOwner = false }) => [name, fromOwner])).toEqual([
      ['aws:PrincipalArn', false],
      ['aws:PrincipalAccount', false],
      ['aws:PrincipalType', false],
      ['aws:userid', false],
      ['aws:username', false],
      ['aws:ResourceAccount', true],
      ['s3:ResourceAccount', true],
    ])
  })
})

describe('derivedKeyConflicts', () => {
  const conflict = (name: string, derived: string | undefined) => ({ name, derived })

  test.each<{ context: ContextRecord; unknown?: readonly string[]; caller: Caller; owner?: string; conflicts: readonly object[] }>([
    { context: {}, caller: alice, conflicts: [] },
    { context: { 'aws:SourceIp': '10.0.0.1' }, caller: alice, conflicts: [] },
    { context: { 'aws:username': 'alice' }, caller: alice, conflicts: [] },
    { context: { 'aws:username': ['alice'] }, caller: alice, conflicts: [] },
    { context: { 'AWS:UserName': 'alice' }, caller: alice, conflicts: [] },
    { context: { 'aws:username': 'bob' }, caller: alice, conflicts: [conflict('aws:username', 'alice')] },
    { context: { 'AWS:USERNAME': 'bob' }, caller: alice, conflicts: [conflict('aws:username', 'alice')] },
    { context: { 'aws:username': 'Alice' }, caller: alice, conflicts: [conflict('aws:username', 'alice')] },
    { context: { 'aws:username': [] }, caller: alice, conflicts: [conflict('aws:username', 'alice')] },
    { context: { 'aws:username': '' }, caller: alice, conflicts: [conflict('aws:username', 'alice')] },
    { context: { 'aws:username': ['alice', 'alice'] }, caller: alice, conflicts: [conflict('aws:username', 'alice')] },
    { context: { 'aws:username': ['alice', 'bob'] }, caller: alice, conflicts: [conflict('aws:username', 'alice')] },
    { context: { 'aws:username': 'x' }, caller: anonymous, conflicts: [conflict('aws:username', undefined)] },
    { context: { 'aws:username': '' }, caller: anonymous, conflicts: [conflict('aws:username', undefined)] },
    { context: { 'aws:username': [] }, caller: anonymous, conflicts: [] },
    { context: { 'aws:PrincipalArn': [] }, caller: anonymous, conflicts: [] },
    { context: { 'aws:PrincipalArn': 'x' }, caller: anonymous, conflicts: [conflict('aws:PrincipalArn', undefined)] },
    {
      context: { 'aws:userid': 'anonymous', 'aws:PrincipalType': 'Anonymous', 'aws:PrincipalAccount': 'anonymous' },
      caller: anonymous,
      conflicts: [],
    },
    // What is unknown may be told.
    { context: { 'aws:userid': 'AIDAX', 'aws:PrincipalType': 'User' }, caller: aws(user), conflicts: [] },
    { context: { 'aws:userid': ['a', 'b'] }, caller: aws(user), conflicts: [] },
    {
      context: { 'aws:PrincipalArn': 'x', 'aws:PrincipalAccount': 'y', 'aws:userid': 'z' },
      caller: { kind: 'service', service: 's' },
      conflicts: [],
    },
    { context: { 'aws:PrincipalAccount': 'y' }, caller: { kind: 'canonicalUser', canonicalId: 'c' }, conflicts: [] },
    {
      context: { 'aws:PrincipalAccount': 'y' },
      caller: { kind: 'canonicalUser', canonicalId: 'c', account },
      conflicts: [conflict('aws:PrincipalAccount', account)],
    },
    // What comes from the owner is compared where the owner is known.
    { context: { 'aws:ResourceAccount': 'x' }, caller: alice, conflicts: [] },
    { context: { 'aws:ResourceAccount': 'x' }, caller: alice, owner: 'x', conflicts: [] },
    { context: { 'aws:ResourceAccount': 'x' }, caller: alice, owner: 'o', conflicts: [conflict('aws:ResourceAccount', 'o')] },
    { context: { 'S3:resourceaccount': ['x'] }, caller: alice, owner: 'o', conflicts: [conflict('s3:ResourceAccount', 'o')] },
    // What the context itself does not know contradicts nothing.
    { context: {}, unknown: ['aws:username', 'aws:PrincipalArn'], caller: alice, conflicts: [] },
    { context: { 'aws:PrincipalArn': [] }, unknown: ['AWS:UserName'], caller: anonymous, conflicts: [] },
    { context: { 'aws:userid': 'y' }, unknown: ['aws:username'], caller: alice, conflicts: [conflict('aws:userid', 'AIDAALICE')] },
    // Several at once, in the order of the table, not of the context; other names are none of them.
    {
      context: { 'aws:username': 'x', 'aws:PrincipalType': 'User', 'aws:userid': 'y' },
      caller: alice,
      conflicts: [conflict('aws:userid', 'AIDAALICE'), conflict('aws:username', 'alice')],
    },
    {
      context: { 's3:ResourceAccount': 'x', 'aws:ResourceAccount': 'x', 'AWS:USERNAME': 'x', 'aws:PrincipalArn': 'x' },
      caller: alice,
      owner: 'o',
      conflicts: [
        conflict('aws:PrincipalArn', user),
        conflict('aws:username', 'alice'),
        conflict('aws:ResourceAccount', 'o'),
        conflict('s3:ResourceAccount', 'o'),
      ],
    },
    {
      context: { username: 'x', 'aws:username/': 'x', 'aws:usernam\u0435': 'x', 'aws:PrincipalTag/aws:username': 'x' },
      caller: alice,
      conflicts: [],
    },
  ])('$context', ({ context, unknown, caller, owner, conflicts }) => {
    expect(derivedKeyConflicts(RequestContext.of(context, unknown), caller, owner)).toEqual(conflicts)
  })
})
