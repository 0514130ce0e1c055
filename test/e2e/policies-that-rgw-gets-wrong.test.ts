import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { BucketJson, SnapshotJson } from '../../src/snapshot/snapshot-json.js'
import { type AwsSdk, awsSdk } from './clients/aws-sdk.js'
import { type Curl, curl } from './clients/curl.js'
import { type Answer, isAccessDenied } from './clients/s3-client.js'
import { keyPair } from './key-pair.js'
import { createUser } from './services/ceph.js'
import { type Stage, startStage } from './stage.js'

/**
 * What the Ceph gateway (16.2, Debian 12) makes of bucket policies is not what AWS documents. Each policy here is decided twice: by grantree
 * through nginx, as AWS documents it, worked by hand; and by the bare gateway, whose answer is noted so that a change is noticed.
 */
const { ceph, directory: parent } = inject('ground')
const ACCOUNT = '111122223333'
const OWNER = 'RIGHTOWNER0000000001'
const READER = 'RIGHTREADER000000001'
const PARTNER = 'RIGHTPARTNER00000001'
const directory = join(parent, 'rgw-policies')

const objects = ['dir/a.txt', 'dir/b.txt', 'dir/sub/b.txt', 'reader/a.txt', 'other/a.txt']
const text = (key: string): string => `the body of ${key}\n`

type Who = 'anonymous' | 'reader' | 'owner' | 'partner'
type Verdict = 'allowed' | 'denied'

/** Who asks how for what, with which headers; what AWS documents; what the gateway says, which is asked over http alone. */
type Row = readonly [
  who: Who,
  scheme: 'http' | 'https',
  request: string,
  headers: Readonly<Record<string, string>>,
  right: Verdict,
  gateway: Verdict | '-',
]

interface Topic {
  /** Also the bucket's name. */
  readonly name: string
  /** As AWS documents it. */
  readonly documented: string
  readonly version?: string
  /** Resources are below the bucket: `/*`; an empty one is the bucket itself. */
  readonly statements: readonly object[]
  readonly publicAccessBlock?: BucketJson['publicAccessBlock']
  /** What the gateway says to PutBucketPolicy. Default: stored. */
  readonly isStored?: boolean
  readonly rows: readonly Row[]
}

const everybodyReads = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '/*' }
const everybodyDoesAll = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: ['', '/*'] }
const nobody = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: '/*' }
const none = {}
const fromUs = { referer: 'https://example.com/page' }
const fromThem = { referer: 'https://example.org/page' }

