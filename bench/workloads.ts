import { freshRequest } from '../src/benchmark/fresh.js'
import { type AuthorizationRequest, Authorizer, type SnapshotJson } from '../src/index.js'
import { mulberry32, type Random } from '../test/differential/random.js'
import { ACCOUNT, Fleet } from './fleet.js'

/** A snapshot and an endless supply of requests for it. */
export interface Workload {
  readonly name: string
  readonly snapshot: SnapshotJson
  /** What a request says; its strings may have been used before. */
  describe(random: Random): AuthorizationRequest
  /** Makes requests whose strings nobody has hashed yet, as a gateway gets them from the network. */
  requests(random: Random, count: number): readonly AuthorizationRequest[]
}

const below = (random: Random, limit: number): number => Math.floor(random() * limit)

function workload(name: string, snapshot: SnapshotJson, describe: Workload['describe']): Workload {
  return {
    name,
    snapshot,
    describe,
    requests: (random, count) => Array.from({ length: count }, () => freshRequest(describe(random), 'plain')),
  }
}

/** Access keys with grants, and no policies: of the answers, about 58 % are Allow and 42 % ImplicitDeny. */
export function grantWorkload(keys: number, grants: number, buckets: number): Workload {
  const fleet = new Fleet(keys, grants, buckets)
  return workload(`${keys} keys × ${grants} grants`, fleet.snapshot(), (random) => fleet.lookUp(random).request)
}

/**
 * What the statements after the first two are, over and over. A group of six is about one user.
 * With the requests below, about 58 % of the answers are Allow, 20 % ExplicitDeny and 22 % ImplicitDeny.
 */
const families = ['home', 'listing', 'public', 'locked', 'team', 'embargo'] as const

const user = (group: number) => `arn:aws:iam::${ACCOUNT}:user/staff/user${group}`
const object = (key: string) => `arn:aws:s3:::big/${key}`

/**
 * One bucket whose policy refuses plain HTTP and deletes from elsewhere, and gives each user a home with a locked folder, its listing and a
 * folder for the team, and the public a folder with an embargo. 225 to 235 bytes a statement.
 */
export function policyWorkload(statements: number): Workload {
  const policy = {
    Version: '2012-10-17',
    Statement: [...bucketWide, ...Array.from({ length: statements - bucketWide.length }, (_, index) => statementAt(index))],
  }
  const snapshot = { buckets: [{ name: 'big', owner: ACCOUNT, policy }] }
  return workload(`policy of ${statements} statements`, snapshot, (random) =>
    requestFor(below(random, statements - bucketWide.length), statements - bucketWide.length, random),
  )
}

const bucketWide = [
  {
    Sid: 'RefuseWhatIsNotEncryptedOnTheWay',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: ['arn:aws:s3:::big', object('*')],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
  {
    Sid: 'RefuseDeletesFromElsewhere',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:DeleteObject',
    Resource: object('*'),
    Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  },
] as const

function statementAt(index: number) {
  const group = index - (index % families.length)
  const named = { Principal: { AWS: user(group) } }
  const everybody = { Principal: '*' }
  switch (families[index % families.length]) {
    case 'home':
      return {
        Sid: `ReadAndWriteTheirOwnHome${index}`,
        Effect: 'Allow',
        ...named,
        Action: ['s3:GetObject', 's3:PutObject'],
        Resource: object(`home/user${group}/*`),
      }
    case 'listing': {
      const Condition = { StringLike: { 's3:prefix': `home/user${group}/*` } }
      return {
        Sid: `ListTheirOwnHomeAndNoOther${index}`,
        Effect: 'Allow',
        ...named,
        Action: 's3:ListBucket',
        Resource: 'arn:aws:s3:::big',
        Condition,
      }
    }
    case 'public': {
      const Condition = { IpAddress: { 'aws:SourceIp': '203.0.113.0/25' } }
      return {
        Sid: `PublicFolderForOneHalfOfTheWholeOffice${index}`,
        Effect: 'Allow',
        ...everybody,
        Action: 's3:GetObject',
        Resource: object(`public/${group}/*`),
        Condition,
      }
    }
    case 'locked':
      return {
        Sid: `NobodyWritesIntoLockedFolders${index}`,
        Effect: 'Deny',
        ...named,
        Action: ['s3:PutObject', 's3:DeleteObject'],
        Resource: object(`home/user${group}/locked/*`),
      }
    case 'team': {
      const Condition = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }
      return {
        Sid: `FolderOfTheTeamFromTheirOffice${index}`,
        Effect: 'Allow',
        ...named,
        Action: ['s3:GetObject', 's3:DeleteObject'],
        Resource: object(`team/${group}/*`),
        Condition,
      }
    }
    default: {
      const Condition = { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/26' } }
      return {
        Sid: `EmbargoOutsideTheRoomOfTheEditors${index}`,
        Effect: 'Deny',
        ...everybody,
        Action: 's3:GetObject',
        Resource: object(`public/${group}/embargo/*`),
        Condition,
      }
    }
  }
}

/** A request about one statement: now and then over plain HTTP, or for what belongs to somebody else. */
function requestFor(index: number, most: number, random: Random): AuthorizationRequest {
  const group = index - (index % families.length)
  const place = random() < 1 / 4 ? below(random, most) : group
  const principal = { kind: 'aws', arn: user(group) } as const
  const photo = `${below(random, 1000)}.jpg`
  const context = {
    'aws:SourceIp': `203.0.113.${below(random, 192)}`,
    'aws:SecureTransport': random() < 1 / 32 ? 'false' : 'true',
  }
  switch (families[index % families.length]) {
    case 'home':
      return { principal, action: 's3:GetObject', bucket: 'big', key: `home/user${place}/${photo}`, context }
    case 'listing':
      return { principal, action: 's3:ListBucket', bucket: 'big', context: { ...context, 's3:prefix': `home/user${place}/2026` } }
    case 'public':
      return { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'big', key: `public/${group}/${photo}`, context }
    case 'locked':
      return {
        principal,
        action: 's3:PutObject',
        bucket: 'big',
        key: `home/user${place}/${random() < 1 / 2 ? 'locked/' : ''}${photo}`,
        context,
      }
    case 'team':
      return {
        principal,
        action: random() < 1 / 4 ? 's3:DeleteObject' : 's3:GetObject',
        bucket: 'big',
        key: `team/${place}/${photo}`,
        context,
      }
    default:
      return { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'big', key: `public/${group}/embargo/${photo}`, context }
  }
}

/** The seed of all requests: runs can be repeated. */
export const random = mulberry32(20_261_123)

export function authorizerOf({ snapshot }: Workload): Authorizer {
  return Authorizer.from(snapshot)
}
