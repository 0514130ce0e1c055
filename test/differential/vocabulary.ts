/**
 * What the generator makes cases of. The pools are small so that statements and requests often meet, and nearly the same
 * things stand side by side (`photos` and `photos-2`, `10` and `1e1`) so that they often just miss.
 */
/** The first owns most buckets and has most callers, so that both sides of a decision are often one account's. */
export const ACCOUNTS = ['111122223333', '444455556666', '777788889999'] as const
export const LIKELY_ACCOUNTS = [ACCOUNTS[0], ACCOUNTS[0], ACCOUNTS[0], ACCOUNTS[1], ACCOUNTS[2]] as const
export const CANONICAL_IDS = ['79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be', 'b8c2d1e0f9a87766', 'c0ffee'] as const
export const BUCKETS = ['photos', 'photos-2', 'logs'] as const
export const USERS = ['alice', 'bob', 'team/alice', 'Alice'] as const
export const ROLES = ['app', 'team/app', 'ops'] as const
export const SESSIONS = ['s1', 's2'] as const
export const USER_IDS = ['AIDAEXAMPLEALICE0001', 'AROAEXAMPLEROLEAPP01', 'AROAEXAMPLEROLEAPP01:s1', 'AROAEXAMPLEROLEAPP012', 'x'] as const
export const UNIQUE_IDS = ['AIDAEXAMPLEALICE0001', 'AROAEXAMPLEROLEAPP01'] as const
export const SERVICES = ['cloudtrail.amazonaws.com', 'logging.s3.amazonaws.com'] as const
export const PROVIDERS = ['accounts.google.com', 'arn:aws:iam::111122223333:saml-provider/idp'] as const

export const OBJECT_KEYS = [
  'a.txt',
  'home/alice/a.txt',
  'home/bob/b.txt',
  'home/red/1',
  'home/',
  'home//alice/a.txt',
  'Home/alice/a.txt',
  '../a.txt',
  'a*b',
  'a?b',
  'a$b',
  'aXb',
  'a😀b',
  'line\nbreak.txt',
  'x:y:z/a.txt',
  '${aws:username}',
] as const
export const PREFIXES = ['home/', 'home/alice/', 'a', 'x:', 'Home'] as const
export const RESOURCE_PATHS = [
  '',
  '',
  '/*',
  '/*',
  '/*',
  '*',
  '/a.txt',
  '/home/*',
  '/home/alice/*',
  '/home/?????/*',
  '/a?b',
  '/a${?}b',
  '/a${*}b',
  '/a${$}b',
  '/${*}',
  '/*.txt',
  '/x:y:*',
  '/*/a.txt',
  '/home/${aws:username}/*',
  '/home/${AWS:UserName}/*',
  "/home/${aws:PrincipalTag/team, 'red'}/*",
  "/${aws:PrincipalTag/none,'a.txt'}",
  "/${aws:PrincipalTag/none, 'a*b'}",
  '/home/${aws:PrincipalTag/team}/*',
  "/home/${aws:TagKeys, 'alice'}/*",
  '/home/${s3:ExistingObjectTag/Env}*',
] as const
export const MALFORMED_PATHS = [
  '/${',
  '/${}',
  '/${ aws:username }/*',
  '/${aws:username/*',
  '/${aws:${aws:username}}',
  "/${aws:username, 'x}",
] as const
export const ODD_RESOURCES = [
  '*',
  'photos/*',
  'arn:aws:s3',
  'arn:*',
  'urn:aws:s3:::photos/*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::ph?tos*',
  'arn:*:s3:::photos/*',
  'arn:aws:*:*:*:photos/*',
  'arn:aws-cn:s3:::photos/*',
  'arn:aws:s3:us-east-1::photos/*',
  'arn:aws:S3:::photos/*',
  'arn:aws:${aws:username}:::photos/*',
  'arn:aws:s3:::${aws:PrincipalTag/bucket}/*',
  'arn:*:*3:::photos/*',
  'a*n:aws:s3*:*:*:logs*',
] as const
/** Patterns whose stars begin in the bucket's name, or before it. */
export const STARRED_RESOURCES = [
  '*/a.txt',
  '*/home/*',
  '*.txt',
  '*s',
  '*os*',
  '*s/a*',
  'ph*s*/a?b',
  'p*o*/*/a.txt',
  '*s/*s/*',
  '*o*o*/a*',
  '*-?/*',
  '??o*/*',
  '?hotos/*a',
  '*/*',
  'p*/home/${aws:username}/*',
  '*${aws:username}/*',
  '*${aws:username}*',
  '*/${aws:PrincipalTag/team}*',
  '*${aws:PrincipalTag/team}',
] as const