const topics: readonly Topic[] = [
  {
    name: 'tls-only',
    documented: 'aws:SecureTransport is false over http, never absent',
    statements: [everybodyReads, { ...nobody, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    rows: [
      ['anonymous', 'http', 'GET dir/a.txt', none, 'denied', 'allowed'],
      ['reader', 'http', 'GET dir/a.txt', none, 'denied', 'allowed'],
      ['anonymous', 'https', 'GET dir/a.txt', none, 'allowed', '-'],
      ['reader', 'https', 'GET dir/a.txt', none, 'allowed', '-'],
    ],
  },
  {
    name: 'not-action-allow',
    documented: 'NotAction in an Allow matches every action but those listed',
    statements: [{ Effect: 'Allow', Principal: '*', NotAction: 's3:DeleteObject', Resource: '/*' }],
    rows: [
      ['anonymous', 'http', 'GET dir/a.txt', none, 'allowed', 'denied'],
      ['reader', 'http', 'PUT dir/a.txt', none, 'allowed', 'denied'],
      ['reader', 'http', 'DELETE dir/a.txt', none, 'denied', 'denied'],
    ],
  },
  {
    name: 'not-action-deny',
    documented: 'NotAction in a Deny denies every action but those listed',
    statements: [everybodyDoesAll, { Effect: 'Deny', Principal: '*', NotAction: 's3:GetObject', Resource: '/*' }],
    rows: [
      ['anonymous', 'http', 'GET dir/a.txt', none, 'allowed', 'allowed'],
      ['anonymous', 'http', 'PUT dir/b.txt', none, 'denied', 'allowed'],
      ['reader', 'http', 'DELETE dir/a.txt', none, 'denied', 'allowed'],
    ],
  },
  {
    name: 'star-in-the-middle',
    documented: 'an asterisk stands for any sequence of characters, slashes among them',
    statements: [{ ...everybodyReads, Resource: '/*/b.txt' }],
    rows: [
      ['anonymous', 'http', 'GET dir/b.txt', none, 'allowed', 'allowed'],
      ['anonymous', 'http', 'GET dir/sub/b.txt', none, 'allowed', 'denied'],
      ['anonymous', 'http', 'GET dir/a.txt', none, 'denied', 'denied'],
    ],
  },
  {
    name: 'star-in-a-deny',
    documented: 'the same in a Deny',
    statements: [everybodyReads, { ...nobody, Resource: '/*/b.txt' }],
    rows: [
      ['anonymous', 'http', 'GET dir/b.txt', none, 'denied', 'denied'],
      ['anonymous', 'http', 'GET dir/sub/b.txt', none, 'denied', 'allowed'],
      ['anonymous', 'http', 'GET dir/a.txt', none, 'allowed', 'allowed'],
    ],
  },
  {
    name: 'negated-operator',
    documented: 'a negated operator is true where the key is absent: "deny unless" denies',
    statements: [everybodyReads, { ...nobody, Condition: { StringNotLike: { 'aws:Referer': 'https://example.com/*' } } }],
    rows: [
      ['anonymous', 'http', 'GET dir/a.txt', none, 'denied', 'allowed'],
      ['anonymous', 'http', 'GET dir/a.txt', fromUs, 'allowed', 'allowed'],
      ['anonymous', 'http', 'GET dir/a.txt', fromThem, 'denied', 'denied'],
    ],
  },
  {
    name: 'not-equals-several',
    documented: 'StringNotEquals with several values is true if none of them is the key’s',
    statements: [everybodyReads, { ...nobody, Condition: { StringNotEquals: { 'aws:UserAgent': ['one', 'two'] } } }],
    rows: [
      ['anonymous', 'http', 'GET dir/a.txt', { 'user-agent': 'one' }, 'allowed', 'denied'],
      ['anonymous', 'http', 'GET dir/a.txt', { 'user-agent': 'two' }, 'allowed', 'denied'],
      ['anonymous', 'http', 'GET dir/a.txt', { 'user-agent': 'three' }, 'denied', 'denied'],
    ],
  },
  {
    name: 'null-true',
    documented: 'Null with true: the key must be absent',
    statements: [everybodyReads, { ...nobody, Condition: { Null: { 'aws:Referer': 'true' } } }],
    rows: [
      ['anonymous', 'http', 'GET dir/a.txt', none, 'denied', 'denied'],
      ['anonymous', 'http', 'GET dir/a.txt', fromUs, 'allowed', 'allowed'],
    ],
  },
  {
    name: 'null-false',
    documented: 'Null with false: the key must be there',
    statements: [everybodyReads, { ...nobody, Condition: { Null: { 'aws:Referer': 'false' } } }],
    rows: [
      ['anonymous', 'http', 'GET dir/a.txt', none, 'allowed', 'denied'],
      ['anonymous', 'http', 'GET dir/a.txt', fromUs, 'denied', 'allowed'],
    ],
  },
  {
    name: 'variable-in-resource',
    documented: 'variables may stand in Resource',
    statements: [{ ...everybodyReads, Resource: '/${aws:username}/*' }],
    isStored: false,
    rows: [
      ['reader', 'http', 'GET reader/a.txt', none, 'allowed', '-'],
      ['reader', 'http', 'GET other/a.txt', none, 'denied', '-'],
      ['anonymous', 'http', 'GET reader/a.txt', none, 'denied', '-'],
    ],
  },
  {
    name: 'variable-in-text',
    documented: 'variables may stand anywhere in a value',
    statements: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:ListBucket',
        Resource: '',
        Condition: { StringLike: { 's3:prefix': '${aws:username}/*' } },
      },
    ],
    isStored: false,
    rows: [
      ['reader', 'http', 'GET ?list-type=2&prefix=reader%2F', none, 'allowed', '-'],
      ['reader', 'http', 'GET ?list-type=2&prefix=other%2F', none, 'denied', '-'],
      ['reader', 'http', 'GET ?list-type=2', none, 'denied', '-'],
    ],
  },
  {
    name: 'variable-of-2008',
    documented: 'in a policy of 2008-10-17 `${aws:username}` is a text like any other',
    version: '2008-10-17',
    statements: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:ListBucket',
        Resource: '',
        Condition: { StringEquals: { 's3:prefix': '${aws:username}' } },
      },
    ],
    rows: [
      ['reader', 'http', 'GET ?list-type=2&prefix=reader', none, 'denied', 'allowed'],
      ['reader', 'http', 'GET ?list-type=2&prefix=%24%7Baws%3Ausername%7D', none, 'allowed', 'denied'],
    ],
  },
  {
    name: 'key-name-case',
    documented: 'names of condition keys ignore case',
    statements: [everybodyReads, { ...nobody, Condition: { StringLike: { 'AWS:referer': 'https://example.org/*' } } }],
    rows: [
      ['anonymous', 'http', 'GET dir/a.txt', fromThem, 'denied', 'allowed'],
      ['anonymous', 'http', 'GET dir/a.txt', fromUs, 'allowed', 'allowed'],
      ['anonymous', 'http', 'GET dir/a.txt', none, 'allowed', 'allowed'],
    ],
  },
  {
    name: 'native-boolean',
    documented: 'a value may be a JSON boolean',
    statements: [everybodyReads, { ...nobody, Condition: { Bool: { 'aws:SecureTransport': false } } }],
    isStored: false,
    rows: [
      ['anonymous', 'http', 'GET dir/a.txt', none, 'denied', '-'],
      ['anonymous', 'https', 'GET dir/a.txt', none, 'allowed', '-'],
    ],
  },
  {
    name: 'restrict-public-buckets',
    documented: 'RestrictPublicBuckets leaves a bucket with a public policy to its owner’s account',
    statements: [everybodyReads],
    publicAccessBlock: { RestrictPublicBuckets: true },
    rows: [
      ['anonymous', 'http', 'GET dir/a.txt', none, 'denied', 'allowed'],
      ['partner', 'http', 'GET dir/a.txt', none, 'denied', '-'],
      ['reader', 'http', 'GET dir/a.txt', none, 'allowed', 'allowed'],
      ['owner', 'http', 'GET dir/a.txt', none, 'allowed', 'allowed'],
    ],
  },
  {
    name: 'fixed-principal',
    documented: 'a policy that names its principals is not public: RestrictPublicBuckets does not touch it',
    // Grantree's and the gateway's spelling of two callers; neither knows the other's.
    statements: [{ ...everybodyReads, Principal: { AWS: ['arn:aws:iam::444455556666:user/partner', 'arn:aws:iam:::user/reader'] } }],
    publicAccessBlock: { RestrictPublicBuckets: true },
    rows: [
      ['partner', 'http', 'GET dir/a.txt', none, 'allowed', '-'],
      ['anonymous', 'http', 'GET dir/a.txt', none, 'denied', 'denied'],
    ],
  },
]

