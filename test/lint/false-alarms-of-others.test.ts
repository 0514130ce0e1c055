import { describe, expect, test } from 'vitest'
import { allRules, barePolicy, lintFound } from '../../src/lint.js'

/*
 * Policies that other linters were reported to judge wrongly, in our words, each with the report. Nothing that fails a build may be said of them,
 * but for what is listed.
 */

const bucket = 'arn:aws:s3:::assets'
const objects = 'arn:aws:s3:::assets/*'
const allow = (Principal: unknown, Action: unknown, Resource: unknown, Condition: object = {}) => {
  return { Effect: 'Allow', Principal, Action, Resource, Condition }
}
const deny = (Action: unknown, Resource: unknown, Condition: object = {}) => ({
  Effect: 'Deny',
  Principal: '*',
  Action,
  Resource,
  Condition,
})
const read = (Condition: object, Principal: unknown = '*') => allow(Principal, 's3:GetObject', objects, Condition)

const reports: readonly (readonly [report: string, why: string, statements: readonly object[], rules?: readonly string[]])[] = [
  [
    'bridgecrewio/checkov/issues/5934',
    'a Deny of deletions locks nobody out',
    [deny(['s3:DeleteObject', 's3:DeleteObjectVersion'], objects)],
  ],
  [
    'bridgecrewio/checkov/pull/627',
    'a Deny for other addresses leaves those inside',
    [deny('s3:*', [bucket, objects], { NotIpAddress: { 'aws:SourceIp': '54.240.143.0/24' } })],
  ],
  [
    'bridgecrewio/checkov/pull/627',
    'a Deny of everything without an exception does lock out',
    [deny('s3:*', [bucket, objects])],
    ['owner-lockout'],
  ],
  ['bridgecrewio/checkov/issues/3422', 'everybody may do everything', [allow('*', 's3:*', [bucket, objects])], ['public-administration']],
  ['bridgecrewio/checkov/issues/4884', 'everybody, as an AWS principal', [allow({ AWS: '*' }, ['s3:GetObject'], objects)], ['public-read']],
  ['bridgecrewio/checkov/pull/7514', 'the endpoints of an account', [read({ StringEquals: { 'aws:VpceAccount': '111122223333' } })]],
  [
    'bridgecrewio/checkov/issues/6839',
    'roles by pattern, in a fixed account',
    [read({ StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/prod-*' } })],
  ],
  ['bridgecrewio/checkov/issues/4394', 'a Deny for everybody grants nothing', [deny('s3:PutObjectAcl', objects)]],
  [
    'aquasecurity/trivy/issues/5114',
    'stars in an object’s name',
    [allow({ AWS: 'arn:aws:iam::111122223333:root' }, 's3:GetObject', 'arn:aws:s3:::assets/*/*.log')],
  ],
  [
    'aquasecurity/trivy/issues/5089',
    'all objects of a bucket',
    [allow({ AWS: 'arn:aws:iam::111122223333:role/web' }, ['s3:GetObject', 's3:PutObject'], objects)],
  ],
  [
    'prowler-cloud/prowler/issues/4257',
    'a VPC',
    [allow('*', ['s3:GetObject', 's3:PutObject'], objects, { StringEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' } })],
  ],
  ['prowler-cloud/prowler/issues/4257', 'an endpoint', [read({ StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }, { AWS: '*' })]],
  ['prowler-cloud/prowler/issues/4257', 'addresses', [read({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.7/32'] } })]],
  [
    'prowler-cloud/prowler/issues/5386',
    'an account, by its number',
    [allow('*', 's3:PutObject', objects, { StringEquals: { 'aws:PrincipalAccount': '111122223333' } })],
  ],
  ['prowler-cloud/prowler/issues/3346', '`s3:Get*` reads and does not write', [allow('*', 's3:Get*', objects)], ['public-read']],
  [
    'prowler-cloud/prowler/issues/1481',
    'TLS is demanded with `"Action": "*"`',
    [deny('*', objects, { Bool: { 'aws:SecureTransport': 'false' } })],
  ],
  [
    'turbot/steampipe-mod-aws-compliance/issues/952',
    'the organization',
    [read({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })],
  ],
  [
    'turbot/steampipe-mod-aws-compliance/issues/952',
    'named accounts',
    [read({}, { AWS: ['111122223333', 'arn:aws:iam::444455556666:root'] })],
  ],
  [
    'panther-labs/panther-analysis/issues/1590',
    'a session by its id',
    [read({ StringLike: { 'aws:userId': 'AROAEXAMPLEEXAMPLE01:foo' } }, { AWS: '*' })],
  ],
  [
    'Checkmarx/kics/issues/5763',
    'TLS in one Deny, the network in another',
    [
      deny('s3:*', [bucket, objects], { Bool: { 'aws:SecureTransport': 'false' } }),
      deny('s3:*', [bucket, objects], {
        StringNotEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' },
        ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/admin' },
      }),
    ],
  ],
]

const active = allRules.map((rule) => ({ rule, severity: rule.meta.severity, options: {} }))

describe('what others were reported for', () => {
  test.each(reports)('https://github.com/%s: %s', (_, __, Statement, rules = []) => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement }, undefined, 2)
    const { findings, undecided } = lintFound(barePolicy({ path: 'policy.json', text }), active)
    const failing = findings.filter(({ severity }) => severity === 'error' || severity === 'security')
    expect(failing.map(({ rule }) => rule)).toEqual(rules)
    expect(undecided).toEqual([])
  })
})