export const OBJECT_ACTIONS = [
  's3:GetObject',
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:GetObjectVersion',
  's3:GetObjectTagging',
  's3:PutObjectAcl',
  's3:AbortMultipartUpload',
  's3:ListMultipartUploadParts',
  's3:RestoreObject',
] as const
export const BUCKET_ACTIONS = [
  's3:ListBucket',
  's3:ListBucket',
  's3:ListBucketVersions',
  's3:ListBucketMultipartUploads',
  's3:GetBucketLocation',
  's3:GetBucketVersioning',
  's3:GetBucketPolicy',
  's3:PutBucketPolicy',
  's3:GetBucketPolicyStatus',
  's3:PutBucketAcl',
] as const
export const RESCUE_ACTIONS = ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:GetBucketPolicyStatus'] as const
export const PLACELESS_ACTIONS = ['s3:ListAllMyBuckets', 's3:ListAllMyBuckets', 's3:CreateJob'] as const
export const OTHER_ACTIONS = ['s3:CreateAccessPoint', 's3:GetAccessPointPolicy', 's3:DescribeJob'] as const
export const UNKNOWN_ACTIONS = ['s3:Frobnicate', 's3:GetObjects', 'iam:GetUser'] as const
export const ACTION_PATTERNS = [
  's3:*',
  's3:*',
  's3:*',
  '*',
  'S3:*',
  's3:Get*',
  's3:get*',
  's3:GetObject*',
  's3:*Object',
  's3:???Object',
  's3:List*',
  's3:Put*',
  's3:*BucketPolicy',
  'S3:GETOBJECT',
  's3:putobject',
  's3:ListBucket?*',
  's3:Frob*',
  'iam:*',
  's3:GetObject?',
] as const

/** 1790000000 seconds after 1970, which is 2026-09-21T14:13:20Z. */
export const NOW = 1_790_000_000_000
export const TIMES = [NOW, NOW, NOW, NOW + 1, NOW - 1, NOW + 1000, NOW - 86_400_000, NOW + 86_400_000, 1_789_948_800_000, 0] as const
export const BOUNDS = [
  NOW - 100_000_000,
  NOW - 100_000_000,
  NOW,
  NOW + 1,
  NOW + 100_000_000,
  NOW + 100_000_000,
  '2026-09-21',
  '2026-09-21T14:13:20Z',
  '2026-09-21T16:13:20.000000001+02:00',
  '2030-01-01T00:00Z',
  '2020-01-01',
] as const