const way = { proxy: 'nginx', scheme: 'http' } as const
let stage: Stage
let gateway: AwsSdk
let browsers: Readonly<Record<Who, Curl | undefined>>

beforeAll(async () => {
  mkdirSync(directory)
  stage = await startStage(inject('ground'), {
    name: 'rgw-gets-wrong',
    snapshot: snapshotOf(topics),
    objects: Object.fromEntries(topics.flatMap(({ name }) => objects.map((key) => [`${name}/${key}`, text(key)]))),
  })
  gateway = awsSdk({ endpoint: ceph.url, keys: ceph.owner, directory })
  const reader = keyPair('BAREREADER0000000001')
  await createUser(ceph.conf, 'reader', reader)
  const owner = curl({ endpoint: ceph.url, keys: ceph.owner, directory })
  browsers = { anonymous: owner, owner, reader: curl({ endpoint: ceph.url, keys: reader, directory }), partner: undefined }
})

afterAll(() => stage?.stop())

describe.each(topics)('$name: $documented', (topic) => {
  test.each(topic.rows)('grantree: %s over %s: %s %j is %s', async (who, scheme, request, headers, right) => {
    const before = await stage.contents()
    const browser = stage.browser({ proxy: 'nginx', scheme }, accessKeys[who])
    const answer = await ask(browser, who, topic.name, request, headers)
    expectVerdict(answer, right, request)
    if (right === 'denied') expect(await stage.contents()).toEqual(before)
  })

  test('the bare gateway answers as noted', async () => {
    const bucket = `bare-${topic.name}`
    expect(await gateway.makeBucket(bucket)).toMatchObject({ ok: true })
    for (const key of objects) expect(await gateway.put(bucket, key, Buffer.from(text(key)))).toMatchObject({ ok: true })
    if (topic.publicAccessBlock?.RestrictPublicBuckets === true) {
      const block = { RestrictPublicBuckets: true }
      await gateway.sdk.send(new PutPublicAccessBlockCommand({ Bucket: bucket, PublicAccessBlockConfiguration: block }))
    }
    const stored = await putPolicy(bucket, JSON.stringify(policyOf(topic, bucket)))
    expect(stored).toMatchObject(topic.isStored === false ? { ok: false, status: 400, code: 'InvalidArgument' } : { ok: true })
    for (const [who, , request, headers, , verdict] of topic.rows) {
      const browser = browsers[who]
      if (verdict === '-' || browser === undefined) continue
      expectVerdict(await ask(browser, who, bucket, request, headers), verdict, request)
    }
  })
})

