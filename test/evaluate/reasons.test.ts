import { describe, expect, test } from 'vitest'
import { reasonTexts } from '../../src/cli/render/reasons.js'
import type { DecisionWithGrant, Reason } from '../../src/decision/decision.js'
import { evaluate } from '../../src/evaluate/evaluate.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { OTHER, OWNER, snapshotOf } from './ask.js'

const T = 1790000000000
const CANONICAL = 'canon-owner'

const allow = (Sid: string, bucket: string, Principal: unknown, rest: Readonly<Record<string, unknown>> = {}) => ({
  Sid,
  Effect: 'Allow',
  Principal,
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${bucket}/*`,
  ...rest,
})
const deny = (Sid: string, bucket: string, rest: Readonly<Record<string, unknown>> = {}) =>
  allow(Sid, bucket, '*', { Effect: 'Deny', ...rest })
const bucket = (name: string, ...Statement: readonly object[]) => ({ name, owner: OWNER, policy: { Version: '2012-10-17', Statement } })
const key = (accessKey: string, rest: Readonly<Record<string, unknown>> = {}) => ({ accessKey, account: OWNER, grants: [], ...rest })
const user = (account: string, name: string) => `arn:aws:iam::${account}:user/${name}`

const snapshot = snapshotOf({
  buckets: [
    { name: 'bare', owner: OWNER },
    { name: 'broken', owner: OWNER, policy: { Statement: [{ Effect: 'Maybe' }] } },
    bucket('public', allow('', 'public', { AWS: user(OWNER, 'nobody') }), allow('Everybody', 'public', '*')),
    bucket(
      'denied',
      allow('Everybody', 'denied', '*'),
      deny('NotB', 'denied', { NotResource: 'arn:aws:s3:::denied/b*', Resource: undefined }),
    ),
    bucket('unsure', allow('Everybody', 'unsure', '*'), deny('Office', 'unsure', { Condition: { NumericEquals: { 's3:max-keys': 'x' } } })),
    {
      ...bucket('cut', allow('Fixed', 'cut', { AWS: user(OTHER, 'eve') }), allow('Everybody', 'cut', '*')),
      publicAccessBlock: { RestrictPublicBuckets: true },
    },
    { ...bucket('fixed', allow('Fixed', 'fixed', { AWS: user(OTHER, 'eve') })), publicAccessBlock: { RestrictPublicBuckets: true } },
    bucket('delegated', allow('Others', 'delegated', { AWS: [OTHER, OWNER] })),
    bucket('both', allow('Others', 'both', { AWS: OTHER }), allow('Eve', 'both', { AWS: user(OTHER, 'eve') })),
    bucket('unclear', allow('Tagged', 'unclear', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/x': 'y' } } })),
    bucket('canonical', allow('Canonical', 'canonical', { CanonicalUser: CANONICAL })),
  ],
  keys: [
    key('reader', {
      grants: [
        { bucket: 'other', permission: 'read' },
        { bucket: 'bare', permission: 'read' },
      ],
    }),
    key('lister', { grants: [{ bucket: 'bare', actions: ['s3:GetObject'] }] }),
    key('full', { grants: [{ bucket: '', permission: 'fullaccess' }] }),
    key('maker', { grants: [{ bucket: 'new', actions: ['s3:CreateBucket', 's3:ListAllMyBuckets'] }] }),
    key('nothing'),
    key('suspended', { status: 'suspended', grants: [{ bucket: '', permission: 'fullaccess' }] }),
    key('timed', { notBefore: T, expiresAt: T + 10, grants: [{ bucket: '', permission: 'fullaccess' }] }),
    key('foreign', { account: OTHER, grants: [{ bucket: '', permission: 'fullaccess' }] }),
    key('foreign nothing', { account: OTHER }),
  ],
  accounts: [{ id: OWNER, canonicalId: CANONICAL }],
})

const by = (accessKey: string): AuthorizationRequest['principal'] => ({ kind: 'key', accessKey })
const anonymous: AuthorizationRequest['principal'] = { kind: 'anonymous' }
const service: AuthorizationRequest['principal'] = { kind: 'service', service: 'logging.s3.amazonaws.com' }
const person = (
  account: string,
  name: string,
  identityVerdict?: 'Allow' | 'ExplicitDeny' | 'ImplicitDeny',
): AuthorizationRequest['principal'] => ({
  kind: 'aws',
  arn: name === 'root' ? `arn:aws:iam::${account}:root` : user(account, name),
  ...(identityVerdict !== undefined && { identityVerdict }),
})

/** Reading `key` in a bucket. */
const read = (principal: AuthorizationRequest['principal'], bucket: string, key = 'a'): AuthorizationRequest => ({
  principal,
  action: 's3:GetObject',
  bucket,
  key,
})

function decide(request: AuthorizationRequest): DecisionWithGrant {
  const { verdict, reason, statement, grant } = evaluate(snapshot, request)
  return { verdict, reason, ...(statement && { statement }), ...(grant && { grant }) }
}

const implicit = (reason: Reason): DecisionWithGrant => ({ verdict: 'ImplicitDeny', reason })
type Row = readonly [string, AuthorizationRequest, DecisionWithGrant]

/** Every reason, with the requests that reach it. */
const table = {
  'unknown-key': [
    ['a key that nobody has', read(by('nobody'), 'bare'), implicit('unknown-key')],
    ['also where the policy allows everybody', read(by('nobody'), 'public'), implicit('unknown-key')],
  ],
  'key-suspended': [
    ['its grants do not count', read(by('suspended'), 'bare'), implicit('key-suspended')],
    ['nor does a policy for everybody', read(by('suspended'), 'public'), implicit('key-suspended')],
  ],
  'key-time-unknown': [['a bound and no clock', read(by('timed'), 'public'), implicit('key-time-unknown')]],
  'key-not-yet-valid': [['too early', { ...read(by('timed'), 'public'), time: T - 1 }, implicit('key-not-yet-valid')]],
  'key-expired': [['too late', { ...read(by('timed'), 'public'), time: T + 10 }, implicit('key-expired')]],
  'identity-denies': [
    ['a user of the owner', read(person(OWNER, 'u', 'ExplicitDeny'), 'public'), { verdict: 'ExplicitDeny', reason: 'identity-denies' }],
    ['the root too', read(person(OWNER, 'root', 'ExplicitDeny'), 'bare'), { verdict: 'ExplicitDeny', reason: 'identity-denies' }],
  ],
  'unknown-action': [
    ['no such action', { ...read(by('full'), 'bare'), action: 's3:Frobnicate' }, implicit('unknown-action')],
    ['of another service', { ...read(by('full'), 'bare'), action: 'ec2:RunInstances' }, implicit('unknown-action')],
  ],
  'unsupported-action': [
    ['an access point', { ...read(by('full'), 'bare'), action: 's3:DeleteAccessPoint' }, implicit('unsupported-action')],
  ],
  'no-identity-allow': [
    ['a limited key lists all buckets', { principal: by('reader'), action: 's3:ListAllMyBuckets' }, implicit('no-identity-allow')],
    ['even if its actions name it', { principal: by('maker'), action: 's3:ListAllMyBuckets' }, implicit('no-identity-allow')],
    ['anonymous', { principal: anonymous, action: 's3:ListAllMyBuckets' }, implicit('no-identity-allow')],
    ['a silent identity side', { principal: person(OWNER, 'u'), action: 's3:ListAllMyBuckets' }, implicit('no-identity-allow')],
    ['another new bucket', { principal: by('maker'), action: 's3:CreateBucket', bucket: 'newer' }, implicit('no-identity-allow')],
    ['readers make no buckets', { principal: by('reader'), action: 's3:CreateBucket', bucket: 'other' }, implicit('no-identity-allow')],
  ],
  'unknown-bucket': [
    ['a bucket that nobody has', read(by('full'), 'nowhere'), implicit('unknown-bucket')],
    ['the root of some account', read(person(OWNER, 'root'), 'nowhere'), implicit('unknown-bucket')],
    ['deleting one', { principal: by('full'), action: 's3:DeleteBucket', bucket: 'nowhere' }, implicit('unknown-bucket')],
  ],
  'owner-rescue': [
    [
      'the root',
      { principal: person(OWNER, 'root'), action: 's3:PutBucketPolicy', bucket: 'broken' },
      { verdict: 'Allow', reason: 'owner-rescue' },
    ],
    ['a full key', { principal: by('full'), action: 's3:GetBucketPolicy', bucket: 'bare' }, { verdict: 'Allow', reason: 'owner-rescue' }],
  ],
  'policy-unreadable': [
    ['a full key', read(by('full'), 'broken'), { verdict: 'ExplicitDeny', reason: 'policy-unreadable' }],
    ['anonymous', read(anonymous, 'broken'), { verdict: 'ExplicitDeny', reason: 'policy-unreadable' }],
    [
      'making it again',
      { principal: by('full'), action: 's3:CreateBucket', bucket: 'broken' },
      { verdict: 'ExplicitDeny', reason: 'policy-unreadable' },
    ],
  ],
  'policy-denies': [
    [
      'a Deny that is true',
      read(by('full'), 'denied'),
      { verdict: 'ExplicitDeny', reason: 'policy-denies', statement: { index: 1, sid: 'NotB' } },
    ],
    [
      'a Deny that is unknown',
      { ...read(by('full'), 'unsure'), context: { 's3:max-keys': '5' } },
      { verdict: 'ExplicitDeny', reason: 'policy-denies', statement: { index: 1, sid: 'Office' } },
    ],
  ],
  'public-access-blocked': [
    ['anonymous', read(anonymous, 'cut'), implicit('public-access-blocked')],
    ['another account, though a fixed statement allows it', read(person(OTHER, 'eve', 'Allow'), 'cut'), implicit('public-access-blocked')],
    ['a full key of another account', read(by('foreign'), 'cut'), implicit('public-access-blocked')],
    ['an identity provider', read({ kind: 'federated', provider: 'x' }, 'cut'), implicit('public-access-blocked')],
    ['a canonical user that nobody knows', read({ kind: 'canonicalUser', id: 'x' }, 'cut'), implicit('public-access-blocked')],
    ['also what no statement is about', { ...read(anonymous, 'cut'), action: 's3:PutObject' }, implicit('public-access-blocked')],
  ],
  grant: [
    [
      'the first grant that allows',
      read(by('reader'), 'bare'),
      { verdict: 'Allow', reason: 'grant', grant: { index: 1, bucket: 'bare', permission: 'read' } },
    ],
    ['a grant of actions', read(by('lister'), 'bare'), { verdict: 'Allow', reason: 'grant', grant: { index: 0, bucket: 'bare' } }],
    [
      'before a policy that allows too',
      read(by('full'), 'public'),
      { verdict: 'Allow', reason: 'grant', grant: { index: 0, bucket: '', permission: 'fullaccess' } },
    ],
    [
      'on a restricted bucket',
      read(by('full'), 'cut'),
      { verdict: 'Allow', reason: 'grant', grant: { index: 0, bucket: '', permission: 'fullaccess' } },
    ],
    [
      'in its time',
      { ...read(by('timed'), 'bare'), time: T },
      { verdict: 'Allow', reason: 'grant', grant: { index: 0, bucket: '', permission: 'fullaccess' } },
    ],
    [
      'listing all buckets',
      { principal: by('full'), action: 's3:ListAllMyBuckets' },
      { verdict: 'Allow', reason: 'grant', grant: { index: 0, bucket: '', permission: 'fullaccess' } },
    ],
    [
      'a full key of any account makes a bucket',
      { principal: by('foreign'), action: 's3:CreateBucket', bucket: 'new' },
      { verdict: 'Allow', reason: 'grant', grant: { index: 0, bucket: '', permission: 'fullaccess' } },
    ],
    [
      'making its own new bucket',
      { principal: by('maker'), action: 's3:CreateBucket', bucket: 'new' },
      { verdict: 'Allow', reason: 'grant', grant: { index: 0, bucket: 'new' } },
    ],
    [
      'making a bucket that is there',
      { principal: by('full'), action: 's3:CreateBucket', bucket: 'bare' },
      { verdict: 'Allow', reason: 'grant', grant: { index: 0, bucket: '', permission: 'fullaccess' } },
    ],
  ],
  'identity-allows': [
    ['the owner’s root, by default', read(person(OWNER, 'root'), 'bare'), { verdict: 'Allow', reason: 'identity-allows' }],
    ['a user', read(person(OWNER, 'u', 'Allow'), 'bare'), { verdict: 'Allow', reason: 'identity-allows' }],
    ['before a policy that allows too', read(person(OWNER, 'u', 'Allow'), 'public'), { verdict: 'Allow', reason: 'identity-allows' }],
    [
      'listing all buckets',
      { principal: person(OWNER, 'u', 'Allow'), action: 's3:ListAllMyBuckets' },
      { verdict: 'Allow', reason: 'identity-allows' },
    ],
  ],
  'policy-allows': [
    ['anonymous', read(anonymous, 'public'), { verdict: 'Allow', reason: 'policy-allows', statement: { index: 1, sid: 'Everybody' } }],
    [
      'a key without grants',
      read(by('nothing'), 'public'),
      { verdict: 'Allow', reason: 'policy-allows', statement: { index: 1, sid: 'Everybody' } },
    ],
    [
      'a user',
      read(person(OWNER, 'u'), 'public'),
      { verdict: 'Allow', reason: 'policy-allows', statement: { index: 1, sid: 'Everybody' } },
    ],
    [
      'a statement with the empty Sid',
      read(person(OWNER, 'nobody'), 'public'),
      { verdict: 'Allow', reason: 'policy-allows', statement: { index: 0, sid: '' } },
    ],
    ['a service', read(service, 'public'), { verdict: 'Allow', reason: 'policy-allows', statement: { index: 1, sid: 'Everybody' } }],
    [
      'a service on a restricted bucket',
      read(service, 'cut'),
      { verdict: 'Allow', reason: 'policy-allows', statement: { index: 1, sid: 'Everybody' } },
    ],
    [
      'the owner’s account on a restricted bucket',
      read(person(OWNER, 'u'), 'cut'),
      { verdict: 'Allow', reason: 'policy-allows', statement: { index: 1, sid: 'Everybody' } },
    ],
    [
      'its canonical user there',
      read({ kind: 'canonicalUser', id: CANONICAL }, 'cut'),
      { verdict: 'Allow', reason: 'policy-allows', statement: { index: 1, sid: 'Everybody' } },
    ],
    [
      'what the Deny spares',
      read(anonymous, 'denied', 'b'),
      { verdict: 'Allow', reason: 'policy-allows', statement: { index: 0, sid: 'Everybody' } },
    ],
    [
      'a canonical user',
      read({ kind: 'canonicalUser', id: CANONICAL }, 'canonical'),
      { verdict: 'Allow', reason: 'policy-allows', statement: { index: 0, sid: 'Canonical' } },
    ],
  ],
  'both-allow': [
    [
      'a full key and everybody',
      read(by('foreign'), 'public'),
      {
        verdict: 'Allow',
        reason: 'both-allow',
        statement: { index: 1, sid: 'Everybody' },
        grant: { index: 0, bucket: '', permission: 'fullaccess' },
      },
    ],
    [
      'a user and its account',
      read(person(OTHER, 'u', 'Allow'), 'delegated'),
      { verdict: 'Allow', reason: 'both-allow', statement: { index: 0, sid: 'Others' } },
    ],
    [
      'the statement that names the caller is told first',
      read(person(OTHER, 'eve', 'Allow'), 'both'),
      { verdict: 'Allow', reason: 'both-allow', statement: { index: 1, sid: 'Eve' } },
    ],
    [
      'where no statement is public',
      read(person(OTHER, 'eve', 'Allow'), 'fixed'),
      { verdict: 'Allow', reason: 'both-allow', statement: { index: 0, sid: 'Fixed' } },
    ],
  ],
  'identity-side-missing': [
    ['another account and everybody', read(person(OTHER, 'u'), 'public'), implicit('identity-side-missing')],
    ['another account’s root is not allowed by default', read(person(OTHER, 'root'), 'public'), implicit('identity-side-missing')],
    ['a key without grants', read(by('foreign nothing'), 'public'), implicit('identity-side-missing')],
    ['another account, delegated to', read(person(OTHER, 'u'), 'delegated'), implicit('identity-side-missing')],
    ['the owner’s account, delegated to', read(person(OWNER, 'u'), 'delegated'), implicit('identity-side-missing')],
    ['a key of the owner’s account, delegated to', read(by('nothing'), 'delegated'), implicit('identity-side-missing')],
  ],
  'policy-side-missing': [
    ['a full key and no policy', read(by('foreign'), 'bare'), implicit('policy-side-missing')],
    ['a user and no statement', read(person(OTHER, 'u', 'Allow'), 'fixed'), implicit('policy-side-missing')],
    ['another root, even if it says yes', read(person(OTHER, 'root', 'Allow'), 'bare'), implicit('policy-side-missing')],
  ],
  'no-allow': [
    ['anonymous and no policy', read(anonymous, 'bare'), implicit('no-allow')],
    ['anonymous and no statement', { ...read(anonymous, 'public'), action: 's3:PutObject' }, implicit('no-allow')],
    ['a service', read(service, 'bare'), implicit('no-allow')],
    ['a key without grants', read(by('nothing'), 'bare'), implicit('no-allow')],
    ['a user', read(person(OWNER, 'u'), 'bare'), implicit('no-allow')],
    ['the owner’s root whose identity side is silent', read(person(OWNER, 'root', 'ImplicitDeny'), 'bare'), implicit('no-allow')],
    ['another account', read(person(OTHER, 'u'), 'bare'), implicit('no-allow')],
    ['an Allow that is unknown', { ...read(anonymous, 'unclear'), unknown: ['aws:PrincipalTag/*'] }, implicit('no-allow')],
    [
      'a canonical user of the account that is delegated to',
      read({ kind: 'canonicalUser', id: CANONICAL }, 'delegated'),
      implicit('no-allow'),
    ],
    ['restricted, but not public', read(anonymous, 'fixed'), implicit('no-allow')],
  ],
} as const satisfies Readonly<Record<Reason, readonly Row[]>>

describe.each(Object.entries(table))('%s', (reason, rows) => {
  test.each<Row>(rows)('%s', (_, request, expected) => {
    expect(expected.reason).toBe(reason)
    expect(decide(request)).toStrictEqual(expected)
  })
})

test('every reason has a text, and every text a reason', () => {
  expect(Object.keys(reasonTexts).sort()).toEqual(Object.keys(table).sort())
  expect(new Set(Object.values(reasonTexts)).size).toBe(Object.keys(table).length)
})

describe('the order of S2: where two lines apply, the earlier decides', () => {
  test.each<[string, AuthorizationRequest, Reason]>([
    ['1 before 7', { principal: by('nobody'), action: 's3:Frobnicate' }, 'unknown-key'],
    ['1 before 10', read(by('nobody'), 'nowhere'), 'unknown-key'],
    ['1 before 12', read(by('nobody'), 'broken'), 'unknown-key'],
    ['1 before 13', read(by('nobody'), 'denied'), 'unknown-key'],
    ['2 before 7', { principal: by('suspended'), action: 's3:Frobnicate' }, 'key-suspended'],
    ['2 before 9', { principal: by('suspended'), action: 's3:ListAllMyBuckets' }, 'key-suspended'],
    ['2 before 11', { principal: by('suspended'), action: 's3:PutBucketPolicy', bucket: 'bare' }, 'key-suspended'],
    ['2 before 12', read(by('suspended'), 'broken'), 'key-suspended'],
    ['3 before 7', { principal: by('timed'), action: 's3:Frobnicate' }, 'key-time-unknown'],
    ['3 before 11', { principal: by('timed'), action: 's3:PutBucketPolicy', bucket: 'bare' }, 'key-time-unknown'],
    ['4 before 11', { principal: by('timed'), action: 's3:PutBucketPolicy', bucket: 'bare', time: T - 1 }, 'key-not-yet-valid'],
    ['5 before 11', { principal: by('timed'), action: 's3:PutBucketPolicy', bucket: 'bare', time: T + 10 }, 'key-expired'],
    ['5 before 13', { ...read(by('timed'), 'denied'), time: T + 10 }, 'key-expired'],
    ['6 before 7', { principal: person(OWNER, 'u', 'ExplicitDeny'), action: 's3:Frobnicate' }, 'identity-denies'],
    ['6 before 8', { principal: person(OWNER, 'u', 'ExplicitDeny'), action: 's3:DeleteAccessPoint' }, 'identity-denies'],
    ['6 before 10', read(person(OWNER, 'u', 'ExplicitDeny'), 'nowhere'), 'identity-denies'],
    ['6 before 11', { principal: person(OWNER, 'root', 'ExplicitDeny'), action: 's3:PutBucketPolicy', bucket: 'bare' }, 'identity-denies'],
    ['6 before 12', read(person(OWNER, 'u', 'ExplicitDeny'), 'broken'), 'identity-denies'],
    ['6 before 13', read(person(OWNER, 'u', 'ExplicitDeny'), 'denied'), 'identity-denies'],
    ['7 before 10', { principal: by('full'), action: 's3:Frobnicate', bucket: 'nowhere' }, 'unknown-action'],
    ['7 before 12', { principal: by('full'), action: 's3:Frobnicate', bucket: 'broken' }, 'unknown-action'],
    ['8 before 10', { principal: by('full'), action: 's3:DeleteAccessPoint', bucket: 'nowhere' }, 'unsupported-action'],
    ['8 before 12', { principal: by('full'), action: 's3:DeleteAccessPoint', bucket: 'broken' }, 'unsupported-action'],
    ['9 before 10', { principal: by('reader'), action: 's3:ListAllMyBuckets', bucket: 'nowhere' }, 'no-identity-allow'],
    ['9 before 12', { principal: by('full'), action: 's3:ListAllMyBuckets', bucket: 'broken' }, 'grant'],
    ['9 before 13', { principal: by('full'), action: 's3:ListAllMyBuckets', bucket: 'denied' }, 'grant'],
    ['10 before 11', { principal: by('full'), action: 's3:PutBucketPolicy', bucket: 'nowhere' }, 'unknown-bucket'],
    ['11 before 12', { principal: by('full'), action: 's3:PutBucketPolicy', bucket: 'broken' }, 'owner-rescue'],
    ['11 before 15', { principal: by('full'), action: 's3:PutBucketPolicy', bucket: 'bare' }, 'owner-rescue'],
    ['12 before 15', read(by('full'), 'broken'), 'policy-unreadable'],
    ['13 before 14', { ...read(by('foreign'), 'denied') }, 'policy-denies'],
    ['13 before 15', read(by('full'), 'denied'), 'policy-denies'],
    ['14 before 15', read(by('foreign'), 'cut'), 'public-access-blocked'],
  ])('%s', (_, request, expected) => {
    expect(decide(request).reason).toBe(expected)
  })
})

describe('RestrictPublicBuckets, S10.1: the bucket’s or its owner’s', () => {
  const restrict = { RestrictPublicBuckets: true }
  const others = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true }
  test.each<[string, object | undefined, object | undefined, Reason]>([
    ['neither', undefined, undefined, 'policy-allows'],
    ['the bucket’s', restrict, undefined, 'public-access-blocked'],
    ['the owner’s', undefined, restrict, 'public-access-blocked'],
    ['both', restrict, restrict, 'public-access-blocked'],
    ['the other settings cut off nobody', others, others, 'policy-allows'],
  ])('%s', (_, ofBucket, ofOwner, expected) => {
    const blocked = snapshotOf({
      buckets: [{ ...bucket('b', allow('Everybody', 'b', '*')), ...(ofBucket && { publicAccessBlock: ofBucket }) }],
      accounts: [
        { id: OTHER, publicAccessBlock: restrict },
        { id: OWNER, ...(ofOwner && { publicAccessBlock: ofOwner }) },
      ],
    })
    expect(evaluate(blocked, read(anonymous, 'b')).reason).toBe(expected)
  })

  test('a Deny comes first', () => {
    const denied = snapshotOf({
      buckets: [{ ...bucket('b', allow('Everybody', 'b', '*'), deny('Nobody', 'b')), publicAccessBlock: restrict }],
    })
    expect(evaluate(denied, read(anonymous, 'b')).reason).toBe('policy-denies')
  })
})
