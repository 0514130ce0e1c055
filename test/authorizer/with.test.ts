import { describe, expect, test } from 'vitest'
import { renumberNames } from '../../src/authorizer/renumber-names.js'
import { type AuthorizationRequest, Authorizer, evaluate, type Snapshot, SnapshotError } from '../../src/index.js'
import { bucketPolicies } from '../../src/program/buckets.js'
import { hashOf } from '../../src/tables/hash.js'
import { readText } from '../../src/tables/packed-text.js'
import { ROW_TEXT, rowsOf, type Shard, shardFor, shardsOf, type Table } from '../../src/tables/table.js'
import type { Account } from '../differential/format.js'
import { chance, mulberry32, pick } from '../differential/random.js'
import { alice, answerOf, docs, key, OTHER, OWNER, requestOf, snapshotOf, statement, withKey } from './ask.js'
import { Directory, type Sizes } from './directory.js'

const seed = Number(process.env['GRANTREE_SEED'] ?? Date.now() % 0x7fffffff)
/** Of each run. */
const CHANGES = 1000
/** After every few changes. */
const REQUESTS = 40

type Run = readonly [title: string, checkedEvery: number, sizes: Sizes]
const runs: readonly Run[] = [
  ['nothing at the start, few names', 50, { buckets: [6, 0], keys: [8, 0], accounts: [5, 0] }],
  ['one shard of keys, one of names, which splits', 50, { buckets: [120, 50], keys: [200, 50], accounts: [150, 50] }],
  ['keys that become too many for one shard', 200, { buckets: [300, 200], keys: [6000, 2040], accounts: [300, 200] }],
  ['thousands of everything', 250, { buckets: [1500, 600], keys: [4000, 2500], accounts: [900, 700] }],
]

test.each(runs)(
  `an authorizer with ${CHANGES} changes is one of the changed snapshot: %s (GRANTREE_SEED=${seed})`,
  (_, checkedEvery, sizes) => {
    const random = mulberry32(seed)
    const directory = new Directory(random, sizes)
    let authorizer = Authorizer.from(directory.snapshot as object)
    const older: { readonly authorizer: Authorizer; readonly request: AuthorizationRequest; readonly seen: unknown }[] = []
    let refused = 0
    let renumbered = 0
    for (let number = 1; number <= CHANGES; number++) {
      const change = directory.change()
      const before = authorizer
      if (hasRepeatedId(directory.accountsAfter(change))) {
        expect(() => before.with(change)).toThrow(/is the canonical id of two accounts/)
        refused++
      } else {
        directory.apply(change)
        authorizer = before.with(change)
        expectShared(before, authorizer, new Set([...change.buckets.map(({ name }) => name), ...(change.remove.buckets ?? [])]))
        if (authorizer.program.nameCount < before.program.nameCount) renumbered++
      }
      if (number % checkedEvery !== 0) continue
      const snapshot = snapshotOf(directory.snapshot)
      const afresh = Authorizer.from(snapshot)
      const anew = numberedAnew(authorizer)
      expect(anew.program.nameCount).toBe(afresh.program.nameCount)
      for (let count = 0; count < REQUESTS; count++) {
        const request = requestOf(directory.request())
        const seen = all(authorizer, request)
        expect(seen, JSON.stringify({ seed, number, request })).toEqual(all(afresh, request))
        expect(all(anew, request)).toEqual(seen)
        expectReference(seen, snapshot, request)
        if (count < 5) older.push({ authorizer, request, seen })
      }
      expect([problems(authorizer), problems(anew)]).toEqual([problems(afresh), problems(afresh)])
      // Where names are few, they are numbered anew by themselves.
      if (sizes.keys[1] > 2000 && chance(random, 0.3)) authorizer = anew
    }
    for (const { authorizer, request, seen } of older) expect(all(authorizer, request)).toEqual(seen)
    expect(refused).toBeLessThan(CHANGES / 2)
    const { keys, names, nameCount } = authorizer.program
    expect([keys.count, keys.bits > 0, nameCount - 1]).toEqual([directory.keys.size, sizes.keys[1] > 2000, names.count])
    if (sizes.keys[1] < 2000) expect(renumbered).toBeGreaterThan(0)
  },
)