test('the bare gateway calls a policy public that names its principal', async () => {
  const { PolicyStatus } = await gateway.sdk.send(new GetBucketPolicyStatusCommand({ Bucket: 'bare-fixed-principal' }))
  expect(PolicyStatus?.IsPublic).toBe(true)
})

describe('an owner that locks itself out', () => {
  const lockedOut = [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: ['', '/*'] }]
  const topic = { name: 'tls-only', documented: '', statements: lockedOut }
  const repaired = (bucket: string) => JSON.stringify(policyOf({ ...topic, statements: [everybodyDoesAll] }, bucket))

  afterAll(() => stage.deciders.decideBy(snapshotOf(topics)))

  test('can still read, replace and delete the policy, and nothing else', async () => {
    stage.deciders.decideBy(snapshotOf([topic]))
    const owner = stage.browser(way, OWNER)
    const bucket = topic.name
    const put = { method: 'PUT', target: `/${bucket}?policy=`, body: Buffer.from(repaired(bucket)) }
    for (const request of ['GET dir/a.txt', 'PUT dir/a.txt', 'DELETE dir/a.txt', 'GET ?list-type=2']) {
      expectVerdict(await ask(owner, 'owner', bucket, request, none), 'denied', request)
    }
    expect(isAccessDenied(await stage.browser(way, READER).signed(put))).toBe(true)
    expect(await owner.signed({ target: `/${bucket}?policy=` })).toMatchObject({ ok: true })
    expect(await owner.signed(put)).toMatchObject({ ok: true })
    expect(await owner.signed({ target: `/${bucket}?policy=` })).toMatchObject({ ok: true, text: repaired(bucket) })
    expect(await owner.signed({ method: 'DELETE', target: `/${bucket}?policy=` })).toMatchObject({ ok: true })
  })

  test('is locked out of the bare gateway for good', async () => {
    const bucket = 'bare-locked-out'
    expect(await gateway.makeBucket(bucket)).toMatchObject({ ok: true })
    expect(await putPolicy(bucket, JSON.stringify(policyOf(topic, bucket)))).toMatchObject({ ok: true })
    expect(isAccessDenied(await putPolicy(bucket, repaired(bucket)))).toBe(true)
    const removal = gateway.sdk.send(new DeleteBucketPolicyCommand({ Bucket: bucket }))
    expect(isAccessDenied(await gateway.answer(removal))).toBe(true)
  })
})

/**
 * What AWS refuses with MalformedPolicy, the gateway stores. In a snapshot a document without meaning quarantines its bucket, and only the
 * policy can be repaired; one with a meaning allows nothing beside the owner's grant.
 */
