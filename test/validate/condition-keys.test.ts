import { describe, expect, test } from 'vitest'
import { actions } from '../../src/catalog/actions.js'
import { codesOf, policyWith, problemsOf } from './policy-text.js'

const everything = '["arn:aws:s3:::b", "arn:aws:s3:::b/*"]'

function textOf(action: string | readonly string[], key: string, operator = 'StringEquals', value = 'x'): string {
  return policyWith({
    Action: JSON.stringify(action),
    Resource: everything,
    Condition: JSON.stringify({ [operator]: { [key]: value } }),
  })
}

function isRefused(action: string | readonly string[], key: string): boolean {
  const codes = codesOf(textOf(action, key))
  expect(['', 'condition-not-applicable']).toContain(codes.join())
  return codes.length > 0
}

function s3(names: string): readonly string[] {
  return names.split(' ').map((name) => `s3:${name}`)
}

interface MatrixRow {
  readonly keys: readonly string[]
  readonly accepted: readonly string[]
  readonly refused: readonly string[]
}

/** What others have seen S3 take and refuse. */
const matrix: Readonly<Record<string, MatrixRow>> = {
  'tags of the object': {
    keys: ['s3:ExistingObjectTag/team', 'S3:existingobjecttag/Team'],
    accepted: s3(
      'GetObject GetObjectVersion GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging DeleteObjectTagging DeleteObjectVersionTagging GetObjectAcl GetObjectVersionAcl PutObjectAcl PutObjectVersionAcl GetObjectAttributes GetObjectVersionAttributes',
    ),
    refused: s3(
      'DeleteObject DeleteObjectVersion GetObjectRetention PutObjectRetention GetObjectLegalHold PutObjectLegalHold BypassGovernanceRetention PutObject ListBucket',
    ),
  },
  'tags in the request': {
    keys: ['s3:RequestObjectTag/team', 's3:RequestObjectTagKeys'],
    accepted: s3('PutObject PutObjectTagging PutObjectVersionTagging BypassGovernanceRetention'),
    refused: s3('PutObjectAcl PutObjectRetention PutObjectLegalHold GetObject'),
  },
  'what a copy says': {
    keys: ['s3:x-amz-copy-source', 's3:x-amz-metadata-directive'],
    accepted: s3('PutObject'),
    refused: s3('GetObject GetObjectVersion GetObjectTagging ListBucket'),
  },
  'encryption of a new object': {
    keys: ['s3:x-amz-server-side-encryption', 's3:x-amz-server-side-encryption-aws-kms-key-id'],
    accepted: s3('PutObject'),
    refused: s3('GetObject GetObjectVersion'),
  },
  'an ACL header': {
    keys: ['s3:x-amz-acl', 's3:x-amz-grant-read', 's3:x-amz-grant-full-control'],
    accepted: s3('PutObject PutObjectAcl PutBucketAcl'),
    refused: s3('GetObject GetObjectVersion DeleteObject ListBucket PutObjectTagging PutBucketPolicy GetBucketAcl'),
  },
  'parameters of a listing': {
    keys: ['s3:prefix', 's3:delimiter', 's3:max-keys'],
    accepted: s3('ListBucket ListBucketVersions'),
    refused: s3('ListBucketMultipartUploads GetObject GetBucketLocation ListMultipartUploadParts PutObject'),
  },
  'the version of an object': {
    keys: ['s3:versionid'],
    accepted: s3('GetObjectVersion DeleteObjectVersion PutObjectVersionTagging'),
    refused: s3('GetObject DeleteObject PutObject ListBucketVersions'),
  },
}

describe.each(Object.entries(matrix))('%s', (_, { keys, accepted, refused }) => {
  describe.each(keys)('%s', (key) => {
    test.each(accepted)('is taken with %s', (action) => expect(isRefused(action, key)).toBe(false))
    test.each(refused)('is refused with %s', (action) => expect(isRefused(action, key)).toBe(true))
    test('is taken with all of the former', () => expect(isRefused(accepted, key)).toBe(false))
    test('is refused as soon as one of the latter is there', () => {
      for (const action of refused) expect(isRefused([...accepted, action], key)).toBe(true)
    })
  })
})

describe('actions with wildcards', () => {
  test.each([['s3:*'], ['*'], ['s3:Get*'], ['s3:DeleteObjec?'], ['s3:ListBucketMultipart*']])('%s is not compared', (action) => {
    expect(isRefused(action, 's3:prefix')).toBe(false)
    expect(isRefused(action, 's3:ExistingObjectTag/team')).toBe(false)
  })

  test('the others of the list are', () => {
    expect(isRefused(['s3:*', 's3:GetObject'], 's3:prefix')).toBe(true)
    expect(isRefused(['s3:*', 's3:ListBucket'], 's3:prefix')).toBe(false)
  })

  test('nor is NotAction', () => {
    const condition = JSON.stringify({ StringEquals: { 's3:prefix': 'x' } })
    expect(codesOf(policyWith({ Effect: '"Deny"', Action: undefined, NotAction: '"s3:GetObject"', Condition: condition }))).toEqual([])
  })
})

