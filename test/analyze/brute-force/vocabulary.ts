/** What the small policies are made of. The alphabets are tiny, so that statements meet, nest and just miss one another. */
export const ACCOUNTS = ['1', '2', '3'] as const
/** A unique id of a deleted user, as S3 shows it. */
export const UNIQUE_ID = 'AIDAAAAAAAAAAAAA'
export const ROLE_ID = 'AROABBBBBBBBBBBB'
export const USERS = ['a', 'p/a', 'b'] as const
export const ROLES = ['r', 'p/r', 'q'] as const
export const SERVICES = ['s.amazonaws.com', 't.amazonaws.com'] as const
export const PROVIDERS = ['idp', 'accounts.google.com'] as const
export const CANONICAL_IDS = ['C1', 'C2'] as const
export const KEY_LETTERS = ['a', 'b', '/'] as const
export const ORGS = ['o-1', 'o-2'] as const

export const WILDCARD_ENTRIES = [
  ['AWS', 'arn:aws:iam::1:user/*'],
  ['AWS', 'arn:aws:iam::*:root'],
  ['AWS', 'arn:aws:iam::1:role/?'],
  ['Service', '*'],
  ['Service', '?.amazonaws.com'],
  ['Federated', 'id*'],
  ['CanonicalUser', 'C?'],
] as const

export const ACTION_PATTERNS = [
  's3:GetObject',
  's3:GetObject',
  's3:PutObject',
  's3:ListBucket',
  's3:ListBucket',
  's3:GetBucketLocation',
  's3:Get*',
  's3:Get*',
  's3:*Object',
  's3:???Object',
  's3:GetObject*',
  's3:List*',
  's3:*Bucket*',
  's3:*',
  's3:*',
  '*',
  'S3:getobject',
  's3:GetObjectTagging',
  's3:*BucketPolicy',
  's3:ListAllMyBuckets',
  's3:CreateBucket',
  's3:Frobnicate',
] as const

export const ODD_RESOURCES = [
  '*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::?/a*',
  'arn:aws:s3:::*/a',
  'arn:*:s3:::b/*',
  'arn:aws:s3:::c',
  'arn:aws:s3:::c/*',
  'arn:aws-cn:s3:::b/*',
  'arn:aws:s3:us-east-1::b/*',
  'b/*',
  'arn:aws:${aws:username}:::b/*',
  'arn:aws:s3:::b/${',
  'arn:aws:s3:::b/${aws:username',
] as const

export const VARIABLES = [
  '${aws:username}',
  '${aws:username}',
  "${aws:username, 'a'}",
  '${aws:PrincipalTag/t}',
  "${aws:PrincipalTag/t, 'a'}",
  "${aws:PrincipalTag/t, '*'}",
  '${AWS:userid}',
  '${s3:prefix}',
  "${s3:RequestObjectTagKeys, 'b'}",
  '${*}',
  '${?}',
] as const

export const NUMBERS = ['0', '1', '1', '2', '2', '1.5', '10', '1e1', '10.0', '-1'] as const
export const ADDRESSES = [
  '10.0.0.0/30',
  '10.0.0.0/31',
  '10.0.0.2',
  '10.0.0.2/31',
  '0.0.0.0/0',
  '::/0',
  '2001:db8::/126',
  '2001:db8::1',
  '::ffff:10.0.0.0/127',
] as const
/** 1790000000 seconds after 1970. */
export const NOW = 1_790_000_000_000
export const DATES = [
  '2026-09-21T14:13:20Z',
  '2026-09-21T16:13:20+02:00',
  '2026-09-21T14:13:20.001Z',
  '2026-09-21T14:13:21Z',
  '2026-09-21',
  '2026-09-22',
  '1790000000',
  '1790000000.0015',
  '0',
  '-1',
] as const
export const ARNS = [
  'arn:aws:iam::1:user/a',
  'arn:aws:iam::1:user/*',
  'arn:aws:iam::1:role/r',
  'arn:aws:iam::1:*',
  'arn:aws:iam::?:user/a',
  'arn:aws:iam::2:root',
  'arn:*:*:*:*:*',
  'arn:aws:sts::1:*',
  'arn:aws:iam::1:user/${aws:username}',
  'arn:aws:iam::${aws:PrincipalAccount}:user/a',
] as const
/** Operands that most operators cannot read. */
export const UNREADABLE = ['x', '', 'tru', '10.0.0', '2026-02-30'] as const
