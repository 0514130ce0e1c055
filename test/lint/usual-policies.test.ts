import { expect, test } from 'vitest'
import { allRules, barePolicy, lintFound } from '../../src/lint.js'
import { hasError } from '../../src/policy/diagnostic.js'

const bucket = 'arn:aws:s3:::assets'
const objects = 'arn:aws:s3:::assets/*'
const all = [bucket, objects]
const plainHttp = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: all, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
const allow = (Principal: unknown, Action: unknown, Resource: unknown, Condition: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action,
  Resource,
  Condition,
})
const service = (name: string) => ({ Service: `${name}.amazonaws.com` })
const bySource = { StringEquals: { 'aws:SourceAccount': '111122223333' } }
const withFullControl = { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': '111122223333' } }

/** Policies that AWS's documentation tells people to write, in our words. */
const usual: Readonly<Record<string, readonly object[]>> = {
  'TLS only': [plainHttp],
  'CloudTrail writes its logs': [
    allow(service('cloudtrail'), 's3:GetBucketAcl', bucket, bySource),
    allow(service('cloudtrail'), 's3:PutObject', 'arn:aws:s3:::assets/AWSLogs/111122223333/*', withFullControl),
    plainHttp,
  ],
  'a load balancer writes its logs': [allow(service('logdelivery.elasticloadbalancing'), 's3:PutObject', objects, bySource)],
  'S3 writes access logs': [
    allow(service('logging.s3'), 's3:PutObject', objects, { ...bySource, ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::site' } }),
  ],
  'CloudFront reads for one distribution': [
    allow(service('cloudfront'), 's3:GetObject', objects, {
      StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE' },
    }),
  ],
  'an origin access identity reads': [
    allow({ AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EH1HDMB1FH2TC' }, 's3:GetObject', objects),
  ],
  'another account reads and lists': [
    allow({ AWS: 'arn:aws:iam::444455556666:root' }, 's3:ListBucket', bucket),
    allow({ AWS: 'arn:aws:iam::444455556666:root' }, 's3:GetObject', objects),
  ],
  'the organization reads': [
    allow('*', ['s3:GetObject', 's3:ListBucket'], all, { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }),
  ],
  'whoever is not at the endpoint is denied, the administrators and AWS left out': [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: all,
      Condition: {
        StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1a2b3c4d' },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
        ArnNotLikeIfExists: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/admin' },
      },
    },
  ],
  'access is delegated to access points': [allow('*', '*', all, { StringEquals: { 's3:DataAccessPointAccount': '111122223333' } })],
  'uploads must be encrypted': [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:PutObject',
      Resource: objects,
      Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
    },
  ],
  'replication from another account': [
    allow(
      { AWS: 'arn:aws:iam::444455556666:role/replicator' },
      ['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ObjectOwnerOverrideToBucketOwner'],
      objects,
    ),
    allow({ AWS: 'arn:aws:iam::444455556666:role/replicator' }, ['s3:GetBucketVersioning', 's3:PutBucketVersioning'], bucket),
  ],
  'objects by their tag': [
    allow({ AWS: 'arn:aws:iam::444455556666:root' }, 's3:GetObject', objects, { StringEquals: { 's3:ExistingObjectTag/shared': 'yes' } }),
  ],
  'homes by user name': [
    allow({ AWS: 'arn:aws:iam::444455556666:root' }, ['s3:GetObject', 's3:PutObject'], `${bucket}/home/\${aws:username}/*`),
  ],
}

const rules = allRules.filter(({ meta }) => meta.recommended && (meta.category === 'exposure' || meta.category === 'semantics'))

test.each(Object.entries(usual))('nothing is found in a usual policy: %s', (_, Statement) => {
  const file = { path: 'policy.json', text: JSON.stringify({ Version: '2012-10-17', Statement }, undefined, 2) }
  for (const given of [{}, { owner: '111122223333' }, { bucket: 'assets', owner: '111122223333' }]) {
    const active = rules.map((rule) => ({ rule, severity: rule.meta.severity, options: {} }))
    const found = barePolicy(file, given)
    expect(hasError(found.diagnostics)).toBe(false)
    const { findings, undecided } = lintFound(found, active)
    expect(findings.map(({ rule, message, witness }) => [rule, message, witness])).toEqual([])
    expect(undecided).toEqual([])
  }
})
