import { describe, expect, test } from 'vitest'
import { type ArnParts, parseArn } from '../../src/match/arn.js'
import { callerArnOf, callerOf, noDirectory, roleOf } from '../../src/request/caller.js'
import type { Principal } from '../../src/request/principal.js'

const sessionRole = (arn: string, isExact = false) => ({ arn, isExact })

describe('callerArnOf', () => {
  test.each([
    { text: 'arn:aws:iam::1:root', type: 'root', name: '' },
    { text: 'arn:aws-cn:iam::1:root', type: 'root', name: '' },
    { text: 'arn:aws:iam::1:root/x', type: 'other', name: '' },
    { text: 'arn:aws:iam::1:Root', type: 'other', name: '' },
    { text: 'arn:aws:sts::1:root', type: 'other', name: '' },
    { text: 'arn:aws:iam::1:user/alice', type: 'user', name: 'alice' },
    { text: 'arn:aws:iam::1:user/team/alice', type: 'user', name: 'alice' },
    { text: 'arn:aws:iam::1:user//alice', type: 'user', name: 'alice' },
    { text: 'arn:aws:iam::1:user/a:b', type: 'user', name: 'a:b' },
    { text: 'arn:aws:iam::1:user/root', type: 'user', name: 'root' },
    { text: 'arn:aws:iam:us-east-1:1:user/alice', type: 'user', name: 'alice' },
    { text: 'arn:aws:iam::1:user', type: 'other', name: '' },
    { text: 'arn:aws:iam::1:user/', type: 'other', name: '' },
    { text: 'arn:aws:iam::1:user/alice/', type: 'other', name: '' },
    { text: 'arn:aws:iam::1:User/alice', type: 'other', name: '' },
    { text: 'arn:aws:sts::1:user/alice', type: 'other', name: '' },
    { text: 'arn:aws:iam::1:role/app', type: 'role', name: 'app' },
    { text: 'arn:aws:iam::1:role/team/app', type: 'role', name: 'app' },
    { text: 'arn:aws:iam::1:role', type: 'other', name: '' },
    { text: 'arn:aws:iam::1:role/', type: 'other', name: '' },
    { text: 'arn:aws:sts::1:role/app', type: 'other', name: '' },
    { text: 'arn:aws:iam::1:group/g', type: 'other', name: '' },
    { text: 'arn:aws:iam::1:saml-provider/p', type: 'other', name: '' },
    { text: 'arn:aws:sts::1:federated-user/carol', type: 'federated-user', name: 'carol' },
    { text: 'arn:aws:sts::1:federated-user/', type: 'other', name: '' },
    { text: 'arn:aws:sts::1:federated-user', type: 'other', name: '' },
    { text: 'arn:aws:iam::1:federated-user/carol', type: 'other', name: '' },
    { text: 'arn:aws:sts::1:assumed-role', type: 'other', name: '' },
    { text: 'arn:aws:sts::1:assumed-role/app', type: 'other', name: '' },
    { text: 'arn:aws:iam::1:assumed-role/app/s', type: 'other', name: '' },
    { text: 'arn:aws:sts::1:Assumed-Role/app/s', type: 'other', name: '' },
    { text: 'arn:aws:s3:::b', type: 'other', name: '' },
    { text: 'arn:::::', type: 'other', name: '' },
    { text: 'arn:aws:iam::1:__proto__/x', type: 'other', name: '' },
  ])('$text is $type $name', ({ text, type, name }) => {
    expect(callerArnOf(text)).toStrictEqual({ text, type, name })
    expect(callerArnOf(text, 'arn:aws:iam::1:role/other')).toStrictEqual({ text, type, name })
  })

  test.each([
    { text: 'arn:aws:sts::1:assumed-role/app/s', name: 'app', role: 'arn:aws:iam::1:role/app' },
    { text: 'arn:aws-us-gov:sts::2:assumed-role/app/a@b', name: 'app', role: 'arn:aws-us-gov:iam::2:role/app' },
    { text: 'arn:aws:sts::1:assumed-role/app/s:1', name: 'app', role: 'arn:aws:iam::1:role/app' },
    { text: 'arn:aws:sts::1:assumed-role/app/s/t', name: 'app', role: 'arn:aws:iam::1:role/app' },
  ])('$text is a session of $name', ({ text, name, role }) => {
    expect(callerArnOf(text)).toStrictEqual({ text, type: 'session', name, role: sessionRole(role) })
    const given = 'arn:aws:iam::1:role/team/app'
    expect(callerArnOf(text, given)).toStrictEqual({ text, type: 'session', name, role: sessionRole(given, true) })
  })

  test('a session of a role without a name is no session', () => {
    expect(callerArnOf('arn:aws:sts::1:assumed-role//s')?.type).toBe('other')
  })

  test.each(['', '*', 'alice', 'arn:aws:iam::1', 'arn:aws:iam:1:root', 'ARN:aws:iam::1:root', 'urn:aws:iam::1:root'])(
    '%j is no ARN',
    (text) => {
      expect(callerArnOf(text)).toBeUndefined()
    },
  )
})