describe.each([
  ['an empty document', 'denied', {}],
  [
    'a statement without Principal',
    'denied',
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::BUCKET/*' }] },
  ],
  [
    'a statement without Action',
    'denied',
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Resource: 'arn:aws:s3:::BUCKET/*' }] },
  ],
  [
    'another bucket’s resource',
    'allowed',
    {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::elsewhere/*' }],
    },
  ],
  [
    'an address range that is none',
    'allowed',
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::BUCKET/*',
          Condition: { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/99' } },
        },
      ],
    },
  ],
] as const)('%s', (_what, ofOwner, document) => {
  const policyFor = (bucket: string) => JSON.parse(JSON.stringify(document).replaceAll('BUCKET', bucket)) as object

  afterAll(() => stage.deciders.decideBy(snapshotOf(topics)))

  test('is stored by the bare gateway', async () => {
    expect(await gateway.makeBucket('bare-malformed')).toMatchObject({ ok: true })
    expect(await putPolicy('bare-malformed', JSON.stringify(policyFor('bare-malformed')))).toMatchObject({ ok: true })
  })

  test('lets grantree allow nobody anything, and the owner the repair', async () => {
    const bucket = 'null-true'
    stage.deciders.decideBy({ ...snapshotOf(topics), buckets: [{ name: bucket, owner: ACCOUNT, policy: policyFor(bucket) }] })
    for (const who of ['anonymous', 'reader', 'owner'] as const) {
      const browser = stage.browser(way, accessKeys[who])
      expectVerdict(await ask(browser, who, bucket, 'GET dir/a.txt', fromUs), who === 'owner' ? ofOwner : 'denied', who)
    }
    expect(await stage.browser(way, OWNER).signed({ method: 'DELETE', target: `/${bucket}?policy=` })).toMatchObject({ ok: true })
  })
})

const accessKeys: Readonly<Record<Who, string | undefined>> = { anonymous: undefined, owner: OWNER, reader: READER, partner: PARTNER }

function snapshotOf(of: readonly Omit<Topic, 'rows'>[]): SnapshotJson {
  return {
    buckets: of.map((topic) => ({
      name: topic.name,
      owner: ACCOUNT,
      policy: policyOf(topic, topic.name),
      ...(topic.publicAccessBlock === undefined ? {} : { publicAccessBlock: topic.publicAccessBlock }),
    })),
    keys: [
      { accessKey: OWNER, account: ACCOUNT, grants: [{ bucket: '', permission: 'fullaccess' }] },
      { accessKey: READER, account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/reader`, grants: [] },
      {
        accessKey: PARTNER,
        account: '444455556666',
        arn: 'arn:aws:iam::444455556666:user/partner',
        grants: [
          { bucket: 'fixed-principal', permission: 'read' },
          { bucket: 'restrict-public-buckets', permission: 'read' },
        ],
      },
    ],
  }
}

function policyOf({ version = '2012-10-17', statements }: Pick<Topic, 'version' | 'statements'>, bucket: string): object {
  const full = (resource: string) => `arn:aws:s3:::${bucket}${resource}`
  return {
    Version: version,
    Statement: statements.map((statement) => {
      const { Resource } = statement as { Resource: string | string[] }
      return { ...statement, Resource: typeof Resource === 'string' ? full(Resource) : Resource.map(full) }
    }),
  }
}

/** `GET dir/a.txt` of a bucket, or `GET ?list-type=2` of the bucket itself. */
function ask(browser: Curl, who: Who, bucket: string, request: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const [method = '', rest = ''] = request.split(' ')
  const target = `/${bucket}${rest.startsWith('?') ? rest : `/${rest}`}`
  const body = method === 'PUT' ? { body: Buffer.from('another body\n') } : {}
  return who === 'anonymous' ? browser.send({ method, target, headers, ...body }) : browser.signed({ method, target, headers, ...body })
}

function expectVerdict(answer: Answer, verdict: Verdict, what: string): void {
  if (verdict === 'allowed') expect(answer, what).toMatchObject({ ok: true })
  else expect(answer, what).toMatchObject({ ok: false, status: 403, code: 'AccessDenied' })
}

function putPolicy(bucket: string, Policy: string): Promise<Answer> {
  return gateway.answer(gateway.sdk.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy })))
}
