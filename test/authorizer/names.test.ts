import { describe, expect, test } from 'vitest'
import { changeProgram } from '../../src/authorizer/change.js'
import { type AuthorizationRequest, Authorizer, evaluate, type SnapshotChange } from '../../src/index.js'
import { decide } from '../../src/program/decide.js'
import { grantOf } from '../../src/program/grant-of.js'
import { MOST_NAMES } from '../../src/program/key-layout.js'
import { createRegisters } from '../../src/program/registers.js'
import { snapshotOf, withKey } from './ask.js'

/**
 * Names come and go: a key's grants name buckets, and nothing tells when the last grant that names one has gone. Once such names are more than
 * the others, all are numbered anew.
 */

type Change = SnapshotChange

/** A snapshot by name, to which changes are applied the plain way. */
class Plain {
  private readonly maps = { buckets: new Map<string, object>(), keys: new Map<string, object>(), accounts: new Map<string, object>() }

  get snapshot(): object {
    const { buckets, keys, accounts } = this.maps
    return { buckets: [...buckets.values()], keys: [...keys.values()], accounts: [...accounts.values()] }
  }

  apply({ remove = {}, buckets = [], keys = [], accounts = [] }: Change): void {
    for (const kind of ['buckets', 'keys', 'accounts'] as const) for (const name of remove[kind] ?? []) this.maps[kind].delete(name)
    for (const bucket of buckets) this.maps.buckets.set(bucket.name, bucket)
    for (const key of keys) this.maps.keys.set(key.accessKey, key)
    for (const account of accounts) this.maps.accounts.set(account.id, account)
  }
}

