/** How users are called where a policy is kept. */
export type UserArn = (user: string) => string

/** The account that owns the buckets, to grantree. */
export const ACCOUNT = '111122223333'

/** Ceph's users of no tenant have no account. */
export const gatewayUser: UserArn = (user) => `arn:aws:iam:::user/${user}`
export const grantreeUser: UserArn = (user) => `arn:aws:iam::${ACCOUNT}:user/${user}`

/** The user whose requests are timed. */
export const READER = 'reader'

/**
 * A policy of so many statements, whose last one lets `reader` read. Those before are about other users' homes and about locked folders: about 150
 * bytes each, none applies to what is asked.
 */
export function bucketPolicy(bucket: string, statements: number, arnOf: UserArn): object {
  const others = Array.from({ length: statements - 1 }, (_, index) => otherStatement(bucket, index, arnOf))
  const decides = { Effect: 'Allow', Principal: { AWS: arnOf(READER) }, Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` }
  return { Version: '2012-10-17', Statement: [...others, decides] }
}

function otherStatement(bucket: string, index: number, arnOf: UserArn): object {
  const Resource = `arn:aws:s3:::${bucket}/home/user${index}/*`
  return index % 2 === 0
    ? { Effect: 'Allow', Principal: { AWS: arnOf(`user${index}`) }, Action: ['s3:GetObject', 's3:PutObject'], Resource }
    : { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource, Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }
}
