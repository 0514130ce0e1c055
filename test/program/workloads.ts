import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { RequestContext } from '../../src/request/request-context.js'
import type { SnapshotJson } from '../../src/snapshot/snapshot-json.js'

const Version = '2012-10-17'
const owner = '111122223333'
const time = Date.UTC(2026, 8, 21)
const objects = (rest: string) => `arn:aws:s3:::docs/${rest}`

export const snapshot: SnapshotJson = {
  accounts: [{ id: owner, canonicalId: 'c0ffee' }],
  keys: [
    {
      accessKey: 'AKREAD',
      account: owner,
      grants: [
        { bucket: 'plain', permission: 'read', prefix: 'a/', sourceIp: ['10.0.0.0/8', '2001:db8::/32'] },
        { bucket: 'other', permission: 'write' },
      ],
    },
    { accessKey: 'AKNAMED', account: owner, grants: [], notBefore: 0, expiresAt: '9999-01-01' },
    { accessKey: 'AKOFF', account: owner, grants: [], status: 'suspended' },
  ],
  buckets: [
    { name: 'plain', owner },
    {
      name: 'docs',
      owner,
      policy: {
        Version,
        Statement: [
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:*',
            Resource: objects('secret/*'),
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
          {
            Effect: 'Allow',
            Principal: { AWS: Array.from({ length: 40 }, (_, at) => `arn:aws:iam::${owner}:user/${at === 7 ? 'AKNAMED' : `u${at}`}`) },
            Action: 's3:GetObject',
            Resource: objects('users/*'),
          },
          {
            Effect: 'Allow',
            Principal: { AWS: '444455556666' },
            Action: ['s3:GetObject', 's3:ListBucket'],
            Resource: [objects('home/${aws:username}/*'), 'arn:aws:s3:::docs'],
            Condition: {
              IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '::1'] },
              StringLike: { 's3:prefix': ['x*', 'home/*y*'] },
              Bool: { 'aws:SecureTransport': 'true' },
              DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' },
              NumericLessThan: { 's3:max-keys': '100' },
            },
          },
          { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:role/app' }, Action: 's3:PutObject', Resource: objects('in/*') },
          { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: objects('public/*') },
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:DeleteObject',
            Resource: objects('*'),
            Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
          },
        ],
      },
    },
  ],
}

const context = { 'aws:SourceIp': '10.1.2.3', 's3:prefix': 'home/y', 'aws:SecureTransport': 'true', 's3:max-keys': '10' }
const user = { kind: 'aws', arn: 'arn:aws:iam::444455556666:user/team/eve', identityVerdict: 'Allow' } as const
const session = { kind: 'aws', arn: 'arn:aws:sts::444455556666:assumed-role/app/s1', identityVerdict: 'Allow' } as const
const get = { action: 's3:GetObject', bucket: 'docs', time } as const

/** Requests by what they are about, with the reason of their decision. */
export const workloads: Readonly<Record<string, readonly [reason: string, request: AuthorizationRequest]>> = {
  'grants alone': ['grant', { ...get, bucket: 'plain', key: 'a/b', principal: { kind: 'key', accessKey: 'AKREAD' }, context }],
  'a key that a policy names': ['policy-allows', { ...get, key: 'users/x', principal: { kind: 'key', accessKey: 'AKNAMED' } }],
  'a key that does not work': ['key-suspended', { ...get, key: 'users/x', principal: { kind: 'key', accessKey: 'AKOFF' } }],
  'no such key': ['unknown-key', { ...get, key: 'users/x', principal: { kind: 'key', accessKey: 'AKNONE' } }],
  'a user through the account, with conditions and a variable': ['both-allow', { ...get, key: 'home/eve/a', principal: user, context }],
  'the same with a context made ready': [
    'both-allow',
    { ...get, key: 'home/eve/a', principal: user, context: RequestContext.from(context) },
  ],
  'a session that tells its role': [
    'both-allow',
    {
      ...get,
      action: 's3:PutObject',
      key: 'in/a',
      principal: { ...session, roleArn: 'arn:aws:iam::444455556666:role/app', userId: 'AROAAAAAAAAAAAAAAAAA:s1' },
    },
  ],
  'a session that does not': ['both-allow', { ...get, action: 's3:PutObject', key: 'in/a', principal: session }],
  anonymous: ['policy-allows', { ...get, key: 'public/a', principal: { kind: 'anonymous' } }],
  'a service': ['no-allow', { ...get, key: 'x', principal: { kind: 'service', service: 'logging.s3.amazonaws.com' } }],
  'a federated user': ['no-allow', { ...get, key: 'x', principal: { kind: 'federated', provider: 'accounts.example.com' } }],
  'a canonical user': ['policy-allows', { ...get, key: 'public/x', principal: { kind: 'canonicalUser', id: 'c0ffee' } }],
  denied: ['policy-denies', { ...get, key: 'secret/a', principal: user, context: { ...context, 'aws:SecureTransport': 'FALSE' } }],
  'denied by one of many values': [
    'policy-denies',
    { ...get, action: 's3:DeleteObject', key: 'a', principal: user, context: { 'aws:TagKeys': ['x', 'y', 'b'] } },
  ],
  'denied because nobody can tell': [
    'policy-denies',
    { ...get, key: 'secret/a', principal: user, context: {}, unknown: ['aws:SecureTransport'] },
  ],
  'not allowed': ['policy-side-missing', { ...get, key: 'nowhere', principal: user, context }],
  'an identity that denies': ['identity-denies', { ...get, key: 'public/a', principal: { ...user, identityVerdict: 'ExplicitDeny' } }],
  'no such bucket': ['unknown-bucket', { ...get, bucket: 'none', key: 'a', principal: user }],
  'no such action': ['unknown-action', { ...get, action: 's3:Nothing', principal: user }],
}
