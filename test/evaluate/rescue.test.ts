import { describe, expect, test } from 'vitest'
import { actions } from '../../src/catalog/actions.js'
import { evaluate } from '../../src/evaluate/evaluate.js'
import { isRescued } from '../../src/evaluate/rescue.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { aws, OTHER, OWNER, snapshotOf } from './ask.js'

const fullaccess = { bucket: '', permission: 'fullaccess' }
const denyAll = { Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] } }

function ask(key: Readonly<Record<string, unknown>>, policy: unknown, rest: Partial<AuthorizationRequest> = {}) {
  const snapshot = snapshotOf({
    buckets: [{ name: 'b', owner: OWNER, policy }],
    keys: [{ accessKey: 'k', account: OWNER, grants: [], ...key }],
  })
  const { verdict, reason } = evaluate(snapshot, {
    principal: { kind: 'key', accessKey: 'k' },
    action: 's3:GetBucketPolicy',
    bucket: 'b',
    ...rest,
  })
  return `${verdict}, ${reason}`
}

test('three actions rescue, of all 180', () => {
  const root = aws(`arn:aws:iam::${OWNER}:root`)
  expect(actions.map(({ name }) => name).filter((name) => isRescued(name, root, undefined, OWNER))).toEqual([
    's3:DeleteBucketPolicy',
    's3:GetBucketPolicy',
    's3:PutBucketPolicy',
  ])
})

describe('whom S9 rescues from a policy that denies everybody', () => {
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['a key with fullaccess', { grants: [fullaccess] }, 'Allow, owner-rescue'],
    ['one grant of several is enough', { grants: [{ bucket: 'b', permission: 'read' }, fullaccess] }, 'Allow, owner-rescue'],
    ['a key with the root’s ARN, even without grants', { arn: `arn:aws:iam::${OWNER}:root` }, 'Allow, owner-rescue'],
    ['fullaccess with a prefix', { grants: [{ ...fullaccess, prefix: '' }] }, 'ExplicitDeny, policy-denies'],
    ['fullaccess with addresses', { grants: [{ ...fullaccess, sourceIp: '0.0.0.0/0' }] }, 'ExplicitDeny, policy-denies'],
    ['fullaccess of another account', { account: OTHER, grants: [fullaccess] }, 'ExplicitDeny, policy-denies'],
    ['another account’s root', { account: OTHER, arn: `arn:aws:iam::${OTHER}:root` }, 'ExplicitDeny, policy-denies'],
    ['all actions by name', { grants: [{ bucket: 'b', actions: ['s3:*'] }] }, 'ExplicitDeny, policy-denies'],
    ['readwrite', { grants: [{ bucket: 'b', permission: 'readwrite' }] }, 'ExplicitDeny, policy-denies'],
    ['a limited fullaccess beside a free one', { grants: [{ ...fullaccess, prefix: 'a' }, fullaccess] }, 'Allow, owner-rescue'],
    [
      'limits are not shared out',
      {
        grants: [
          { ...fullaccess, prefix: 'a' },
          { bucket: 'b', actions: ['*'] },
        ],
      },
      'ExplicitDeny, policy-denies',
    ],
    ['a suspended key', { grants: [fullaccess], status: 'suspended' }, 'ImplicitDeny, key-suspended'],
    ['a key whose time is unknown', { grants: [fullaccess], expiresAt: 1 }, 'ImplicitDeny, key-time-unknown'],
  ])('%s', (_, key, expected) => {
    expect(ask(key, denyAll)).toBe(expected)
    if (expected === 'Allow, owner-rescue') expect(ask(key, 'unreadable')).toBe(expected)
  })

  test.each<[string, Partial<AuthorizationRequest>, string]>([
    ['the owner’s root', { principal: { kind: 'aws', arn: `arn:aws:iam::${OWNER}:root` } }, 'Allow, owner-rescue'],
    [
      'the owner’s root whose identity side is silent',
      { principal: { kind: 'aws', arn: `arn:aws:iam::${OWNER}:root`, identityVerdict: 'ImplicitDeny' } },
      'Allow, owner-rescue',
    ],
    [
      'the owner’s root whose identity side denies',
      { principal: { kind: 'aws', arn: `arn:aws:iam::${OWNER}:root`, identityVerdict: 'ExplicitDeny' } },
      'ExplicitDeny, identity-denies',
    ],
    ['another root', { principal: { kind: 'aws', arn: `arn:aws:iam::${OTHER}:root` } }, 'ExplicitDeny, policy-denies'],
    [
      'a user of the owner, whatever its own permissions',
      { principal: { kind: 'aws', arn: `arn:aws:iam::${OWNER}:user/admin`, identityVerdict: 'Allow' } },
      'ExplicitDeny, policy-denies',
    ],
    ['anonymous', { principal: { kind: 'anonymous' } }, 'ExplicitDeny, policy-denies'],
    ['a service', { principal: { kind: 'service', service: 's3.amazonaws.com' } }, 'ExplicitDeny, policy-denies'],
    ['PutBucketPolicy', { action: 's3:PutBucketPolicy' }, 'Allow, owner-rescue'],
    ['DeleteBucketPolicy', { action: 's3:DeleteBucketPolicy' }, 'Allow, owner-rescue'],
    ['GetBucketPolicyStatus', { action: 's3:GetBucketPolicyStatus' }, 'ExplicitDeny, policy-denies'],
    ['DeleteBucket', { action: 's3:DeleteBucket' }, 'ExplicitDeny, policy-denies'],
    ['a bucket that is not in the snapshot', { bucket: 'c' }, 'ImplicitDeny, unknown-bucket'],
  ])('%s', (_, request, expected) => {
    expect(ask({ grants: [fullaccess] }, denyAll, request)).toBe(expected)
  })

  test('everything else of a quarantined bucket is denied, the owner’s root included', () => {
    const principal = { kind: 'aws', arn: `arn:aws:iam::${OWNER}:root` } as const
    expect(ask({ grants: [fullaccess] }, 'unreadable', { action: 's3:GetBucketPolicyStatus' })).toBe('ExplicitDeny, policy-unreadable')
    expect(ask({}, 'unreadable', { principal, action: 's3:ListBucket' })).toBe('ExplicitDeny, policy-unreadable')
    expect(ask({}, 'unreadable', { principal })).toBe('Allow, owner-rescue')
  })
})