/** The authorizer with its names numbered anew, whether or not that is due. */
function numberedAnew({ program }: Authorizer): Authorizer {
  const anew = renumberNames({ ...program, usualNames: -program.nameCount - 1024 })
  return Reflect.construct(Authorizer, [{ ...anew, usualNames: program.usualNames }]) as Authorizer
}

/** Everything that an authorizer says of a request. */
function all(authorizer: Authorizer, request: AuthorizationRequest) {
  const { verdict, reason, statement, grant } = authorizer.explain(request)
  return {
    decision: authorizer.decide(request),
    grant: authorizer.grantOf(request),
    requirements: authorizer.requirements(request),
    explained: { verdict, reason, statement, grant },
  }
}

/** What is decided and explained is what the reference evaluator says of the snapshot, which no program has been made of. */
function expectReference({ decision, grant, explained }: ReturnType<typeof all>, snapshot: Snapshot, request: AuthorizationRequest): void {
  const { verdict, reason, statement, grant: first } = evaluate(snapshot, request)
  expect([decision.verdict, decision.reason, grant]).toEqual([verdict, reason, first])
  expect(explained).toEqual({ verdict, reason, statement, grant: first })
}

/** The diagnostics, but for their places: those of a policy that is an object are in the change that brought it. */
function problems({ diagnostics }: Authorizer): readonly string[] {
  return diagnostics.map(({ bucket, code, severity, message }) => `${bucket}: ${severity} ${code} ${message}`).sort()
}

function hasRepeatedId(accounts: ReadonlyMap<string, Account>): boolean {
  const ids = [...accounts.values()].flatMap(({ canonicalId }) => canonicalId ?? [])
  return new Set(ids).size < ids.length
}

function expectShared(before: Authorizer, after: Authorizer, changed: ReadonlySet<string>): void {
  const policies = policiesOf(after)
  const anew = [...policiesOf(before)].filter(([name, policy]) => !changed.has(name) && policies.get(name) !== policy)
  expect(anew).toEqual([])
}

const policiesOf = ({ program }: Authorizer) => new Map(Array.from(bucketPolicies(program), ({ bucket, policy }) => [bucket, policy]))

