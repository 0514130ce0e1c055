import { actions } from '../../src/catalog/actions.js'
import { conditionKeys } from '../../src/catalog/condition-keys.js'
import { conditionOperators } from '../../src/catalog/condition-operators.js'
import type { DocumentKind } from './documents.js'
import type { Pool } from './mutations.js'

const statement = {
  Sid: 'Readers',
  Effect: 'Allow',
  Principal: { AWS: ['arn:aws:iam::111122223333:root', '444455556666'], Service: 'cloudfront.amazonaws.com' },
  Action: ['s3:GetObject', 's3:Get*'],
  Resource: 'arn:aws:s3:::b/*',
  Condition: {
    StringLike: { 's3:prefix': ['home/*', ''] },
    'ForAnyValue:StringEqualsIfExists': { 'aws:PrincipalOrgPaths': 'o-1/*' },
    NumericLessThan: { 's3:max-keys': 10 },
    Bool: { 'aws:SecureTransport': true },
  },
}

const policies = [
  { Version: '2012-10-17', Id: 'p', Statement: [statement] },
  { Version: '2008-10-17', Statement: { Effect: 'Deny', NotPrincipal: { CanonicalUser: 'c' }, NotAction: 's3:*', NotResource: [] } },
  {
    Statement: [
      { Effect: 'Deny', Principal: '*', Action: '*', Resource: ['*'] },
      { Effect: 'Allow', Principal: { Federated: 'p' }, Action: [], Resource: '' },
    ],
  },
  { Statement: [] },
]

const requests = [
  { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'b', key: 'k' },
  {
    principal: { kind: 'key', accessKey: 'DO00A' },
    action: 's3:ListBucket',
    operation: 'HeadBucket',
    bucket: 'b',
    time: 1790000000000,
    context: { 'aws:SourceIp': '10.0.0.1', 's3:max-keys': 10, 's3:RequestObjectTagKeys': ['a', true] },
    unknown: ['s3:ExistingObjectTag/*'],
  },
  {
    principal: {
      kind: 'aws',
      arn: 'arn:aws:sts::111122223333:assumed-role/reader/session',
      account: '111122223333',
      roleArn: 'arn:aws:iam::111122223333:role/team/reader',
      userId: 'AROAEXAMPLEEXAMPLE:session',
      identityVerdict: 'Allow',
    },
    action: 's3:PutObject',
    bucket: 'b',
    key: 'k',
  },
  { principal: { kind: 'aws', arn: 'arn:aws:iam::111122223333:user/alice' }, action: 's3:ListAllMyBuckets', key: 'k' },
  { principal: { kind: 'service', service: 'cloudfront.amazonaws.com' }, action: 'S3:getobject', bucket: 'b', key: 'k' },
  { principal: { kind: 'federated', provider: 'accounts.google.com' }, action: 's3:CreateBucket', bucket: 'new' },
  { principal: { kind: 'canonicalUser', id: '79a5' }, action: 's3:NoSuchAction', context: {} },
]

const snapshots = [
  {},
  {
    $schema: '../schemas/snapshot.schema.json',
    buckets: [
      { name: 'b', owner: '111122223333', policy: policies[1] },
      {
        name: 'c',
        owner: '111122223333',
        policy: '{"Statement":[]}',
        publicAccessBlock: { BlockPublicAcls: true, restrictPublicBuckets: false },
      },
    ],
    keys: [
      {
        accessKey: 'DO00A',
        account: '111122223333',
        name: 'a',
        arn: 'arn:aws:iam::111122223333:user/a',
        grants: [
          { bucket: 'b', permission: 'readwrite', prefix: 'home/', sourceIp: ['10.0.0.0/8', '2001:db8::/32'] },
          { bucket: 'b', actions: ['s3:Get*'], sourceIp: '::1' },
          { bucket: '', permission: 'fullaccess' },
        ],
        status: 'active',
        notBefore: '2026-01-01',
        expiresAt: 1790000000000,
      },
      { accessKey: 'DO00B', account: '444455556666', grants: [], status: 'suspended' },
    ],
    accounts: [{ id: '111122223333', canonicalId: '79a5', publicAccessBlock: {} }],
  },
]

const listBuckets = { principal: { kind: 'anonymous' }, action: 's3:ListAllMyBuckets' }

/** With little in them, so that every change of them can be tried. */
const smallDecisionTests = [
  { cases: [] },
  {
    $schema: '../schemas/decision-test.schema.json',
    snapshot: {},
    cases: [{ name: 'by the file’s snapshot', request: listBuckets, expect: 'Allow', why: 'S3.2' }],
  },
  { cases: [{ name: 'by a snapshot of its own', snapshot: {}, request: listBuckets, expect: 'ImplicitDeny' }] },
  { cases: [{ name: 'by a policy', policy: { Statement: [] }, owner: '444455556666', request: listBuckets, expect: 'ExplicitDeny' }] },
  { cases: [{ name: 'by a policy in text form', policy: '{"Statement":[]}', request: listBuckets, expect: 'ImplicitDeny' }] },
  {
    cases: [
      { name: 'by an error', policy: {}, request: {}, expect: { error: 'wrong-type' } },
      { name: 'by another', request: {}, snapshot: [], expect: { error: 'wrong-type' } },
    ],
  },
]

