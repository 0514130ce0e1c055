import { describe, expect, test } from 'vitest'
import type { NormalPrincipal } from '../../src/compile/normal-policy.js'
import { type Json, normalOf } from './stages-of.js'

/** A name as a line: its kind and its parts. */
function lines(principal: NormalPrincipal): readonly string[] {
  if (principal.kind === 'everyone') return ['everyone']
  const head = principal.kind === 'listed' ? [] : [principal.test]
  const names = principal.names.map((name) => [
    name.kind,
    name.text,
    ...('account' in name ? [name.account] : []),
    ...('name' in name ? [name.name] : []),
  ])
  return [...head, ...names.map((name) => name.join(' '))]
}

const user = 'arn:aws:iam::1:user/team/eve'
const role = 'arn:aws:iam::1:role/team/app'
const session = 'arn:aws:sts::1:assumed-role/app/s'

describe('Principal', () => {
  test.each<[unknown, readonly string[]]>([
    ['*', ['everyone']],
    [{ AWS: '*' }, ['everyone']],
    [{ AWS: [user, '*'] }, ['everyone']],
    [{ AWS: '111122223333' }, ['account 111122223333 111122223333']],
    [{ AWS: 'anything' }, ['account anything anything']],
    [{ AWS: 'arn:aws:iam::1:root' }, ['account arn:aws:iam::1:root 1']],
    [{ AWS: 'arn:aws-cn:iam::1:root' }, ['account arn:aws-cn:iam::1:root 1']],
    [{ AWS: user }, [`user ${user} 1 team/eve`]],
    [{ AWS: 'arn:aws:iam::1:user/a:b' }, ['user arn:aws:iam::1:user/a:b 1 a:b']],
    [{ AWS: 'arn:aws-cn:iam::1:user/eve' }, ['arn arn:aws-cn:iam::1:user/eve']],
    [{ AWS: 'arn:aws:iam:x:1:user/eve' }, ['arn arn:aws:iam:x:1:user/eve']],
    [{ AWS: role }, [`arn ${role}`, `role ${role} 1 app`]],
    [{ AWS: session }, [`arn ${session}`]],
    [{ AWS: 'AIDAJQABLZS4A3QDU576Q' }, ['id AIDAJQABLZS4A3QDU576Q']],
    [{ Service: 's', Federated: 'f', CanonicalUser: 'c' }, ['service s', 'provider f', 'canonical c']],
    [{ AWS: ['arn:aws:iam::1:user/*', user] }, ['listed', 'aws-pattern arn:aws:iam::1:user/*', `user ${user} 1 team/eve`]],
    [{ AWS: '1*' }, ['listed', 'aws-pattern 1*']],
    [{ Service: '*' }, ['listed', 'service-pattern *']],
    [{ Federated: 'f?' }, ['listed', 'provider-pattern f?']],
    [{ CanonicalUser: '*' }, ['listed', 'canonical-pattern *']],
    [{ AWS: [] }, []],
  ])('%j', (Principal, expected) => {
    expect(lines(normalOf({ Principal }).principal)).toEqual(expected)
  })
})

describe('NotPrincipal', () => {
  test.each<[Json, readonly string[]]>([
    [{ NotPrincipal: '*' }, ['not-listed', 'everyone *']],
    [{ NotPrincipal: { AWS: [user, role] } }, ['not-listed', `user ${user} 1 team/eve`, `role ${role} 1 app`]],
    [{ NotPrincipal: { AWS: '1' }, Effect: 'Deny' }, ['not-spared', 'account 1 1']],
    [{ NotPrincipal: { AWS: 'a*' }, Effect: 'Deny' }, ['not-spared', 'aws-pattern a*']],
  ])('%j', (statement, expected) => {
    expect(lines(normalOf(statement).principal)).toEqual(expected)
  })
})