describe('what is not changed is shared', () => {
  const names = Array.from({ length: 5000 }, (_, index) => `AK-${index}`)
  const base = Authorizer.from({
    buckets: Array.from({ length: 6000 }, (_, index) => ({ ...(index < 10 ? docs(statement()) : docs()), name: `bucket-${index}` })),
    keys: names.map((name) => key(name, { bucket: 'bucket-1', permission: 'read' }) as never),
    accounts: Array.from({ length: 6000 }, (_, index) => ({ id: `account-${index}`, canonicalId: `canonical-${index}` })),
  })
  const tables = ['keys', 'names'] as const
  const shardOf = (table: Table, name: string) => shardFor(table, hashOf(name, table.seed))

  test.each([
    ['no change', {}, [], 0],
    ['names that are not there go', { remove: { keys: ['x'], buckets: ['x'], accounts: ['x'] } }, [], 0],
    ['a bucket', { buckets: [docs()] }, ['names'], 1],
    ['a bucket that goes', { remove: { buckets: ['bucket-7'] } }, ['names'], 1],
    ['a bucket of a new owner', { buckets: [{ name: 'bucket-7', owner: 'x' }] }, ['names'], 2],
    ['a key', { keys: [key('AK-7')] }, ['keys'], 1],
    ['a key with grants on buckets that are known', { keys: [key('x', { bucket: 'bucket-5999', permission: 'read' })] }, ['keys'], 1],
    [
      'a key with a grant on a bucket that nobody has named',
      { keys: [key('x', { bucket: 'x', permission: 'read' })] },
      ['keys', 'names'],
      1,
    ],
    ['a key that goes', { remove: { keys: ['AK-7'] } }, ['keys'], 1],
    ['an account without a canonical id', { accounts: [{ id: 'x' }] }, ['names'], 1],
    ['an account with a canonical id', { accounts: [{ id: 'x', canonicalId: 'c' }] }, ['names'], 2],
    ['an account that goes', { remove: { accounts: ['account-7'] } }, ['names'], 2],
  ] as const)('%s: no table but its own is made anew, and of that no more than a shard for each name', (_, change, touched, most) => {
    const { program } = base.with(change as object)
    expect(tables.filter((table) => program[table] !== base.program[table])).toEqual(touched)
    for (const table of touched) {
      const known: ReadonlySet<unknown> = shardsOf<Shard>(base.program[table])
      const anew = [...shardsOf<Shard>(program[table])].filter((shard) => !known.has(shard))
      // A shard may have become two.
      expect(anew.length).toBeLessThanOrEqual(2 * most)
      expect(known.size).toBeGreaterThan(4)
    }
  })

  test('of the keys of one shard, replaced all at once, no other shard is made anew', () => {
    const { words } = shardOf(base.program.keys, 'AK-7')
    const own = new Set(Array.from(rowsOf(words), (row) => readText(words, row + ROW_TEXT)))
    expect(own.has('AK-7')).toBe(true)
    const { program } = base.with({ keys: Array.from(own, (name) => key(name) as never) })
    const others = names.filter((name) => !own.has(name))
    expect(others.filter((name) => shardOf(program.keys, name) !== shardOf(base.program.keys, name))).toEqual([])
    expect(shardOf(program.keys, 'AK-7')).not.toBe(shardOf(base.program.keys, 'AK-7'))
  })

  test('a bucket that is replaced by its like is compiled again, the buckets of its shard are not', () => {
    const before = policiesOf(base)
    const after = policiesOf(base.with({ buckets: [{ ...docs(statement()), name: 'bucket-7' }] }))
    expect([...after].filter(([name, policy]) => before.get(name) !== policy).map(([name]) => name)).toEqual(['bucket-7'])
  })
})

const base = Authorizer.from({
  buckets: [docs(statement({ Principal: { CanonicalUser: 'c1' } }))],
  keys: [key('AK', { bucket: 'docs', permission: 'read' }) as never],
  accounts: [
    { id: OWNER, canonicalId: 'c0' },
    { id: OTHER, canonicalId: 'c1' },
  ],
})
const get = { principal: withKey('AK'), action: 's3:GetObject', bucket: 'docs', key: 'a' } as const
const byAlice = { ...get, principal: alice }
const byBob = { ...get, principal: { kind: 'aws', arn: `arn:aws:iam::${OTHER}:user/bob`, identityVerdict: 'Allow' } } as const