test.each([
  { arn: 'arn:aws:iam::1:role/app', expected: { account: '1', name: 'app' } },
  { arn: 'arn:aws:iam::1:role/team/sub/app', expected: { account: '1', name: 'app' } },
  { arn: 'arn:aws-cn:iam::2:role/a:b', expected: { account: '2', name: 'a:b' } },
  { arn: 'arn:aws:iam::1:role', expected: undefined },
  { arn: 'arn:aws:iam::1:user/app', expected: undefined },
  { arn: 'arn:aws:sts::1:role/app', expected: undefined },
  { arn: 'arn:aws:iam::1:Role/app', expected: undefined },
  { arn: 'arn:aws:iam::1:x/role/app', expected: undefined },
])('$arn is the role $expected', ({ arn, expected }) => {
  expect(roleOf(parseArn(arn) as ArnParts)).toEqual(expected)
})

describe('callerOf', () => {
  const alice = 'arn:aws:iam::111122223333:user/alice'
  const session = 'arn:aws:sts::111122223333:assumed-role/app/s'
  const role = 'arn:aws:iam::111122223333:role/team/app'
  const directory = {
    accountOf: (id: string) => (id === 'c0ffee' ? '444455556666' : undefined),
    canonicalIdOf: (account: string) => (account === '444455556666' ? 'c0ffee' : undefined),
  }

  test.each<{ principal: Exclude<Principal, { kind: 'key' }>; caller: object }>([
    { principal: { kind: 'anonymous' }, caller: { kind: 'anonymous' } },
    { principal: { kind: 'service', service: 's.amazonaws.com' }, caller: { kind: 'service', service: 's.amazonaws.com' } },
    { principal: { kind: 'federated', provider: 'p' }, caller: { kind: 'federated', provider: 'p' } },
    { principal: { kind: 'canonicalUser', id: 'x' }, caller: { kind: 'canonicalUser', canonicalId: 'x' } },
    {
      principal: { kind: 'canonicalUser', id: 'c0ffee' },
      caller: { kind: 'canonicalUser', canonicalId: 'c0ffee', account: '444455556666' },
    },
    {
      principal: { kind: 'aws', arn: alice },
      caller: { kind: 'aws', account: '111122223333', arn: { text: alice, type: 'user', name: 'alice' } },
    },
    {
      principal: { kind: 'aws', arn: alice, userId: 'AIDA' },
      caller: { kind: 'aws', account: '111122223333', userId: 'AIDA', arn: { text: alice, type: 'user', name: 'alice' } },
    },
    {
      principal: { kind: 'aws', arn: session, roleArn: role },
      caller: { kind: 'aws', account: '111122223333', arn: { text: session, type: 'session', name: 'app', role: sessionRole(role, true) } },
    },
    {
      principal: { kind: 'aws', arn: session },
      caller: {
        kind: 'aws',
        account: '111122223333',
        arn: { text: session, type: 'session', name: 'app', role: sessionRole('arn:aws:iam::111122223333:role/app') },
      },
    },
    {
      principal: { kind: 'aws', arn: 'arn:aws:iam:::user/alice', account: '5' },
      caller: { kind: 'aws', account: '5', arn: { text: 'arn:aws:iam:::user/alice', type: 'user', name: 'alice' } },
    },
    {
      principal: { kind: 'aws', arn: 'arn:aws:iam:::user/alice' },
      caller: { kind: 'aws', account: '', arn: { text: 'arn:aws:iam:::user/alice', type: 'user', name: 'alice' } },
    },
    {
      principal: { kind: 'aws', arn: 'arn:aws:iam::444455556666:root' },
      caller: {
        kind: 'aws',
        account: '444455556666',
        canonicalId: 'c0ffee',
        arn: { text: 'arn:aws:iam::444455556666:root', type: 'root', name: '' },
      },
    },
    {
      principal: { kind: 'aws', arn: 'arn:aws:iam:::x', account: '444455556666' },
      caller: expect.objectContaining({ canonicalId: 'c0ffee' }),
    },
    { principal: { kind: 'aws', arn: 'alice' }, caller: { kind: 'aws', account: '' } },
    {
      principal: { kind: 'aws', arn: alice, identityVerdict: 'Allow' },
      caller: { kind: 'aws', account: '111122223333', arn: { text: alice, type: 'user', name: 'alice' } },
    },
  ])('$principal', ({ principal, caller }) => {
    expect(callerOf(principal, directory)).toStrictEqual(caller)
  })

  test('without a directory nothing is known of canonical ids', () => {
    expect(callerOf({ kind: 'canonicalUser', id: 'c0ffee' }, noDirectory)).toStrictEqual({ kind: 'canonicalUser', canonicalId: 'c0ffee' })
    expect(callerOf({ kind: 'aws', arn: 'arn:aws:iam::444455556666:root' }, noDirectory)).not.toHaveProperty('canonicalId')
  })
})
