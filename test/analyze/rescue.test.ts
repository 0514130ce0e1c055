import { describe, expect, test } from 'vitest'
import { always, diff, ever } from '../../src/analyze.js'
import { type GrantJson, type KeyJson, parseSnapshot, type Snapshot } from '../../src/index.js'

const denied = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] }],
}

/** A bucket whose policy denies everything, and an access key with one grant. */
function snapshotWith(grant: GrantJson, key: Partial<KeyJson> = {}, policy: object | string = denied): Snapshot {
  const { snapshot, diagnostics } = parseSnapshot({
    buckets: [{ name: 'b', owner: '1', policy: policy as object }],
    keys: [{ accessKey: 'K', account: '1', grants: [grant], ...key }],
  })
  if (snapshot === undefined) throw new Error(JSON.stringify(diagnostics))
  return snapshot
}

const fullaccess: GrantJson = { bucket: '', permission: 'fullaccess' }
const notRoot = ['arn:aws:iam::1:root']
const policyOfBucket = { action: 's3:GetBucketPolicy', resource: 'b' }

describe("the rescue of a bucket's own policy", () => {
  const rows: readonly (readonly [name: string, snapshot: Snapshot, isRescued: boolean])[] = [
    ['an unlimited key of the owner', snapshotWith(fullaccess), true],
    ['a key for a prefix only', snapshotWith({ ...fullaccess, prefix: '' }), false],
    ['a key for some addresses only', snapshotWith({ ...fullaccess, sourceIp: ['0.0.0.0/0'] }), false],
    ['a key of another account', snapshotWith(fullaccess, { account: '2' }), false],
    ['a key of the owner that may only read', snapshotWith({ bucket: 'b', permission: 'read' }), false],
    ['a suspended key', snapshotWith(fullaccess, { status: 'suspended' }), false],
  ]

  test.each(rows)('and %s', (_, snapshot, isRescued) => {
    const without = snapshotWith({ bucket: 'b', permission: 'write' })
    const { newlyDenied, undecided } = diff(snapshot, without)
    expect(undecided).toEqual([])
    expect(newlyDenied.some(({ region }) => region?.actions.includes('s3:GetBucketPolicy'))).toBe(isRescued)
  })

  test('does not reach objects, nor the status of the policy', () => {
    const snapshot = snapshotWith(fullaccess)
    expect(ever(snapshot, { action: 's3:GetObject', resource: 'b/*' }).verdict).toBe('never')
    expect(ever(snapshot, { action: 's3:GetBucketPolicyStatus', resource: 'b' }).verdict).toBe('never')
    expect(ever(snapshot, policyOfBucket).verdict).toBe('possible')
  })

  test('reaches the root of the owner even if no key is there', () => {
    const snapshot = snapshotWith({ bucket: 'b', permission: 'write' })
    const { verdict, witness } = ever(snapshot, policyOfBucket)
    expect(verdict).toBe('possible')
    expect(witness?.request.principal).toMatchObject({ kind: 'aws', arn: notRoot[0] })
    expect(always(snapshot, policyOfBucket).verdict).toBe('refutable')
  })
})

describe('RestrictPublicBuckets', () => {
  test('keeps out everyone but services and the owner', () => {
    const policy = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }] }
    const { snapshot } = parseSnapshot({ buckets: [{ name: 'b', owner: '1', policy, publicAccessBlock: { RestrictPublicBuckets: true } }] })
    if (snapshot === undefined) throw new Error('no snapshot')
    const { verdict, witness } = ever(snapshot, { except: ['1'] })
    expect(verdict).toBe('possible')
    expect(witness?.request.principal.kind).toBe('service')
  })
})
