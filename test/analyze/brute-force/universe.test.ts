import { expect, test } from 'vitest'
import type { AuthorizationRequest, Principal } from '../../../src/index.js'
import { type Bounds, isInUniverse, outsideUniverse } from './universe.js'

const bounds: Bounds = {
  buckets: ['b'],
  anyBucket: false,
  snapshots: [],
  text: '',
  mentionedOn: () => new Set(['s3:prefix', 'aws:SecureTransport', 'aws:CurrentTime']),
  limitsKeys: true,
  hasPlaceless: false,
}
const base: AuthorizationRequest = {
  principal: { kind: 'anonymous' },
  action: 's3:GetObject',
  bucket: 'b',
  key: 'a',
  time: 0,
  context: { 'aws:SecureTransport': 'true' },
}
const user: Principal = { kind: 'aws', arn: 'arn:aws:iam::1:user/a' }
const session: Principal = { kind: 'aws', arn: 'arn:aws:sts::1:assumed-role/r/s', roleArn: 'arn:aws:iam::1:role/p/r' }
const carrying = (context: Readonly<Record<string, string | readonly string[]>>, more: Partial<AuthorizationRequest> = {}) => ({
  ...base,
  ...more,
  context: { 'aws:SecureTransport': 'true', ...context },
})

test.each<readonly [string, AuthorizationRequest]>([
  ['an anonymous request', base],
  ['a user', { ...base, principal: user }],
  ['a session', { ...base, principal: session }],
  ['a federated user', { ...base, principal: { kind: 'aws', arn: 'arn:aws:sts::1:federated-user/f' } }],
  ['a listing', carrying({ 's3:prefix': '', 's3:max-keys': '10' }, { action: 's3:ListBucket', key: undefined } as never)],
  ['several tags', carrying({ 's3:RequestObjectTagKeys': ['a', 'b'] }, { action: 's3:PutObject' })],
  ['an unknown key', carrying({ 'x:y': 'z' })],
])('%s is in the universe', (_, request) => {
  expect(outsideUniverse(request, bounds)).toEqual([])
})

test.each<readonly [string, AuthorizationRequest]>([
  ['another bucket', { ...base, bucket: 'c' }],
  ['an action on nothing', { ...base, action: 's3:ListAllMyBuckets', bucket: undefined, key: undefined } as never],
  ['no time', { ...base, time: undefined } as never],
  ['half a millisecond', { ...base, time: 0.5 }],
  ['something unknown', { ...base, unknown: ['s3:prefix'] }],
  ['an action on an access point', { ...base, action: 's3:GetAccessPoint' }],
  ['a key that is not carried', carrying({ 's3:prefix': 'a' })],
  ['a key that anonymous callers lack', carrying({ 'aws:PrincipalOrgID': 'o-1' })],
  ['two addresses', carrying({ 'aws:SourceIp': ['10.0.0.1', '10.0.0.2'] })],
  ['no address', carrying({ 'aws:SourceIp': 'x' })],
  ['a negative number', carrying({ 's3:max-keys': '-1' }, { action: 's3:ListBucket', key: undefined } as never)],
  ['a capital truth', carrying({ 'aws:SecureTransport': 'True' })],
  ['no transport', { ...base, context: {} }],
  ['a session without role', { ...base, principal: { kind: 'aws', arn: 'arn:aws:sts::1:assumed-role/r/s' } }],
  ['the role itself', { ...base, principal: { kind: 'aws', arn: 'arn:aws:iam::1:role/r' } }],
  ['a partition that nobody names', { ...base, principal: { kind: 'aws', arn: 'arn:aws-cn:iam::1:user/a' } }],
  ['an access key of no snapshot', { ...base, principal: { kind: 'key', accessKey: 'K1' } }],
  ['an identity side that denies', { ...base, principal: { ...user, identityVerdict: 'ExplicitDeny' } }],
  ['HeadBucket of an object', { ...base, operation: 'HeadBucket' }],
])('%s is not', (_, request) => {
  expect(isInUniverse(request, bounds)).toBe(false)
})