const decisionTests = [
  ...smallDecisionTests,
  {
    snapshot: snapshots[1],
    cases: requests.slice(0, 3).map((request) => ({ name: 'case', snapshot: snapshots[1], request, expect: 'Allow' })),
  },
  { cases: policies.map((policy, index) => ({ name: 'case', policy, request: requests[index], expect: 'Allow' })) },
]

/** Valid documents with every member there is. */
export const samples: Readonly<Record<DocumentKind, readonly unknown[]>> = {
  policy: policies,
  request: requests,
  snapshot: snapshots,
  'decision-test': decisionTests,
}

export const smallSamples: typeof samples = { ...samples, 'decision-test': smallDecisionTests }

function words(text: string): readonly string[] {
  return text.split(' ')
}

const operatorNames = [
  ...conditionOperators.flatMap((name) => [name, `${name}IfExists`, `ForAllValues:${name}`, `ForAnyValue:${name}IfExists`]),
  ...words('StringEqualz stringEquals ForAnyValues:StringEquals StringEqualsIfExistsIfExists NumericLike NotBool IfExists ForAllValues:'),
]

const keyNames = conditionKeys.map(({ name }) => (name.endsWith('/') ? `${name}x` : name))

const policyPool: Pool = {
  names: [
    ...words('Version Id Statement Sid Effect Principal NotPrincipal Action NotAction Resource NotResource Condition statement'),
    ...words('AWS Service Federated CanonicalUser aws'),
    ...operatorNames,
    ...keyNames,
  ],
  values: [
    ...words('2012-10-17 2012-10-18 Allow Deny allow s3:GetObject arn:aws:s3:::b'),
    ...[statement, [statement], statement.Principal, statement.Condition, { AWS: '*' }, { Null: { 'aws:SourceIp': 'true' } }],
  ],
}

const requestPool: Pool = {
  names: words(
    'principal action operation bucket key time context unknown kind accessKey arn account roleArn userId identityVerdict service provider id aws:sourceip aws:CurrentTime aws:PrincipalArn',
  ),
  values: [
    ...words(
      'anonymous key aws service federated canonicalUser Allow ExplicitDeny ImplicitDeny allow b 111122223333 arn: arn::::: urn:::::',
    ),
    ...words('arn:aws:iam::111122223333:root arn:aws:iam::111122223333:role/reader arn:aws:iam::111122223333:role arn:aws:s3:::b'),
    ...words('arn:aws:sts::111122223333:assumed-role/reader arn:aws:sts::111122223333:assumed-role/reader/s/t'),
    ...[...actions.map(({ name }) => name), 's3:getobject', 's3:Get*'],
    ...requests.map(({ principal }) => principal),
    ...[253402300799999, 253402300800000, { 'aws:SourceIp': ['10.0.0.1'] }],
  ],
}

const snapshotPool: Pool = {
  names: [
    ...words('buckets keys accounts name owner policy publicAccessBlock accessKey account arn grants status notBefore expiresAt'),
    ...words('bucket permission actions prefix sourceIp id canonicalId secret blockpublicacls'),
    ...['PublicAcls', 'PublicPolicy', 'PublicBuckets'].flatMap((what) =>
      ['Block', 'Ignore', 'Restrict', 'block', 'ignore', 'restrict'].map((verb) => verb + what),
    ),
  ],
  values: [
    ...words('read write readwrite fullaccess admin active suspended b arn:aws:iam::111122223333:user/a arn:aws'),
    ...words('2026-09-21 2026-02-29 2026-09-21T14:13:20Z 2026-09-21T14:13 1790000000 -1.5 1.'),
    ...words('10.0.0.1 10.0.0.0/8 10.0.0.0/33 1.2.3 :: ::/0 1::2::3 2001:db8::/32'),
    ...policies,
    ...[Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 53, -(2 ** 53), '{', '{}'],
    ...[
      { bucket: '', permission: 'fullaccess' },
      { bucket: 'b', actions: [] },
      { bucket: '', actions: [] },
    ],
  ],
}

const decisionTestPool: Pool = {
  names: words('snapshot cases name policy owner request expect why error'),
  values: [
    ...words('Allow ExplicitDeny ImplicitDeny deny'),
    ...[
      { error: 'invalid-json' },
      { error: '' },
      { error: 'x', why: 'y' },
      { Statement: 1 },
      { buckets: [{ name: 'b', owner: 'o', policy: {} }] },
    ],
    ...[...policies, ...snapshots, ...requests],
  ],
}

/** The names and values of each format, for changing one place. */
export const ownPools: Readonly<Record<DocumentKind, Pool>> = {
  policy: policyPool,
  request: requestPool,
  snapshot: snapshotPool,
  'decision-test': decisionTestPool,
}

/** And of the formats in it. */
export const pools: typeof ownPools = {
  ...ownPools,
  snapshot: joined(snapshotPool, policyPool),
  'decision-test': joined(decisionTestPool, snapshotPool, requestPool, policyPool),
}

function joined(...parts: readonly Pool[]): Pool {
  return { names: parts.flatMap(({ names }) => names), values: parts.flatMap(({ values }) => values) }
}
