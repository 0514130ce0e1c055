import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AuthorizationRequest,
  Authorizer,
  type Decision,
  evaluate,
  parseSnapshot,
  RequestContext,
  SnapshotError,
  type SnapshotRow,
} from '../../src/index.js'
import { generateCase } from '../differential/generate.js'
import { mulberry32, type Random } from '../differential/random.js'
import {
  alice,
  anonymous,
  answerOf,
  authorizerOf,
  deny,
  docs,
  key,
  OTHER,
  OWNER,
  requestOf,
  snapshotOf,
  statement,
  withKey,
} from './ask.js'

const read = { bucket: 'docs', permission: 'read' }
const full = { bucket: '', permission: 'fullaccess' }
const get = { principal: alice, action: 's3:GetObject', bucket: 'docs', key: 'a' } as const
const byKey = { ...get, principal: withKey('AK') } as const
const root = { kind: 'aws', arn: `arn:aws:iam::${OWNER}:root` } as const
const secure = { Bool: { 'aws:SecureTransport': 'false' } }

const json = {
  buckets: [docs(statement({ Sid: 'open', Principal: { AWS: alice.arn } }), deny(secure)), { name: 'plain', owner: OTHER }],
  keys: [key('AK', read)],
  accounts: [{ id: OWNER, canonicalId: 'c0' }],
} as const
const rows = [
  { key: json.keys[0] },
  { bucket: json.buckets[1] },
  { account: json.accounts[0] },
  { bucket: json.buckets[0] },
] as unknown as readonly SnapshotRow[]
const isSecure = { context: { 'aws:SecureTransport': 'true' } }

function* inTurn<Item>(items: Iterable<Item>): Iterable<Item> {
  yield* items
}

async function* later<Item>(items: Iterable<Item>): AsyncIterable<Item> {
  for (const item of items) yield await Promise.resolve(item)
}

