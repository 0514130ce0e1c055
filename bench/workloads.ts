import { type AuthorizationRequest, Authorizer, type SnapshotJson } from '../src/index.js'
import { mulberry32, type Random } from '../test/differential/random.js'

/** A snapshot and an endless supply of requests for it. */
export interface Workload {
  readonly name: string
  readonly snapshot: SnapshotJson
  /** Makes requests whose strings nobody has hashed yet, as a gateway gets them from the network. */
  requests(random: Random, count: number): readonly AuthorizationRequest[]
}

const ACCOUNT = '111122223333'

/** A copy that shares nothing with the text: a Map hashes it anew. */
function fresh(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1')
}

const below = (random: Random, limit: number): number => Math.floor(random() * limit)

/** Access keys with grants, and no policies. */
export function grantWorkload(keys: number, grants: number, buckets: number): Workload {
  const bucketOf = (key: number, grant: number) => `bucket-${(key * 7 + grant * 131) % buckets}`
  const nameOf = (key: number) => `DO00${String(key).padStart(16, 'Q')}`
  return {
    name: `${keys} keys × ${grants} grants`,
    snapshot: {
      buckets: Array.from({ length: buckets }, (_, index) => ({ name: `bucket-${index}`, owner: ACCOUNT })),
      keys: Array.from({ length: keys }, (_, key) => ({
        accessKey: nameOf(key),
        account: ACCOUNT,
        grants: Array.from({ length: grants }, (_, grant) => ({
          bucket: bucketOf(key, grant),
          permission: (['read', 'readwrite', 'write'] as const)[grant % 3] ?? 'read',
        })),
      })),
    },
    requests: (random, count) =>
      Array.from({ length: count }, () => {
        const key = below(random, keys)
        return {
          principal: { kind: 'key', accessKey: fresh(nameOf(key)) },
          action: fresh('s3:GetObject'),
          bucket: fresh(bucketOf(key, below(random, grants))),
          key: fresh(`photos/${below(random, 100_000)}.jpg`),
          context: contextOf(random),
        }
      }),
  }
}

function contextOf(random: Random): Record<string, string> {
  return { 'aws:SourceIp': fresh(`203.0.113.${below(random, 256)}`), 'aws:SecureTransport': fresh('true') }
}

const HOME = 0
const LISTING = 1

/** One bucket whose policy refuses plain HTTP and foreign deletes, and gives each user a home, its listing, and the public a folder. */
export function policyWorkload(statements: number): Workload {
  const user = (index: number) => `arn:aws:iam::${ACCOUNT}:user/user${index}`
  const allow = (index: number) => {
    const home = index - (index % 3)
    const base = { Sid: `Statement${index}`, Effect: 'Allow' }
    if (index % 3 === HOME) {
      return {
        ...base,
        Principal: { AWS: user(home) },
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: `arn:aws:s3:::big/home/user${home}/*`,
      }
    }
    if (index % 3 === LISTING) {
      const Condition = { StringLike: { 's3:prefix': `home/user${home}/*` } }
      return { ...base, Principal: { AWS: user(home) }, Action: 's3:ListBucket', Resource: 'arn:aws:s3:::big', Condition }
    }
    const Condition = { IpAddress: { 'aws:SourceIp': '203.0.113.0/25' } }
    return { ...base, Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::big/public/${index}/*`, Condition }
  }
  const deny = { Effect: 'Deny', Principal: '*' }
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        ...deny,
        Action: 's3:*',
        Resource: ['arn:aws:s3:::big', 'arn:aws:s3:::big/*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        ...deny,
        Action: 's3:DeleteObject',
        Resource: 'arn:aws:s3:::big/*',
        Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
      },
      ...Array.from({ length: statements - 2 }, (_, index) => allow(index)),
    ],
  }
  return {
    name: `policy of ${statements} statements`,
    snapshot: { buckets: [{ name: 'big', owner: ACCOUNT, policy }] },
    requests: (random, count) =>
      Array.from({ length: count }, () => {
        const index = below(random, statements - 2)
        const home = index - (index % 3)
        const bucket = fresh('big')
        const principal = { kind: 'aws', arn: fresh(user(home)) } as const
        const context = contextOf(random)
        if (index % 3 === HOME) {
          return { principal, action: fresh('s3:GetObject'), bucket, key: fresh(`home/user${home}/${below(random, 1000)}.jpg`), context }
        }
        if (index % 3 === LISTING) {
          return { principal, action: fresh('s3:ListBucket'), bucket, context: { ...context, 's3:prefix': fresh(`home/user${home}/2026`) } }
        }
        return {
          principal: { kind: 'anonymous' },
          action: fresh('s3:GetObject'),
          bucket,
          key: fresh(`public/${index}/${below(random, 1000)}.jpg`),
          context,
        }
      }),
  }
}

/** The seed of all requests: runs can be repeated. */
export const random = mulberry32(20_261_123)

export function authorizerOf({ snapshot }: Workload): Authorizer {
  return Authorizer.from(snapshot)
}