test.each([
  ['nothing', {}, get, 'Allow grant'],
  ['a key that goes', { remove: { keys: ['AK'] } }, get, 'ImplicitDeny unknown-key'],
  ['a key that goes and comes in one change', { remove: { keys: ['AK'] }, keys: [key('AK')] }, get, 'ImplicitDeny no-allow'],
  ['a key that is suspended', { keys: [{ ...key('AK'), status: 'suspended' }] }, get, 'ImplicitDeny key-suspended'],
  ['names that are not there go', { remove: { keys: ['x'], buckets: ['x'], accounts: ['x'] } }, get, 'Allow grant'],
  ['the bucket goes', { remove: { buckets: ['docs'] } }, get, 'ImplicitDeny unknown-bucket'],
  ['a policy that cannot be read', { buckets: [{ ...docs(), policy: '{' }] }, get, 'ExplicitDeny policy-unreadable'],
  ['a policy that denies', { buckets: [docs(statement({ Effect: 'Deny' }))] }, get, 'ExplicitDeny policy-denies'],
  ['another owner', { buckets: [{ ...docs(), owner: OTHER }] }, get, 'ImplicitDeny policy-side-missing'],
  ['nothing, for the account of a canonical id', {}, byBob, 'Allow both-allow'],
  ['the account goes', { remove: { accounts: [OTHER] } }, byBob, 'ImplicitDeny policy-side-missing'],
  ['the account loses its canonical id', { accounts: [{ id: OTHER }] }, byBob, 'ImplicitDeny policy-side-missing'],
  [
    'two accounts exchange their canonical ids',
    {
      accounts: [
        { id: OTHER, canonicalId: 'c0' },
        { id: OWNER, canonicalId: 'c1' },
      ],
    },
    byBob,
    'ImplicitDeny policy-side-missing',
  ],
  [
    'a canonical id goes to an account that comes as the other goes',
    { remove: { accounts: [OTHER] }, accounts: [{ id: OWNER, canonicalId: 'c1' }] },
    byBob,
    'ImplicitDeny policy-side-missing',
  ],
  [
    'the block of the owner’s account',
    {
      buckets: [docs(statement())],
      accounts: [{ id: OWNER, canonicalId: 'c0', publicAccessBlock: { RestrictPublicBuckets: true } }],
    },
    byBob,
    'ImplicitDeny public-access-blocked',
  ],
  ['a policy for everybody', { buckets: [docs(statement())] }, byAlice, 'Allow policy-allows'],
] as const)('with %s', (_, change, request, answer) => {
  expect(answerOf(base.with(change as object).decide(request))).toBe(answer)
  expect(answerOf(base.decide(get))).toBe('Allow grant')
})

test.each([
  ['a name twice', { buckets: [docs(), docs()] }, SnapshotError, /`docs` is in buckets twice/],
  ['a bucket without an owner', { buckets: [{ name: 'docs' }] }, SnapshotError, /buckets\[0\]/],
  ['keys that are no list', { keys: {} }, SnapshotError, /keys/],
  ['an unknown member', { bukets: [] }, SnapshotError, /bukets/],
  [
    'a canonical id of another account',
    { accounts: [{ id: '1', canonicalId: 'c1' }] },
    TypeError,
    /`c1` is the canonical id of two accounts/,
  ],
  [
    'a canonical id of two accounts of the change',
    {
      accounts: [
        { id: '1', canonicalId: 'c' },
        { id: '2', canonicalId: 'c' },
      ],
    },
    SnapshotError,
    /`c` is the canonical id of two accounts/,
  ],
  ['a list to remove', { remove: ['AK'] }, TypeError, /`remove` must be an object/],
  ['null to remove', { remove: null }, TypeError, /`remove` must be an object/],
  ['a name to remove that is in no list', { remove: { keys: 'AK' } }, TypeError, /`remove.keys` must be a list of names/],
  ['a number to remove', { remove: { keys: [7] } }, TypeError, /`remove.keys` must be a list of names/],
  ['another kind of thing to remove', { remove: { key: ['AK'] } }, TypeError, /`remove` has no `key`/],
] as const)('a change with %s is refused, and changes nothing', (_, change, error, message) => {
  expect(() => base.with(change as object)).toThrow(error as typeof Error)
  expect(() => base.with(change as object)).toThrow(message)
  expect(answerOf(base.decide(get))).toBe('Allow grant')
})

test('names may be removed and come again any number of times', () => {
  const random = mulberry32(7)
  const there = new Set<string>()
  let authorizer = Authorizer.from({ buckets: [docs()] })
  for (let count = 0; count < 500; count++) {
    const name = pick(random, ['__proto__', 'constructor', 'AK1', 'AK2'])
    const isThere = there.delete(name)
    if (!isThere) there.add(name)
    authorizer = authorizer.with(
      isThere ? { remove: { keys: [name] } } : { keys: [key(name, { bucket: 'docs', permission: 'read' }) as never] },
    )
    const answers = ['__proto__', 'constructor', 'AK1', 'AK2'].filter((each) => authorizer.isAllowed({ ...get, principal: withKey(each) }))
    expect(answers.sort()).toEqual([...there].sort())
  }
})
