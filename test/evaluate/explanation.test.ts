import { describe, expect, test } from 'vitest'
import { evaluate, resolveCaller } from '../../src/evaluate/evaluate.js'
import { decidingGrant, identityAllows } from '../../src/evaluate/identity-side.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { OTHER, OWNER, snapshotOf } from './ask.js'

const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Office',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'],
      Condition: {
        NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] },
        StringEquals: { 'aws:username': 'nobody', 'aws:PrincipalTag/team': '${aws:username}' },
      },
    },
    { Effect: 'Allow', Principal: { AWS: OWNER }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/${aws:username}/*' },
    { Sid: 'Wild', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWNER}:user/*` }, NotAction: 's3:Put*', NotResource: 'b' },
    { Effect: 'Deny', Principal: { AWS: OTHER }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::b' },
    {
      Effect: 'Deny',
      Principal: { AWS: OWNER },
      Action: 's3:PutObject',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'perhaps' } },
    },
  ],
}

const json = {
  buckets: [
    { name: 'b', owner: OWNER, policy },
    { name: 'bare', owner: OTHER },
    { name: 'broken', owner: OWNER, policy: { Statement: [], Extra: 1 } },
  ],
  keys: [
    {
      accessKey: 'k',
      account: OWNER,
      grants: [
        { bucket: 'c', permission: 'read' },
        { bucket: 'b', permission: 'write' },
        { bucket: 'b', permission: 'read', prefix: 'z/' },
        { bucket: 'b', permission: 'read', sourceIp: '10.0.0.0/8' },
        { bucket: 'b', actions: ['s3:Get*'] },
        { bucket: 'b', permission: 'read' },
      ],
    },
    { accessKey: 'role', account: OWNER, arn: `arn:aws:iam::${OWNER}:role/x/r`, grants: [] },
    { accessKey: 'foreign', account: OTHER, arn: `arn:aws:iam::${OTHER}:root`, grants: [] },
  ],
  accounts: [{ id: OTHER, canonicalId: 'canon' }],
}

const snapshot = snapshotOf(json)
const key = { kind: 'key', accessKey: 'k' } as const
const request: AuthorizationRequest = {
  principal: key,
  action: 's3:GetObject',
  bucket: 'b',
  key: 'k/x',
  context: { 'aws:SourceIp': '203.0.113.9', 'aws:SecureTransport': 'true' },
}

test('an explanation says everything: every grant, every statement, every condition', () => {
  const grants = snapshot.keys.get('k')?.grants ?? []
  const caller = { kind: 'key', account: OWNER, arn: { text: `arn:aws:iam::${OWNER}:user/k`, type: 'user', name: 'k' }, userId: 'k' }
  expect(evaluate(snapshot, request)).toStrictEqual({
    verdict: 'Allow',
    reason: 'grant',
    grant: { index: 4, bucket: 'b' },
    request,
    caller,
    resource: 'arn:aws:s3:::b/k/x',
    owner: OWNER,
    identity: {
      kind: 'grants',
      grants: [
        { index: 0, grant: grants[0], failed: 'bucket' },
        { index: 1, grant: grants[1], failed: 'action' },
        { index: 2, grant: grants[2], failed: 'prefix' },
        { index: 3, grant: grants[3], failed: 'source-ip' },
        { index: 4, grant: grants[4] },
        { index: 5, grant: grants[5] },
      ],
    },
    policy: {
      kind: 'statements',
      restrictedBy: [],
      statements: [
        {
          index: 0,
          sid: 'Office',
          effect: 'Deny',
          applies: false,
          delegates: false,
          truth: false,
          principal: true,
          action: true,
          resource: true,
          conditions: [
            {
              operator: 'NotIpAddress',
              key: 'aws:SourceIp',
              operands: ['203.0.113.0/24', '2001:db8::/32'],
              values: ['203.0.113.9'],
              truth: false,
            },
            { operator: 'StringEquals', key: 'aws:username', operands: ['nobody'], values: ['k'], truth: false },
            { operator: 'StringEquals', key: 'aws:PrincipalTag/team', operands: ['${aws:username}'], values: [], truth: false },
          ],
        },
        {
          index: 1,
          effect: 'Allow',
          applies: true,
          delegates: true,
          truth: true,
          principal: true,
          action: true,
          resource: true,
          conditions: [],
        },
        {
          index: 2,
          sid: 'Wild',
          effect: 'Allow',
          applies: false,
          delegates: false,
          truth: 'unknown',
          principal: 'unknown',
          action: true,
          resource: 'unknown',
          conditions: [],
        },
        {
          index: 3,
          effect: 'Deny',
          applies: false,
          delegates: false,
          truth: false,
          principal: false,
          action: false,
          resource: false,
          conditions: [],
        },
        {
          index: 4,
          effect: 'Deny',
          applies: false,
          // A Deny on an account hits its callers: that is no delegation.
          delegates: false,
          truth: false,
          principal: true,
          action: false,
          resource: true,
          conditions: [{ operator: 'Bool', key: 'aws:SecureTransport', operands: ['perhaps'], values: ['true'], truth: 'unknown' }],
        },
      ],
    },
  })
})

describe('a statement, S1: the conjunction of its parts', () => {
  const parts = {
    principal: { true: '*', false: { AWS: OTHER }, unknown: { AWS: `arn:aws:iam::${OWNER}:user/*` } },
    action: { true: 's3:GetObject', false: 's3:PutObject', unknown: undefined },
    resource: { true: 'arn:aws:s3:::b/*', false: 'arn:aws:s3:::c/*', unknown: 'b/*' },
    condition: { true: 'true', false: 'false', unknown: 'perhaps' },
  } as const
  type Part = 'true' | 'false' | 'unknown'

  test.each<[Part, Exclude<Part, 'unknown'>, Part, Part, boolean | 'unknown']>([
    ['true', 'true', 'true', 'true', true],
    ['false', 'true', 'true', 'true', false],
    ['true', 'false', 'true', 'true', false],
    ['true', 'true', 'false', 'true', false],
    ['true', 'true', 'true', 'false', false],
    ['unknown', 'true', 'true', 'true', 'unknown'],
    ['true', 'true', 'unknown', 'true', 'unknown'],
    ['true', 'true', 'true', 'unknown', 'unknown'],
    ['unknown', 'true', 'unknown', 'unknown', 'unknown'],
    ['unknown', 'false', 'true', 'true', false],
    ['unknown', 'true', 'unknown', 'false', false],
    ['false', 'true', 'unknown', 'unknown', false],
  ])('principal %s, action %s, resource %s, condition %s: %s', (principal, action, resource, condition, truth) => {
    const outcome = (Effect: string) => {
      const statement = {
        Effect,
        Principal: parts.principal[principal],
        Action: parts.action[action],
        Resource: parts.resource[resource],
        Condition: { Bool: { 'aws:SecureTransport': parts.condition[condition] } },
      }
      const { policy: side } = evaluate(
        snapshotOf({ ...json, buckets: [{ name: 'b', owner: OWNER, policy: { Statement: statement } }] }),
        request,
      )
      return side.kind === 'statements' ? side.statements[0] : undefined
    }
    expect(outcome('Allow')).toMatchObject({ truth, applies: truth === true, effect: 'Allow' })
    expect(outcome('Deny')).toMatchObject({ truth, applies: truth !== false, effect: 'Deny' })
  })
})

describe('what is absent', () => {
  test('a statement without Sid has none where it decides', () => {
    const deny = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }
    const { statement } = evaluate(snapshotOf({ ...json, buckets: [{ name: 'b', owner: OWNER, policy: { Statement: deny } }] }), request)
    expect(statement).toStrictEqual({ index: 0 })
  })

  test('no grant decides where the identity side is a verdict', () => {
    const principal = { kind: 'aws', arn: `arn:aws:iam::${OWNER}:root` } as const
    const explanation = evaluate(snapshotOf({ buckets: [{ name: 'b', owner: OWNER }] }), { ...request, principal })
    expect(explanation.reason).toBe('identity-allows')
    expect(Object.keys(explanation).sort()).toEqual(['caller', 'identity', 'owner', 'policy', 'reason', 'request', 'resource', 'verdict'])
  })

  test('a key that is not in the snapshot has no caller, and nothing is evaluated', () => {
    const asked = { ...request, principal: { kind: 'key', accessKey: 'x' } } as const
    expect(evaluate(snapshot, asked)).toStrictEqual({
      verdict: 'ImplicitDeny',
      reason: 'unknown-key',
      request: asked,
      owner: OWNER,
      identity: { kind: 'none' },
      policy: { kind: 'none' },
    })
    expect(evaluate(snapshot, { ...asked, bucket: 'nowhere' })).not.toHaveProperty('owner')
  })

  test('a bucket that is not in the snapshot has no owner and no resource', () => {
    const explanation = evaluate(snapshot, { ...request, bucket: 'nowhere' })
    expect(explanation).toMatchObject({ reason: 'unknown-bucket', policy: { kind: 'none' } })
    expect(explanation).not.toHaveProperty('owner')
    expect(explanation).not.toHaveProperty('resource')
  })

  test('a bucket without policy has no statements', () => {
    expect(evaluate(snapshot, { ...request, bucket: 'bare' })).toMatchObject({
      resource: 'arn:aws:s3:::bare/k/x',
      owner: OTHER,
      policy: { kind: 'none' },
    })
  })

  test.each<[string, string, string | undefined]>([
    ['an object action', 's3:GetObject', 'arn:aws:s3:::b/k/x'],
    ['a bucket action, whose key is ignored', 's3:ListBucket', 'arn:aws:s3:::b'],
    ['an action on nothing', 's3:ListAllMyBuckets', undefined],
    ['an action on something else', 's3:DeleteAccessPoint', undefined],
    ['an action that does not exist', 's3:Frobnicate', undefined],
  ])('the resource of %s', (_, action, resource) => {
    const explanation = evaluate(snapshot, { ...request, action })
    expect(explanation.resource).toBe(resource)
    expect('resource' in explanation).toBe(resource !== undefined)
    expect(explanation.policy.kind).toBe(resource === undefined ? 'none' : 'statements')
    expect(explanation.owner).toBe(OWNER)
  })

  test('no grant covers an action that does not exist', () => {
    const { identity } = evaluate(snapshot, { ...request, action: 's3:Frobnicate' })
    expect(identity.kind === 'grants' && identity.grants.map(({ failed }) => failed)).toEqual(Array(6).fill('action'))
  })
})

test('a quarantined bucket shows why', () => {
  const { policy: side, verdict } = evaluate(snapshot, { ...request, bucket: 'broken' })
  expect(verdict).toBe('ExplicitDeny')
  expect(side).toMatchObject({
    kind: 'unreadable',
    diagnostics: [{ code: 'unknown-element', path: ['buckets', 2, 'policy', 'Extra'] }],
  })
})

test('a restricted bucket names its public statements', () => {
  const restricted = snapshotOf({
    buckets: [
      {
        name: 'b',
        owner: OWNER,
        publicAccessBlock: { RestrictPublicBuckets: true },
        policy: {
          Statement: [
            { Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: 'arn:aws:s3:::b/*' },
            { Effect: 'Allow', Principal: { AWS: OTHER }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::b/*' },
            { Effect: 'Allow', NotPrincipal: { AWS: OTHER }, Action: 's3:PutObject', Resource: 'arn:aws:s3:::b/*' },
          ],
        },
      },
    ],
  })
  expect(evaluate(restricted, { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'b', key: 'x' })).toMatchObject({
    reason: 'public-access-blocked',
    policy: { restrictedBy: [0, 2] },
  })
})

describe('who the caller is', () => {
  test.each<[string, AuthorizationRequest['principal'], object | undefined]>([
    ['anonymous', { kind: 'anonymous' }, { kind: 'anonymous' }],
    ['a key', key, { kind: 'key', account: OWNER, userId: 'k', arn: { text: `arn:aws:iam::${OWNER}:user/k`, type: 'user', name: 'k' } }],
    [
      'a key with an ARN',
      { kind: 'key', accessKey: 'role' },
      { kind: 'key', account: OWNER, arn: { text: `arn:aws:iam::${OWNER}:role/x/r`, type: 'role', name: 'r' } },
    ],
    [
      'a key of an account with a canonical id',
      { kind: 'key', accessKey: 'foreign' },
      { kind: 'key', account: OTHER, canonicalId: 'canon', arn: { text: `arn:aws:iam::${OTHER}:root`, type: 'root', name: '' } },
    ],
    [
      'a user of an account with a canonical id',
      { kind: 'aws', arn: `arn:aws:iam::${OTHER}:user/u` },
      { kind: 'aws', account: OTHER, canonicalId: 'canon', arn: { text: `arn:aws:iam::${OTHER}:user/u`, type: 'user', name: 'u' } },
    ],
    ['a key that is not in the snapshot', { kind: 'key', accessKey: 'x' }, undefined],
    ['a service', { kind: 'service', service: 's' }, { kind: 'service', service: 's' }],
    ['a provider', { kind: 'federated', provider: 'p' }, { kind: 'federated', provider: 'p' }],
    ['a canonical user', { kind: 'canonicalUser', id: 'x' }, { kind: 'canonicalUser', canonicalId: 'x' }],
    [
      'a canonical user of an account',
      { kind: 'canonicalUser', id: 'canon' },
      { kind: 'canonicalUser', canonicalId: 'canon', account: OTHER },
    ],
  ])('%s', (_, principal, expected) => {
    expect(resolveCaller(snapshot, { principal, action: 's3:ListAllMyBuckets' })).toStrictEqual(expected)
  })
})

describe('the identity side', () => {
  test.each<[string, AuthorizationRequest['principal'], object]>([
    ['anonymous', { kind: 'anonymous' }, { kind: 'none' }],
    ['a service', { kind: 'service', service: 's' }, { kind: 'none' }],
    ['a provider', { kind: 'federated', provider: 'p' }, { kind: 'none' }],
    ['a canonical user', { kind: 'canonicalUser', id: 'canon' }, { kind: 'none' }],
    ['a key without grants', { kind: 'key', accessKey: 'role' }, { kind: 'grants', grants: [] }],
    ['a user: no by default', { kind: 'aws', arn: `arn:aws:iam::${OWNER}:user/u` }, { kind: 'verdict', verdict: 'ImplicitDeny' }],
    ['the owner’s root: yes by default', { kind: 'aws', arn: `arn:aws:iam::${OWNER}:root` }, { kind: 'verdict', verdict: 'Allow' }],
    ['another root: no by default', { kind: 'aws', arn: `arn:aws:iam::${OTHER}:root` }, { kind: 'verdict', verdict: 'ImplicitDeny' }],
    [
      'as the embedder says',
      { kind: 'aws', arn: `arn:aws:iam::${OWNER}:root`, identityVerdict: 'ExplicitDeny' },
      { kind: 'verdict', verdict: 'ExplicitDeny' },
    ],
  ])('%s', (_, principal, expected) => {
    expect(evaluate(snapshot, { ...request, principal }).identity).toStrictEqual(expected)
  })

  const grant = { bucket: 'b', actions: [] }
  test('allows, and by what', () => {
    expect(identityAllows({ kind: 'none' })).toBe(false)
    expect(identityAllows({ kind: 'verdict', verdict: 'Allow' })).toBe(true)
    expect(identityAllows({ kind: 'verdict', verdict: 'ImplicitDeny' })).toBe(false)
    expect(identityAllows({ kind: 'verdict', verdict: 'ExplicitDeny' })).toBe(false)
    expect(identityAllows({ kind: 'grants', grants: [] })).toBe(false)
    expect(identityAllows({ kind: 'grants', grants: [{ index: 0, grant, failed: 'action' }] })).toBe(false)
    expect(
      identityAllows({
        kind: 'grants',
        grants: [
          { index: 0, grant, failed: 'action' },
          { index: 1, grant },
        ],
      }),
    ).toBe(true)
    expect(decidingGrant({ kind: 'none' })).toBeUndefined()
    expect(decidingGrant({ kind: 'verdict', verdict: 'Allow' })).toBeUndefined()
    expect(decidingGrant({ kind: 'grants', grants: [{ index: 0, grant, failed: 'action' }] })).toBeUndefined()
    expect(
      decidingGrant({
        kind: 'grants',
        grants: [
          { index: 0, grant, failed: 'action' },
          { index: 7, grant },
        ],
      }),
    ).toStrictEqual({
      index: 7,
      bucket: 'b',
    })
    expect(decidingGrant({ kind: 'grants', grants: [{ index: 0, grant: { ...grant, permission: 'read' } }] })).toStrictEqual({
      index: 0,
      bucket: 'b',
      permission: 'read',
    })
  })
})

describe('conditions see what follows from caller, bucket and clock', () => {
  const outcome = (Condition: object, asked: AuthorizationRequest) => {
    const statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition }
    const fresh = snapshotOf({ ...json, buckets: [{ name: 'b', owner: OWNER, policy: { Statement: statement } }] })
    const { policy: side } = evaluate(fresh, asked)
    return side.kind === 'statements' ? side.statements[0]?.conditions[0]?.values : undefined
  }

  test.each<[string, AuthorizationRequest, unknown]>([
    ['aws:ResourceAccount', request, [OWNER]],
    ['aws:username', request, ['k']],
    ['aws:username', { ...request, context: { 'aws:username': 'liar' } }, ['k']],
    ['aws:PrincipalArn', { ...request, principal: { kind: 'anonymous' } }, []],
    ['aws:CurrentTime', request, 'unknown'],
    ['aws:CurrentTime', { ...request, time: 1790000000000 }, ['2026-09-21T14:13:20.000Z']],
    ['aws:EpochTime', { ...request, time: 1790000000999 }, ['1790000000']],
    ['aws:SourceIp', { ...request, unknown: ['aws:sourceip'] }, 'unknown'],
    ['aws:PrincipalTag/x', { ...request, unknown: ['aws:PrincipalTag/*'] }, 'unknown'],
  ])('%s', (name, asked, expected) => {
    expect(outcome({ StringEquals: { [name]: 'x' } }, asked)).toEqual(expected)
  })
})