const DATES = [
  '2026-09-21T14:13:20Z',
  '2026-09-21T16:13:20+02:00',
  '2026-09-21T14:13:20.0Z',
  '2026-09-21T14:13:20.000000001Z',
  '2026-09-21T14:13:19.999999999Z',
  '2026-09-21T14:13Z',
  '2026-09-21',
  '2026-09-22',
  '2026-09-20T23:59:59-00:01',
  '1790000000',
  '1790000000.000000000',
  '1790000000.001',
  '1790000001',
  '-1',
  '-0.000000001',
  '1969-12-31T23:59:59.999999999Z',
  '2024-02-29',
  '0',
] as const
const BAD_DATES = [
  '2026-02-29',
  '2026-09-21T24:00Z',
  '2026-09-21T14:13:20',
  '2026-09-21t14:13:20z',
  '2026-9-21',
  'now',
  '',
  '1e9',
  '2026-09-21T14:13:60Z',
] as const
const NUMBERS = [
  '10',
  '10.0',
  '1e1',
  '1E+1',
  '100e-1',
  '010',
  '007',
  '7',
  '11',
  '9.999999999999999999',
  '-0',
  '0',
  '0.0',
  '-10',
  '9007199254740993',
  '9007199254740992',
  '1e999999999',
  '-1e999999999',
  '1e-999999999',
  '1790000000',
] as const
const BAD_NUMBERS = ['ten', '', ' 10', '+10', '.5', '5.', '0x10', '1e', '1e1234567890', '10 ', 'Infinity'] as const
const STRINGS = [
  'red',
  'red',
  'Red',
  'RED',
  'blue',
  '',
  'rd',
  'r😀d',
  'home/',
  'home/alice/',
  'home/alice/x',
  '*',
  '?',
  '$',
  'a$b',
  '😀',
  'k',
  '\u212a',
  's',
  '\u017f',
  'ß',
  'ẞ',
  'SS',
  'İ',
  'i',
  'alice',
  'true',
  '10',
] as const
const STRING_OPERANDS = [
  ...STRINGS,
  'red*',
  'r?d',
  '*',
  '?',
  'home/*',
  '*e*',
  'home/${aws:username}/*',
  '${aws:username}',
  '${AWS:userid}',
  '${aws:PrincipalTag/team}',
  "${aws:PrincipalTag/team, 'red'}",
  "${aws:PrincipalTag/none,'*'}",
  "${aws:PrincipalTag/none, 'a}b'}",
  '${aws:PrincipalTag/none}',
  '${s3:RequestObjectTagKeys}',
  "${aws:TagKeys, 'blue'}",
  '${s3:ExistingObjectTag/env}',
  '${*}',
  'r${?}d',
  'a${$}b',
] as const
const BAD_STRINGS = [
  '${',
  '${}',
  '${ aws:username}',
  '${aws:username }',
  'x${aws:username',
  "${aws:username,'x}",
  '${aws:${aws:username}}',
] as const
const ADDRESSES = [
  '10.0.0.1',
  '10.0.0.1',
  '10.0.0.2',
  '10.1.0.1',
  '192.0.2.7',
  '::ffff:10.0.0.1',
  '::FFFF:0a00:0001',
  '0:0:0:0:0:ffff:a00:2',
  '2001:db8::1',
  '2001:DB8:0:0:0:0:0:1',
  '2001:db8:1::1',
  '::1',
  '::10.0.0.1',
] as const
const BAD_ADDRESSES = ['10.0.0', '10.0.0.256', '010.0.0.1', '10.0.0.1/32', 'fe80::1%eth0', '', '1::2::3', '12345::'] as const
const RANGES = [
  ...ADDRESSES,
  '10.0.0.0/8',
  '10.0.0.0/24',
  '10.0.0.9/24',
  '10.0.0.1/31',
  '0.0.0.0/0',
  '128.0.0.0/1',
  '10.0.0.0/7',
  '::/0',
  '2001:db8::/32',
  '2001:db8::ff/33',
  '2001::/16',
  '::ffff:0:0/96',
  '::ffff:10.0.0.0/104',
  '::ffff:10.0.0.0/103',
  '::ffff:0:0/95',
  '2001:db8::1/128',
] as const
const BAD_RANGES = ['10.0.0.0/33', '10.0.0.0/08', '10.0.0.0/', '::/129', '10.0.0.0/-1', '10.0.0.0/24/24', 'any', '${aws:SourceIp}'] as const
const BASE64 = ['cmVk', 'Ymx1ZQ==', 'cg==', 'AA==', '', 'YWI=', '+/+/'] as const
const BAD_BASE64 = ['Ymx1ZQ', 'Ymx1ZR==', 'cmVk\n', '-_-_', 'cmV', 'r=', 'cg=', 'red!'] as const
const BOOLEANS = ['true', 'false', 'True', 'FALSE'] as const
const BAD_BOOLEANS = ['yes', '1', '', ' true'] as const
const ARNS = [
  'arn:aws:iam::111122223333:user/alice',
  'arn:aws:iam::111122223333:role/app',
  'arn:aws:iam::444455556666:user/bob',
  'arn:aws:sns:us-east-1:111122223333:topic',
  'arn:aws:sns:us-east-1:111122223333:topic:sub:1',
  'arn:aws:s3:us-east-1:111122223333:accesspoint/ap',
  'arn:aws:s3:::photos',
  'arn:aws:s3:::',
] as const
const ARN_OPERANDS = [
  ...ARNS,
  'arn:aws:iam::111122223333:*',
  'arn:aws:iam::*:user/*',
  'arn:*:iam::111122223333:role/a?p',
  'arn:aws:sns:*:111122223333:*',
  'arn:aws:sns:*:*:topic',
  'arn:aws:s*:us-????-1:1111*:*',
  '*:*:*:*:*:*',
  'arn:aws:s3:*:111122223333:accesspoint/*',
  'arn:aws:s3:us-east-1:*:accesspoint/*',
  'arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}',
  'arn:aws:iam::${aws:PrincipalTag/none}:*',
  "arn:aws:iam::${aws:PrincipalTag/none, '111122223333'}:user/*",
  'arn:aws:iam::111122223333:user/${*}',
] as const
const BAD_ARNS = [
  'alice',
  '',
  'arn:aws:iam',
  'urn:aws:iam::111122223333:user/alice',
  '*',
  'arn:aws:iam::111122223333',
  '${aws:PrincipalArn}',
  'arn:aws:iam::${:x',
] as const