/** A member by a name that an object literal cannot have. */
const named = (name: string, value: unknown): object => JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`)

describe('from', () => {
  test.each<readonly [string, () => Authorizer | Promise<Authorizer>]>([
    ['text', () => Authorizer.from(JSON.stringify(json))],
    ['an object', () => Authorizer.from(json as object)],
    ['a parsed snapshot', () => Authorizer.from(snapshotOf(json))],
    ['a list of rows', () => Authorizer.from(rows)],
    ['rows one by one', () => Authorizer.from(inTurn(rows))],
    ['rows that come later', () => Authorizer.from(later(rows))],
    ['a set of rows', () => Authorizer.from(new Set(rows))],
    ['nothing, with everything', () => Authorizer.from({}).with(json as object)],
  ])('%s', async (_, make) => {
    const authorizer = await make()
    const answers = [
      { ...get, ...isSecure },
      { ...get, context: { 'aws:SecureTransport': 'false' } },
      { ...byKey, ...isSecure },
      { ...get, principal: { kind: 'canonicalUser', id: 'c0' }, ...isSecure } as const,
      { ...get, bucket: 'plain' },
      { ...byKey, principal: withKey('AK2') },
    ].map((request) => answerOf(authorizer.decide(request)))
    expect(answers).toEqual([
      'Allow policy-allows',
      'ExplicitDeny policy-denies',
      'Allow grant',
      'ImplicitDeny no-allow',
      'ImplicitDeny no-allow',
      'ImplicitDeny unknown-key',
    ])
  })

  test.each<readonly [string, string | object]>([
    ['nothing as text', '{}'],
    ['nothing', {}],
    ['empty lists', { buckets: [], keys: [], accounts: [] }],
    ['a schema', { $schema: 'snapshot.schema.json' }],
  ])('%s', (_, source) => {
    expect(answerOf(Authorizer.from(source).decide(get))).toBe('ImplicitDeny unknown-bucket')
    expect(answerOf(Authorizer.from(source).decide(byKey))).toBe('ImplicitDeny unknown-key')
  })

  test('no rows', async () => {
    expect(answerOf((await Authorizer.from([])).decide(get))).toBe('ImplicitDeny unknown-bucket')
  })

  test.each<readonly [string, string | object, RegExp]>([
    ['no JSON', '{', /^the snapshot cannot be read: /],
    ['a list', '[]', /^the snapshot cannot be read: /],
    ['an unknown member', { bukets: [] }, /bukets/],
    ['buckets that are no list', { buckets: {} }, /buckets/],
    ['a bucket without an owner', { buckets: [{ name: 'docs' }] }, /buckets\[0\]: .*owner/],
    ['a bucket twice', { buckets: [docs(), docs()] }, /`docs` is in buckets twice/],
    ['a key twice', { keys: [key('AK'), key('AK')] }, /`AK` is in keys twice/],
    ['a member twice', '{"buckets":[],"buckets":[]}', /buckets/],
    ['a grant without meaning', { keys: [key('AK', { bucket: 'docs', permission: 'all' })] }, /keys\[0\]/],
    ['several problems', { buckets: [{}], keys: [{}] }, / \(and \d+ more\)$/],
    [
      'a canonical id of two accounts',
      {
        accounts: [
          { id: '1', canonicalId: 'c' },
          { id: '2', canonicalId: 'c' },
        ],
      },
      /`c` is the canonical id of two accounts/,
    ],
  ])('a snapshot with a wrong form throws a SnapshotError with what parseSnapshot finds: %s', (_, source, message) => {
    const error = thrownBy(() => Authorizer.from(source))
    expect(error).toBeInstanceOf(SnapshotError)
    expect(error.name).toBe('SnapshotError')
    expect(error.message).toMatch(message)
    expect(shape((error as SnapshotError).diagnostics)).toEqual(shape(parseSnapshot(source).diagnostics))
  })

  test('a parsed snapshot with a canonical id of two accounts throws a TypeError', () => {
    const { accounts, ...rest } = snapshotOf({ accounts: [{ id: '1', canonicalId: 'c' }, { id: '2' }] })
    const two = new Map([...accounts].map(([id, account]) => [id, { ...account, canonicalId: 'c' }]))
    expect(() => Authorizer.from({ ...rest, accounts: two })).toThrow(new TypeError('`c` is the canonical id of two accounts'))
  })
})

describe('a row that cannot be read is named', () => {
  const good = { key: key('AK1') }
  const bucket = { bucket: docs() }
  const form = 'must have one member, `bucket`, `key` or `account`'
  test.each<readonly [string, readonly unknown[], string]>([
    ['no member', [good, {}], `row 2 ${form}`],
    ['two members', [{ ...good, ...bucket }], `row 1 ${form}`],
    ['another member', [good, bucket, { buckets: [] }], `row 3 ${form}`],
    ['null', [null], `row 1 ${form}`],
    ['a text', [good, 'bucket'], `row 2 ${form}`],
    ['__proto__', [named('__proto__', {})], `row 1 ${form}`],
    ['constructor', [named('constructor', {})], `row 1 ${form}`],
    ['a bucket without a name', [good, { bucket: { owner: OWNER } }], 'row 2 cannot be read: '],
    ['a key that is null', [{ key: null }], 'row 1 cannot be read: '],
    ['a key without grants', [good, good, { key: { accessKey: 'AK2', account: OWNER } }].slice(1), 'row 2 cannot be read: '],
    ['an account with an unknown member', [{ account: { id: '1', name: 'x' } }], 'row 1 cannot be read: '],
    ['a bucket twice', [bucket, good, bucket], 'row 3 repeats `docs`'],
    ['a key twice', [good, bucket, { key: key('AK1', read) }], 'two rows have the name `AK1`'],
    ['an account twice', [{ account: { id: '1' } }, { account: { id: '1' } }], 'row 2 repeats `1`'],
  ])('%s', async (_, bad, message) => {
    for (const source of [bad, inTurn(bad), later(bad)]) {
      await expect(Authorizer.from(source as Iterable<SnapshotRow>)).rejects.toThrow(message)
    }
  })

  test('a bucket, a key and an account may have one name', async () => {
    const authorizer = await Authorizer.from([{ key: key('docs', read) as never }, { bucket: docs() }, { account: { id: 'docs' } }])
    expect(authorizer.isAllowed({ ...get, principal: withKey('docs') })).toBe(true)
  })

  test('what the rows throw comes through, and rows that are no longer read are closed', async () => {
    async function* broken(): AsyncIterable<SnapshotRow> {
      yield good as never
      throw new Error('the database is gone')
    }
    await expect(Authorizer.from(broken())).rejects.toThrow('the database is gone')
    let isClosed = false
    function* closing(): Iterable<SnapshotRow> {
      try {
        for (;;) yield { bucket: docs() }
      } finally {
        isClosed = true
      }
    }
    await expect(Authorizer.from(closing())).rejects.toThrow('row 2 repeats `docs`')
    expect(isClosed).toBe(true)
  })

  test('a policy that cannot be read is no problem of its row', async () => {
    const authorizer = await Authorizer.from([{ bucket: { ...docs(), policy: '{' } }])
    expect(answerOf(authorizer.decide(get))).toBe('ExplicitDeny policy-unreadable')
  })
})

describe('quarantine', () => {
  const authorizer = authorizerOf({
    buckets: [
      { ...docs(), policy: '{"Statement":[' },
      { ...docs(statement({ Resource: ['arn:aws:s3:::good/*'] })), name: 'good' },
      { name: 'none', owner: OWNER },
      { name: 'odd', owner: OWNER, policy: { Statement: [statement(), { Effect: 'Maybe' }] } },
    ],
    keys: [key('AK', full), key('AK-prefix', { ...full, prefix: 'a' }), key('AK-read', read)],
  })
  const put = { action: 's3:PutBucketPolicy', bucket: 'docs' }
  test.each<readonly [string, object, string]>([
    ['the owner’s user', get, 'ExplicitDeny policy-unreadable'],
    ['anonymous', { ...get, principal: anonymous }, 'ExplicitDeny policy-unreadable'],
    ['a key with everything', byKey, 'ExplicitDeny policy-unreadable'],
    ['another bucket with an error', { ...get, bucket: 'odd' }, 'ExplicitDeny policy-unreadable'],
    ['a bucket with a policy', { ...get, bucket: 'good' }, 'Allow policy-allows'],
    ['a bucket without', { ...byKey, bucket: 'none' }, 'Allow grant'],
    ['rescue by root', { ...put, principal: root }, 'Allow owner-rescue'],
    ['rescue by a key with everything', { ...put, principal: withKey('AK') }, 'Allow owner-rescue'],
    ['… to read the policy', { ...put, principal: withKey('AK'), action: 's3:GetBucketPolicy' }, 'Allow owner-rescue'],
    ['… to remove it', { ...put, principal: withKey('AK'), action: 's3:DeleteBucketPolicy' }, 'Allow owner-rescue'],
    ['no rescue for its status', { ...put, principal: root, action: 's3:GetBucketPolicyStatus' }, 'ExplicitDeny policy-unreadable'],
    ['no rescue by a key with a prefix', { ...put, principal: withKey('AK-prefix') }, 'ExplicitDeny policy-unreadable'],
    ['no rescue by a key that reads', { ...put, principal: withKey('AK-read') }, 'ExplicitDeny policy-unreadable'],
    ['no rescue by a user', { ...put, principal: alice }, 'ExplicitDeny policy-unreadable'],
    ['no rescue for another action', { ...get, principal: root }, 'ExplicitDeny policy-unreadable'],
  ])('%s', (_, request, answer) => {
    expect(answerOf(authorizer.decide(requestOf(request)))).toBe(answer)
    expect(answerOf(authorizer.explain(requestOf(request)))).toBe(answer)
  })

  test('the diagnostics name the buckets', () => {
    const errors = authorizer.diagnostics.filter(({ severity }) => severity === 'error')
    expect([...new Set(errors.map(({ bucket }) => bucket))].sort()).toEqual(['docs', 'odd'])
  })

  test('the diagnostics are those of the snapshot', () => {
    scenes(200, ({ json, authorizer }) => {
      const expected = [...snapshotOf(json).buckets.values()].flatMap(({ name, policy }) =>
        (policy?.diagnostics ?? []).map((diagnostic) => ({ bucket: name, ...diagnostic })),
      )
      expect(shape(authorizer.diagnostics)).toEqual(shape(expected))
    })
  })
})

describe('decisions', () => {
  test('are frozen with all that is in them, and one object for one outcome', () => {
    scenes(300, ({ authorizer, requests }) => {
      const known = new Map<string, Decision>()
      for (const request of [...requests, ...requests]) {
        const decision = authorizer.decide(request)
        const { bucket = '' } = decision.statement === undefined ? {} : request
        const outcome = `${bucket} ${JSON.stringify(decision)}`
        expect([Object.isFrozen(decision), decision.statement === undefined || Object.isFrozen(decision.statement)]).toEqual([true, true])
        expect(known.get(outcome) ?? decision).toBe(decision)
        known.set(outcome, decision)
      }
    })
  })

  test('isAllowed is the verdict Allow', () => {
    scenes(200, ({ authorizer, requests }) => {
      for (const request of requests) expect(authorizer.isAllowed(request)).toBe(authorizer.decide(request).verdict === 'Allow')
    })
  })

  test('explain is the reference evaluator on the whole snapshot', () => {
    scenes(300, ({ snapshot, authorizer, requests }) => {
      for (const request of requests) expect(authorizer.explain(request)).toEqual(evaluate(snapshot, request))
    })
  })

  test('grantOf is the grant of explain', () => {
    scenes(600, ({ authorizer, requests }) => {
      for (const request of requests) expect(authorizer.grantOf(request)).toEqual(authorizer.explain(request).grant)
    })
  })

  test('what was asked before never matters', () => {
    scenes(150, ({ snapshot, authorizer, requests, random }) => {
      const alone = requests.map((request) => answerOf(Authorizer.from(snapshot).decide(request)))
      for (let count = 0; count < 50; count++) {
        const index = Math.floor(random() * requests.length)
        const request = requests[index] as AuthorizationRequest
        if (count % 7 === 0) authorizer.requirements(request)
        if (count % 11 === 0) expect(() => authorizer.decide({ ...byKey, principal: { kind: 'nobody' } } as never)).toThrow(TypeError)
        expect(answerOf(authorizer.decide(request))).toBe(alone[index])
      }
    })
  })

  test('a request with a member too many, or without a prototype, is answered like any other', () => {
    const authorizer = authorizerOf(json)
    const bare = Object.assign(Object.create(null), get, { context: Object.assign(Object.create(null), isSecure.context), extra: 1 })
    expect(answerOf(authorizer.decide(bare))).toBe('Allow policy-allows')
  })

  test('an authorizer keeps no text of a request', () => {
    const authorizer = authorizerOf({
      buckets: [docs(statement({ Condition: { StringLike: { 's3:prefix': 'x', 'aws:PrincipalTag/a': 'marker*' } } }))],
      keys: [key('AK', { ...read, prefix: 'marker' })],
    })
    for (const principal of [
      { kind: 'aws', arn: `arn:aws:iam::${OWNER}:user/marker`, userId: 'marker', roleArn: 'marker', account: 'marker' },
      { kind: 'service', service: 'marker' },
      { kind: 'canonicalUser', id: 'marker' },
      withKey('AK'),
    ] as const) {
      const context = { 's3:prefix': 'marker', 'aws:PrincipalTag/a': ['marker', 'marker 2'] }
      authorizer.decide({ ...get, principal, key: 'marker', operation: 'marker', context, unknown: ['marker'] })
      expect(JSON.stringify(Reflect.get(authorizer, 'registers'))).not.toContain('marker')
    }
  })
})

describe('a request that asks the same authorizer while it is read gets its own answer', () => {
  const authorizer = authorizerOf(json)
  const inner = { ...byKey, action: 's3:PutObject', key: 'other', context: { 'aws:SecureTransport': 'true' } }
  const asking = (request: object, member: string): AuthorizationRequest => {
    const value = Reflect.get(request, member)
    return Object.defineProperty({ ...request }, member, {
      enumerable: true,
      get() {
        expect(answerOf(authorizer.decide(inner))).toBe('ImplicitDeny no-allow')
        return value
      },
    }) as AuthorizationRequest
  }
  const whole = { ...get, time: 5, operation: 'GetObject', ...isSecure, unknown: ['s3:prefix'] }

  test.each(['principal', 'action', 'bucket', 'key', 'time', 'operation', 'context', 'unknown'])('by its %s', (member) => {
    for (const request of [whole, { ...whole, principal: withKey('AK') }, { ...whole, context: { 'aws:SecureTransport': 'false' } }]) {
      expect(authorizer.decide(asking(request, member))).toBe(authorizer.decide(request as AuthorizationRequest))
    }
  })

  test('by a condition key', () => {
    const request = { ...whole, context: asking(whole.context, 'aws:SecureTransport') as never }
    expect(answerOf(authorizer.decide(request))).toBe('Allow policy-allows')
  })

  test('by its principal’s ARN', () => {
    const request = { ...whole, principal: asking(whole.principal, 'arn') as never }
    expect(answerOf(authorizer.decide(request))).toBe('Allow policy-allows')
  })

  test('and a member that throws leaves the authorizer as it was', () => {
    const broken = {
      ...whole,
      get context(): never {
        throw new Error('no context')
      },
    }
    expect(() => authorizer.decide(broken)).toThrow('no context')
    expect(answerOf(authorizer.decide(whole))).toBe('Allow policy-allows')
  })
})

describe('hostile names are names like any other', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'length', '__defineGetter__']

  test.each(names)('%s as a key, a bucket and an account', (name) => {
    const nowhere = authorizerOf(json)
    const there = authorizerOf({
      buckets: [docs(), { name, owner: name }],
      keys: [{ ...key(name, { bucket: name, permission: 'read' }), account: name }],
      accounts: [{ id: name, canonicalId: name }],
    })
    const request = { ...get, principal: withKey(name), bucket: name }
    expect(answerOf(nowhere.decide(request))).toBe('ImplicitDeny unknown-key')
    expect(answerOf(nowhere.decide({ ...request, principal: alice }))).toBe('ImplicitDeny unknown-bucket')
    expect(answerOf(nowhere.decide({ ...get, action: name }))).toBe('ImplicitDeny unknown-action')
    expect(answerOf(there.decide(request))).toBe('Allow grant')
    expect(there.grantOf(request)).toEqual({ index: 0, bucket: name, permission: 'read' })
    expect(there.explain(request)).toMatchObject({ verdict: 'Allow', reason: 'grant' })
    expect(answerOf(there.with({ remove: { keys: [name], buckets: [name], accounts: [name] } }).decide(request))).toBe(
      'ImplicitDeny unknown-key',
    )
  })

  test.each(names)('%s as a condition key, which is absent until it is given', (name) => {
    const authorizer = authorizerOf({
      buckets: [docs(statement({ Sid: name, Condition: { Null: named(name, 'false') } }))],
    })
    const given = JSON.parse(`{${JSON.stringify(name)}:"x"}`)
    const lower = JSON.parse(`{${JSON.stringify(name.toLowerCase())}:"x"}`)
    const answers = [undefined, {}, lower, RequestContext.of({}), RequestContext.of(given)].map((context) =>
      authorizer.isAllowed({ ...get, ...(context && { context }) }),
    )
    expect(answers).toEqual([false, false, true, false, true])
    expect(authorizer.requirements(get)).toEqual([name.toLowerCase()])
  })
})

describe('a request of no valid form throws a TypeError', () => {
  const authorizer = authorizerOf(json)
  test.each<readonly [string, object, RegExp]>([
    ['an unknown kind of principal', { ...get, principal: { kind: 'role', arn: alice.arn } }, /there is no principal of kind "role"/],
    ['a principal without a kind', { ...get, principal: {} }, /there is no principal of kind/],
    ['no principal', { action: 's3:GetObject', bucket: 'docs', key: 'a' }, /./],
    ['an action on an object without its key', { principal: alice, action: 's3:GetObject', bucket: 'docs' }, /s3:GetObject needs a key/],
    ['… by an access key', { principal: withKey('AK'), action: 's3:PutObject', bucket: 'docs' }, /s3:PutObject needs a key/],
    ['… in a bucket that is not there', { principal: alice, action: 's3:GetObject', bucket: 'nowhere' }, /s3:GetObject needs a key/],
  ])('%s', (_, request, message) => {
    const invalid = request as AuthorizationRequest
    expect(() => authorizer.decide(invalid)).toThrow(TypeError)
    expect(() => authorizer.decide(invalid)).toThrow(message)
    expect(() => authorizer.isAllowed(invalid)).toThrow(message)
    expect(() => authorizer.grantOf(invalid)).toThrow(message)
    expect(() => authorizer.requirements(invalid)).toThrow(message)
    expect(answerOf(authorizer.decide({ ...get, ...isSecure }))).toBe('Allow policy-allows')
  })
})

test.each<readonly [time: number, bounds: object]>([
  [Number.NaN, { notBefore: '2020-01-01', expiresAt: '2021-01-01' }],
  [Number.NaN, { expiresAt: '2021-01-01' }],
  [Number.NaN, { notBefore: '2999-01-01' }],
  [Number.POSITIVE_INFINITY, { expiresAt: '2021-01-01' }],
  [Number.NEGATIVE_INFINITY, { notBefore: '2020-01-01' }],
])('a time of %s lets no key through that has expired or is not yet valid: %j', (time, bounds) => {
  const authorizer = authorizerOf({ buckets: [docs()], keys: [{ ...key('AK', read), ...bounds }] })
  const isAllowed = () => {
    try {
      return authorizer.isAllowed({ ...byKey, time })
    } catch {
      return false
    }
  }
  expect(isAllowed()).toBe(false)
})

interface Scene {
  readonly random: Random
  readonly json: object
  readonly snapshot: ReturnType<typeof snapshotOf>
  readonly authorizer: Authorizer
  readonly requests: readonly AuthorizationRequest[]
}

/** Random snapshots and requests by seed, which fast-check prints of one that breaks a law. */
function scenes(numRuns: number, check: (scene: Scene) => void): void {
  fc.assert(
    fc.property(fc.nat({ max: 0x7fffffff }), (seed) => {
      const random = mulberry32(seed)
      const { snapshot: json, requests } = generateCase(random)
      const snapshot = snapshotOf(json)
      check({ random, json, snapshot, authorizer: Authorizer.from(snapshot), requests: requests.map(requestOf) })
    }),
    { numRuns },
  )
}

/** Help may be made when it is asked for: a function is equal to no other. */
const shape = (diagnostics: readonly object[]): readonly string[] => diagnostics.map((diagnostic) => JSON.stringify(diagnostic)).sort()

function thrownBy(act: () => unknown): Error {
  try {
    act()
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}