const policy = (...statements: readonly object[]) => ({
  Version: '2012-10-17',
  Statement: statements.map((each) => ({ Effect: 'Allow', Action: 's3:*', ...each })),
})
const onAll = (bucket: string) => ({ Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`] })

/** Names that are more than one thing: a bucket, an account and a canonical id, or what only a key names. */
const start: Change = {
  accounts: [
    { id: 'a1', canonicalId: 'c1' },
    { id: 'a2', canonicalId: 'a2' },
    { id: 'a3', canonicalId: 'b1', publicAccessBlock: { RestrictPublicBuckets: true } },
    { id: 'b2', canonicalId: 'a1' },
    { id: '__proto__', canonicalId: 'constructor' },
  ],
  buckets: [
    { name: 'b1', owner: 'a1', policy: policy({ Principal: { CanonicalUser: ['c1', 'a2', 'b1', 'constructor'] }, ...onAll('b1') }) },
    { name: 'b2', owner: 'a2' },
    { name: 'a1', owner: 'a3', policy: policy({ Principal: '*', ...onAll('a1') }) },
    { name: '__proto__', owner: '__proto__' },
    { name: 'quarantined', owner: 'only-owner', policy: '{' },
    { name: 'b3', owner: 'only-owner', policy: policy({ Principal: { AWS: 'arn:aws:iam::a4:user/k3' }, ...onAll('b3') }) },
  ],
  keys: [
    { accessKey: 'k1', account: 'a1', grants: [{ bucket: 'b1', permission: 'read' }] },
    {
      accessKey: 'k2',
      account: 'a2',
      arn: 'arn:aws:iam::a2:root',
      name: 'names may be more than names',
      grants: [
        { bucket: 'b2', actions: ['s3:GetObject', 's3:List*'], prefix: '写真/', sourceIp: ['10.0.0.0/8', '::1'] },
        { bucket: '', permission: 'fullaccess', prefix: 'x' },
        { bucket: 'future', actions: ['s3:CreateBucket'] },
      ],
    },
    {
      accessKey: 'k3',
      account: 'a4',
      notBefore: 0,
      grants: [
        ...Array.from({ length: 40 }, (_, at) => ({ bucket: `many-${(at * 17) % 40}`, permission: 'read' as const })),
        { bucket: 'b3', permission: 'read' },
      ],
    },
    { accessKey: '__proto__', account: '__proto__', grants: [{ bucket: '', permission: 'fullaccess' }] },
  ],
}

const principals: readonly AuthorizationRequest['principal'][] = [
  ...['k1', 'k2', 'k3', '__proto__', 'churn-0', 'churn-7', 'b1', 'constructor'].map(withKey),
  ...['c1', 'a2', 'b1', 'a1', 'constructor', '__proto__', 'old-1-1'].map((id) => ({ kind: 'canonicalUser', id }) as const),
  { kind: 'aws', arn: 'arn:aws:iam::a2:user/bob', identityVerdict: 'Allow' },
  { kind: 'aws', arn: 'arn:aws:iam::a3:root' },
  { kind: 'anonymous' },
]
const buckets = [
  'b1',
  'b2',
  'b3',
  'a1',
  'a2',
  'c1',
  '__proto__',
  'quarantined',
  'many-0',
  'many-39',
  'future',
  'only-owner',
  'constructor',
  'k1',
  'last-7-3',
  'arn:aws:iam::a2:root',
  's3:List*',
  '10.0.0.0/8',
  '写真/',
  'o',
]
const actions = [
  { action: 's3:GetObject', key: '写真/1' },
  { action: 's3:PutObject', key: 'x1' },
  { action: 's3:ListBucket' },
  { action: 's3:CreateBucket' },
  { action: 's3:DeleteBucketPolicy' },
  { action: 's3:ListAllMyBuckets' },
]
const requests: readonly AuthorizationRequest[] = principals.flatMap((principal) =>
  buckets.flatMap((bucket) => actions.map((each) => ({ principal, bucket, ...each, time: 5, context: { 'aws:SourceIp': '10.1.2.3' } }))),
)

function all(authorizer: Authorizer, request: AuthorizationRequest) {
  const { verdict, reason, statement, grant, identity } = authorizer.explain(request)
  return {
    decision: authorizer.decide(request),
    grant: authorizer.grantOf(request),
    requirements: authorizer.requirements(request),
    explained: { verdict, reason, statement, grant, identity },
  }
}

/** The authorizer answers as one compiled afresh, which answers as the reference evaluator. */
function expectSame(authorizer: Authorizer, plain: Plain): void {
  const snapshot = snapshotOf(plain.snapshot)
  const afresh = Authorizer.from(snapshot)
  for (const request of requests) {
    const seen = all(authorizer, request)
    expect(seen, JSON.stringify(request)).toEqual(all(afresh, request))
    const { verdict, reason, statement, grant, identity } = evaluate(snapshot, request)
    expect(seen.explained).toEqual({ verdict, reason, statement, grant, identity })
    expect([seen.decision.verdict, seen.decision.reason, seen.grant]).toEqual([verdict, reason, grant])
  }
}

/** Ten keys with so many grants each, on buckets that nothing else names. */
const churn = (round: string, count = 30): Change => ({
  keys: Array.from({ length: 10 }, (_, at) => ({
    accessKey: `churn-${at}`,
    account: 'a1',
    grants: Array.from({ length: count }, (_grant, number) => ({ bucket: `${round}-${at}-${number}`, permission: 'read' as const })),
  })),
})

describe('names that nothing refers to any more', () => {
  const plain = new Plain()
  plain.apply(start)
  const first = Authorizer.from(plain.snapshot)

  /** Applies changes to both until the names have been numbered anew; returns the authorizers right before and right after. */
  function renumbered(from: Authorizer): readonly [before: Authorizer, after: Authorizer] {
    let authorizer = from
    for (let round = 0; round < 100; round++) {
      const change = churn(`round-${round}`)
      const next = authorizer.with(change)
      plain.apply(change)
      if (next.program.nameCount < authorizer.program.nameCount) return [authorizer, next]
      authorizer = next
    }
    throw new Error('nothing was numbered anew')
  }

  const [before, after] = renumbered(first)
  plain.apply(churn('last'))
  const last = after.with(churn('last'))

  test('are no more once they are more than the others; what is left is what a snapshot compiled afresh has', () => {
    expect(before.program.nameCount).toBeGreaterThan(2 * after.program.nameCount)
    const afresh = Authorizer.from(plain.snapshot)
    // All names of the last two changes: 300 of the one before are there until the next time.
    expect(last.program.nameCount).toBe(afresh.program.nameCount + 300)
    expect(after.program.nameCount).toBe(afresh.program.nameCount)
    expect(after.program.names.count).toBe(after.program.nameCount - 1)
    expect(after.program.nameHashes.length).toBe(Math.ceil(after.program.nameCount / 1_024))
    expect(after.program.usualNames).toBe(after.program.nameCount)
  })

  test('the authorizer answers as one compiled afresh', () => {
    expectSame(last, plain)
  })

  test('the authorizers from before answer as ever', () => {
    const own = new Plain()
    own.apply(start)
    expectSame(first, own)
    const { identity } = before.explain({ principal: withKey('churn-0'), action: 's3:GetObject', bucket: 'b1', key: 'x' })
    const granted = identity.kind === 'grants' ? identity.grants.map(({ grant }) => grant.bucket) : []
    expect(granted).toEqual(Array.from({ length: 30 }, (_, number) => granted[0]?.replace(/0$/, String(number))))
  })

  test('two changes of a renumbered authorizer know nothing of each other', () => {
    const changes: readonly Change[] = [
      {
        keys: [{ accessKey: 'k1', account: 'new', grants: [{ bucket: 'fork-1', permission: 'read' }] }],
        buckets: [{ name: 'fork-1', owner: 'new' }],
      },
      {
        buckets: [{ name: 'fork-2', owner: 'new-2', policy: policy({ Principal: { CanonicalUser: 'c9' }, ...onAll('fork-2') }) }],
        accounts: [{ id: 'new-2', canonicalId: 'c9' }],
        remove: { accounts: ['a1', 'a3'], buckets: ['b2'], keys: ['k3'] },
      },
      {
        accounts: [{ id: 'a1', canonicalId: 'c8' }],
        keys: [{ accessKey: 'k1', account: 'a2', grants: [{ bucket: 'b2', permission: 'readwrite' }] }],
      },
    ]
    const forks = changes.map((change) => last.with(change))
    for (const [at, change] of changes.entries()) {
      const own = new Plain()
      own.apply(start)
      own.apply(churn('last'))
      own.apply(change)
      expectSame(forks[at] as Authorizer, own)
    }
    expectSame(last, plain)
  })

  test('again and again: the names stay within twice those in use and a thousand', () => {
    let authorizer = last
    let most = 0
    let times = 0
    for (let round = 0; round < 60; round++) {
      const next = authorizer.with(churn(`again-${round}`))
      if (next.program.nameCount < authorizer.program.nameCount) times++
      authorizer = next
      most = Math.max(most, authorizer.program.nameCount)
    }
    const own = new Plain()
    own.apply(start)
    own.apply(churn('again-59'))
    expect(times).toBeGreaterThan(5)
    expect(most).toBeLessThanOrEqual(2 * Authorizer.from(own.snapshot).program.nameCount + 1_024 + 300)
    expectSame(authorizer, own)
  })

  test('buckets, accounts and canonical ids that go are forgotten too, and those that come again are known', () => {
    let authorizer = last
    const own = new Plain()
    own.apply(start)
    own.apply(churn('last'))
    const change = (each: Change) => {
      authorizer = authorizer.with(each)
      own.apply(each)
    }
    const counts: number[] = []
    const old: { readonly authorizer: Authorizer; readonly seen: unknown }[] = []
    const seenBy = (each: Authorizer) => requests.filter((_, at) => at % 7 === 0).map((request) => all(each, request))
    for (let round = 0; round < 12; round++) {
      const names = Array.from({ length: 200 }, (_, at) => `old-${round}-${at}`)
      change({
        accounts: names.map((id) => ({ id, canonicalId: `canonical-${id}` })),
        buckets: names.map((name) => ({ name, owner: name, policy: policy({ Principal: '*', ...onAll(name) }) })),
      })
      counts.push(authorizer.program.nameCount)
      old.push({ authorizer, seen: seenBy(authorizer) })
      if (round % 3 !== 2) change({ remove: { accounts: names, buckets: names } })
      counts.push(authorizer.program.nameCount)
    }
    // No key has changed: those before and after the renumbering would share them all.
    for (const before of old) expect(seenBy(before.authorizer)).toEqual(before.seen)
    expect(counts.some((count, at) => count < (counts[at - 1] as number))).toBe(true)
    const afresh = Authorizer.from(own.snapshot)
    expectSame(authorizer, own)
    for (const name of ['old-2-0', 'old-2-199', 'old-11-7', 'old-0-0', 'old-10-3']) {
      for (const principal of [
        withKey('k1'),
        { kind: 'anonymous' } as const,
        { kind: 'canonicalUser', id: `canonical-${name}` } as const,
      ]) {
        const request: AuthorizationRequest = { principal, action: 's3:GetObject', bucket: name, key: 'a' }
        expect(all(authorizer, request)).toEqual(all(afresh, request))
      }
    }
  })
})

test('more names than one shard and one piece of hashes holds: numbered anew, keys with an index find their grants, and policies stay with their buckets', () => {
  const count = 5_000
  const many = (round: number) =>
    Array.from({ length: count / 50 }, (_, at) => ({
      accessKey: `key-${at}`,
      account: `account-${at}`,
      // Backwards, and not in the order in which the names first came.
      grants: Array.from({ length: 50 }, (_grant, number) => ({
        bucket: `${round % 2 === 0 ? 'even' : round}-${(at * 50 + 49 - number) % count}`,
        permission: 'read' as const,
        ...(number % 7 === 0 && { prefix: 'p/', sourceIp: [`10.${at}.0.0/16`] }),
      })),
    }))
  const named = Array.from({ length: 700 }, (_, at) => ({
    name: `even-${at * 7}`,
    owner: `account-${at % 90}`,
    ...(at % 3 === 0 && {
      policy: policy({ Sid: `s${at}`, Principal: { AWS: `arn:aws:iam::account-${at % 80}:user/x` }, ...onAll(`even-${at * 7}`) }),
    }),
  }))
  const plain = new Plain()
  let authorizer = Authorizer.from({ buckets: named })
  plain.apply({ buckets: named })
  let times = 0
  for (let round = 0; round < 7; round++) {
    const next = authorizer.with({ keys: many(round) })
    plain.apply({ keys: many(round) })
    if (next.program.nameCount < authorizer.program.nameCount + count / 2 && round > 0) times++
    authorizer = next
  }
  expect(times).toBeGreaterThan(0)
  const afresh = Authorizer.from(plain.snapshot)
  expect(authorizer.program.names.bits).toBeGreaterThan(0)
  const ask = (at: number, bucket: string): readonly AuthorizationRequest[] =>
    [
      withKey(`key-${Math.floor(at / 50)}`),
      withKey(`key-${at % 100}`),
      { kind: 'aws', arn: `arn:aws:iam::account-${at % 80}:user/x`, identityVerdict: 'Allow' } as const,
    ].map((principal) => ({ principal, action: 's3:GetObject', bucket, key: 'p/1', context: { 'aws:SourceIp': '10.3.0.1' } }))
  const asked = Array.from({ length: Math.ceil(count / 13) }, (_, at) => ask(13 * at, `even-${13 * at}`)).flat()
  const expectAnswers = (own: Authorizer, other: Authorizer, more: readonly AuthorizationRequest[] = []) => {
    for (const request of [...asked, ...more]) expect(all(own, request), JSON.stringify(request)).toEqual(all(other, request))
  }
  expectAnswers(authorizer, afresh)
  expect(authorizer.diagnostics).toEqual(afresh.diagnostics)

  // Two changes give the same numbers to names of their own.
  const forked = (name: string): Change => ({
    buckets: Array.from({ length: 20 }, (_, at) => ({ name: `${name}-${at}`, owner: `${name}-owner-${at}` })),
    accounts: Array.from({ length: 20 }, (_, at) => ({ id: `${name}-owner-${at}`, canonicalId: `${name}-canonical-${at}` })),
    keys: [
      {
        accessKey: 'key-3',
        account: `${name}-owner-3`,
        arn: `arn:aws:iam::${name}-owner-3:root`,
        grants: [{ bucket: '', permission: 'fullaccess' }],
      },
    ],
  })
  const forks = ['left', 'right'].map((name) => authorizer.with(forked(name)))
  for (const [at, name] of ['left', 'right'].entries()) {
    const own = Authorizer.from(plain.snapshot).with(forked(name))
    const more = Array.from({ length: 20 }, (_, each) => ask(150 + each, `${name}-${each}`)).flat()
    expectAnswers(forks[at] as Authorizer, own, more)
    expect(more.map((request) => (forks[at] as Authorizer).explain(request).owner)).toEqual(
      more.map(({ bucket }) => bucket?.replace('-', '-owner-')),
    )
  }
  expectAnswers(authorizer, afresh)
})

describe('up to the last number that a grant has room for', () => {
  const { program } = Authorizer.from({ buckets: [{ name: 'b', owner: 'o' }], keys: [{ accessKey: 'k', account: 'o', grants: [] }] })
  /** As if all other numbers had been given away. */
  const nearlyFull = { ...program, nameCount: MOST_NAMES - 1, usualNames: MOST_NAMES }
  const grants = ['b', 'last-but-one', 'last'].map((bucket) => ({ bucket, permission: 'read' as const }))
  const changed = (own: readonly object[]) => {
    const { buckets, keys, accounts } = snapshotOf({
      keys: [{ accessKey: 'k', account: 'o', grants: own }],
      buckets: [
        { name: 'last', owner: 'o' },
        { name: 'last-but-one', owner: 'o' },
      ],
    })
    return changeProgram(nearlyFull, { buckets, keys, accounts }, {})
  }

  test.each([3, 20])('a key with %i grants', (count) => {
    const others = Array.from({ length: count - 3 }, () => ({ bucket: 'b', permission: 'write' as const }))
    const last = changed([...others, ...grants])
    expect(last.nameCount).toBe(MOST_NAMES + 1)
    for (const bucket of ['b', 'last-but-one', 'last']) {
      const request: AuthorizationRequest = { principal: withKey('k'), action: 's3:GetObject', bucket, key: 'a' }
      expect(decide(last, createRegisters(), request)).toMatchObject({ verdict: 'Allow', reason: 'grant' })
      expect(grantOf(last, createRegisters(), request)).toMatchObject({ bucket, permission: 'read' })
      expect(decide(last, createRegisters(), { ...request, action: 's3:DeleteObject' }).reason).toBe('no-allow')
    }
  })

  test('one name more is refused', () => {
    expect(() => changed([...grants, { bucket: 'one-more', permission: 'read' }])).toThrow(RangeError)
  })
})