describe('keys that come with nearly every action', () => {
  const usable = actions.filter(({ kind, name }) => (kind === 'bucket' || kind === 'object') && name !== 's3:CreateBucket')

  test.each([
    ['s3:ResourceAccount', s3('AllowVendedLogDeliveryForResource')],
    ['s3:TlsVersion', s3('AllowVendedLogDeliveryForResource InitiateReplication')],
    ['s3:authType', s3('AllowVendedLogDeliveryForResource InitiateReplication')],
    ['s3:signatureAge', s3('AllowVendedLogDeliveryForResource InitiateReplication')],
    ['s3:signatureversion', s3('AllowVendedLogDeliveryForResource InitiateReplication')],
    [
      's3:x-amz-content-sha256',
      s3('AllowVendedLogDeliveryForResource GetBucketObjectLockConfiguration InitiateReplication PutBucketObjectLockConfiguration'),
    ],
  ])('%s: all but %j', (key, refused) => {
    expect(usable.filter(({ name }) => isRefused(name, key)).map(({ name }) => name)).toEqual(refused)
  })

  test('tags of the bucket come with every action', () => {
    expect(usable.filter(({ name }) => isRefused(name, 's3:BucketTag/team'))).toEqual([])
  })

  test('keys of access points come with actions that reach through them', () => {
    expect(isRefused('s3:GetObject', 's3:DataAccessPointArn')).toBe(false)
    expect(isRefused('s3:ListBucket', 's3:AccessPointNetworkOrigin')).toBe(false)
    expect(isRefused('s3:PutBucketPolicy', 's3:DataAccessPointArn')).toBe(true)
  })
})

describe('the name of a condition key', () => {
  test.each<[key: string, codes: readonly string[]]>([
    ['aws:SecureTransport', []],
    ['AWS:securetransport', []],
    ['aws:PrincipalTag/Team', []],
    ['aws:RequestTag/Team', []],
    ['aws:ResourceTag/Team', []],
    ['aws:TagKeys', []],
    ['aws:CalledVia', []],
    ['ec2:SourceInstanceArn', []],
    ['lambda:SourceFunctionArn', []],
    ['s3:ResourceAccount', []],
    ['S3:RESOURCEACCOUNT', []],
    ['s3:ExistingObjectTag/a/b', []],
    // Claims of identity providers: their names are the providers'.
    ['saml:aud', []],
    ['SAML:sub', []],
    ['sts:ExternalId', []],
    ['identitystore:UserId', []],
    ['cognito-identity.amazonaws.com:aud', []],
    ['accounts.google.com:email', []],
    ['graph.facebook.com:id', []],
    ['www.amazon.com:user_id', []],
    // S3 takes whatever starts with `aws:`.
    ['aws:nosuchkey', ['unknown-global-key']],
    ['AWS:NoSuchKey', ['unknown-global-key']],
    ['aws:', ['unknown-global-key']],
    ['aws:PrincipalTag', ['unknown-global-key']],
    ['aws:PrincipalTag/', ['unknown-global-key']],
    ['aws:SourceIp ', ['unknown-global-key']],
    // And refuses the rest.
    ['s3:nosuchkey', ['unknown-condition-key']],
    ['s3:ExistingObjectTag', ['unknown-condition-key']],
    ['s3:ExistingObjectTag/', ['unknown-condition-key']],
    ['s3:x-amz-meta-team', ['unknown-condition-key']],
    ['s3:', ['unknown-condition-key']],
    ['kms:ViaService', ['unknown-condition-key']],
    ['iam:PassedToService', ['unknown-condition-key']],
    ['SourceIp', ['unknown-condition-key']],
    ['s3:aws:SourceIp', ['unknown-condition-key']],
    ['x-saml:aud', ['unknown-condition-key']],
    ['', ['unknown-condition-key']],
    ['toString', ['unknown-condition-key']],
    ['__proto__', ['unknown-condition-key']],
  ])('%j: %j', (key, codes) => {
    const condition = `{ "StringEquals": { ${JSON.stringify(key)}: "x" } }`
    expect(codesOf(policyWith({ Condition: condition }))).toEqual(codes)
  })

  test.each([
    ['s3:prefx', 's3:prefix'],
    ['aws:SourceIP4', 'aws:SourceIp'],
    ['s3:TLSVersion2', 's3:TlsVersion'],
  ])('%s: did you mean %s?', (key, suggestion) => {
    const [problem] = problemsOf(textOf('s3:*', key))
    expect(problem?.help).toContain(`\`${suggestion}\``)
  })
})

describe('one key twice under one operator', () => {
  const repeated = ['repeated-condition-key']

  test.each<[condition: string, codes: readonly string[]]>([
    ['{ "StringEquals": { "aws:username": "a", "aws:UserName": "b" } }', repeated],
    ['{ "StringEquals": { "aws:PrincipalTag/Team": "a", "aws:principaltag/team": "b" } }', repeated],
    ['{ "StringEquals": { "s3:ExistingObjectTag/team": "a", "S3:EXISTINGOBJECTTAG/team": "b" } }', repeated],
    [
      '{ "StringEquals": { "aws:x": "a", "aws:X": "b", "AWS:x": "c" } }',
      ['unknown-global-key', 'unknown-global-key', ...repeated, 'unknown-global-key', ...repeated],
    ],
    // The names of object tags keep their case: these are two keys.
    ['{ "StringEquals": { "s3:ExistingObjectTag/team": "a", "s3:ExistingObjectTag/Team": "b" } }', []],
    ['{ "StringEquals": { "aws:username": "a" }, "StringLike": { "aws:UserName": "b" } }', []],
    ['{ "StringEquals": { "aws:username": "a" }, "StringEqualsIfExists": { "aws:UserName": "b" } }', []],
    ['{ "StringEquals": { "aws:username": "a", "aws:userid": "b" } }', []],
  ])('%s: %j', (condition, codes) => {
    expect(codesOf(policyWith({ Condition: condition }))).toEqual(codes)
  })
})
