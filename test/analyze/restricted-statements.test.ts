import { expect, test } from 'vitest'
import { examineStatements } from '../../src/analyze.js'
import { parseSnapshot, type Snapshot } from '../../src/index.js'

test('a statement that alone makes a policy public is needed while RestrictPublicBuckets acts on it', () => {
  const role = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::444455556666:user/u' },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/*',
  }
  const open = { ...role, Principal: '*', Condition: { StringEquals: { 's3:prefix': 'never carried' } } }
  const statuses = (RestrictPublicBuckets: boolean) => {
    const bucket = { name: 'b', owner: '111122223333', publicAccessBlock: { RestrictPublicBuckets } }
    const { snapshot } = parseSnapshot({ buckets: [{ ...bucket, policy: { Statement: [role, open] } }] })
    return examineStatements(snapshot as Snapshot).map(({ status }) => status)
  }
  expect(statuses(false)).toEqual(['needed', 'unreachable'])
  expect(statuses(true)[1]).toBe('needed')
})