export type Family = {
  readonly operators: readonly string[]
  readonly keys: readonly string[]
  readonly operands: readonly string[]
  readonly values: readonly string[]
  readonly badOperands: readonly string[]
  readonly badValues: readonly string[]
}
const comparisons = (family: string) =>
  ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map((end) => family + end)
export const FAMILIES: readonly Family[] = [
  {
    operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'],
    keys: [
      'aws:PrincipalTag/team',
      'aws:PrincipalTag/team',
      's3:prefix',
      's3:x-amz-acl',
      'aws:UserAgent',
      's3:ExistingObjectTag/env',
      's3:ExistingObjectTag/Env',
      's3:RequestObjectTagKeys',
      'aws:TagKeys',
      'aws:PrincipalOrgID',
      'aws:PrincipalOrgPaths',
      'aws:SourceVpc',
      'aws:SourceVpce',
      'aws:SourceAccount',
      'aws:userid',
      'aws:username',
      'aws:PrincipalAccount',
      'aws:PrincipalType',
      'aws:ResourceAccount',
      's3:DataAccessPointAccount',
    ],
    operands: STRING_OPERANDS,
    values: STRINGS,
    badOperands: BAD_STRINGS,
    badValues: STRINGS,
  },
  {
    operators: comparisons('Numeric'),
    keys: [
      's3:max-keys',
      's3:max-keys',
      's3:signatureAge',
      's3:TlsVersion',
      'aws:MultiFactorAuthAge',
      'aws:EpochTime',
      's3:RequestObjectTagKeys',
    ],
    operands: NUMBERS,
    values: NUMBERS,
    badOperands: BAD_NUMBERS,
    badValues: BAD_NUMBERS,
  },
  {
    operators: comparisons('Date'),
    keys: [
      'aws:CurrentTime',
      'aws:EpochTime',
      'aws:TokenIssueTime',
      's3:object-lock-retain-until-date',
      's3:object-lock-retain-until-date',
    ],
    operands: DATES,
    values: DATES,
    badOperands: BAD_DATES,
    badValues: BAD_DATES,
  },
  {
    operators: ['Bool'],
    keys: ['aws:SecureTransport', 'aws:MultiFactorAuthPresent', 'aws:ViaAWSService', 's3:ObjectCreationOperation'],
    operands: BOOLEANS,
    values: BOOLEANS,
    badOperands: BAD_BOOLEANS,
    badValues: BAD_BOOLEANS,
  },
  {
    operators: ['BinaryEquals'],
    keys: ['s3:if-match', 'aws:RequestTag/blob', 's3:RequestObjectTag/Blob'],
    operands: BASE64,
    values: BASE64,
    badOperands: BAD_BASE64,
    badValues: BAD_BASE64,
  },
  {
    operators: ['IpAddress', 'NotIpAddress'],
    keys: ['aws:SourceIp', 'aws:SourceIp', 'aws:SourceIp', 'aws:VpcSourceIp'],
    operands: RANGES,
    values: ADDRESSES,
    badOperands: BAD_RANGES,
    badValues: BAD_ADDRESSES,
  },
  {
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    keys: ['aws:PrincipalArn', 'aws:SourceArn', 'aws:SourceArn', 's3:DataAccessPointArn', 's3:x-amz-server-side-encryption-aws-kms-key-id'],
    operands: ARN_OPERANDS,
    values: ARNS,
    badOperands: BAD_ARNS,
    badValues: BAD_ARNS,
  },
  {
    operators: ['Null'],
    keys: [
      'aws:SourceIp',
      's3:max-keys',
      's3:prefix',
      'aws:PrincipalTag/team',
      's3:RequestObjectTagKeys',
      'aws:username',
      'aws:TokenIssueTime',
      'aws:userid',
    ],
    operands: ['true', 'false'],
    values: STRINGS,
    badOperands: ['maybe', ''],
    badValues: STRINGS,
  },
]
export const OPERATORS: readonly string[] = FAMILIES.flatMap(({ operators }) => operators)
