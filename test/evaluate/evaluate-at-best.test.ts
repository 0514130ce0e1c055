import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/evaluate/evaluate.js'
import { evaluateAtBest } from '../../src/evaluate/evaluate-at-best.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { parseSnapshot } from '../../src/snapshot/parse-snapshot.js'

const OWNER = '111122223333'
const OTHER = '999988887777'
const ADDRESS = 'aws:SourceIp'
const fromOffice = { IpAddress: { [ADDRESS]: '203.0.113.0/24' } }
const statement = (Effect: string, rest: object = {}) => ({ Effect, Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::b/*', ...rest })
const read = { bucket: 'b', permission: 'read' }

function ask(statements: readonly object[], key: object, rest: Partial<AuthorizationRequest> = {}) {
  const { snapshot } = parseSnapshot({
    buckets: [{ name: 'b', owner: OWNER, policy: { Version: '2012-10-17', Statement: statements } }],
    keys: [{ accessKey: 'AK', account: OWNER, grants: [], ...key }],
  } as never)
  if (snapshot === undefined) throw new Error('no snapshot')
  const request: AuthorizationRequest = {
    principal: { kind: 'key', accessKey: 'AK' },
    action: 's3:GetObject',
    bucket: 'b',
    key: 'x',
    unknown: [ADDRESS, 'aws:PrincipalTag/team'],
    ...rest,
  }
  return { now: evaluate(snapshot, request).verdict, best: evaluateAtBest(snapshot, request) }
}

const allowOther = statement('Allow', { Action: 's3:PutObject' })
const ofTeam = { Resource: 'arn:aws:s3:::b/${aws:PrincipalTag/team}/*' }

describe('what is unknown turns out well', () => {
  test.each<[string, readonly object[], object, object, string]>([
    ['a Deny that may not apply', [statement('Deny', { Condition: fromOffice })], { grants: [read] }, {}, 'grant'],
    ['an Allow that may apply', [statement('Allow', { Condition: fromOffice })], {}, {}, 'policy-allows'],
    ['an Allow of a resource that may be this one', [statement('Allow', ofTeam)], {}, { key: 'red/x' }, 'policy-allows'],
    ['a grant that may be for this address', [allowOther], { grants: [{ ...read, sourceIp: ['10.0.0.0/8'] }] }, {}, 'grant'],
    [
      'two statements at once',
      [statement('Allow', { Condition: fromOffice }), statement('Deny', ofTeam)],
      {},
      { key: 'red/x' },
      'policy-allows',
    ],
    [
      'both sides of another account',
      [statement('Allow', { Condition: fromOffice })],
      { account: OTHER, grants: [{ ...read, sourceIp: ['10.0.0.0/8'] }] },
      {},
      'both-allow',
    ],
  ])('%s', (_, statements, key, rest, reason) => {
    const { now, best } = ask(statements, key, rest)
    expect(now).not.toBe('Allow')
    expect(best).toMatchObject({ verdict: 'Allow', reason })
  })
})

describe('what is known stays as it is', () => {
  test.each<[string, readonly object[], object, object, string]>([
    ['a Deny for sure', [statement('Deny'), statement('Deny', { Condition: fromOffice })], { grants: [read] }, {}, 'policy-denies'],
    ['no Allow at all', [statement('Deny', { Condition: fromOffice })], {}, {}, 'no-allow'],
    ['an Allow of another action', [statement('Allow', { Action: 's3:PutObject', Condition: fromOffice })], {}, {}, 'no-allow'],
    ['a grant of another action', [allowOther], { grants: [{ ...read, permission: 'write', sourceIp: ['10.0.0.0/8'] }] }, {}, 'no-allow'],
    [
      'a grant for other addresses',
      [allowOther],
      { grants: [{ ...read, sourceIp: ['10.0.0.0/8'] }] },
      { unknown: [], context: { [ADDRESS]: '192.0.2.1' } },
      'no-allow',
    ],
    ['a grant for addresses, and none', [allowOther], { grants: [{ ...read, sourceIp: ['10.0.0.0/8'] }] }, { unknown: [] }, 'no-allow'],
    ['a suspended key', [statement('Allow', { Condition: fromOffice })], { status: 'suspended' }, {}, 'key-suspended'],
    ['one side of another account', [statement('Allow', { Condition: fromOffice })], { account: OTHER }, {}, 'identity-side-missing'],
    ['an unknown bucket', [allowOther], { grants: [{ ...read, bucket: 'c' }] }, { bucket: 'c' }, 'unknown-bucket'],
    ['an unknown key', [allowOther], {}, { principal: { kind: 'key', accessKey: 'XX' } }, 'unknown-key'],
  ])('%s', (_, statements, key, rest, reason) => {
    expect(ask(statements, key, rest).best).toMatchObject({ reason })
  })

  test('an Allow is one at best', () => {
    expect(ask([statement('Allow')], {})).toMatchObject({ now: 'Allow', best: { verdict: 'Allow', reason: 'policy-allows' } })
  })
})
