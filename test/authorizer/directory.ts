import type { SnapshotChange } from '../../src/index.js'
import type { AccessKey, Account, Bucket, Grant, Request, Snapshot } from '../differential/format.js'
import { accessKey, account, publicAccessBlock } from '../differential/generate.js'
import { generatePolicy, type Statement } from '../differential/policies.js'
import { between, chance, choose, pick, type Random, times } from '../differential/random.js'
import { generateRequest } from '../differential/requests.js'
import * as words from '../differential/vocabulary.js'

/** How many names there are of a kind, and how many of them are taken at the start. */
export interface Sizes {
  readonly buckets: readonly [names: number, taken: number]
  readonly keys: readonly [names: number, taken: number]
  readonly accounts: readonly [names: number, taken: number]
}

const hostile = ['__proto__', 'constructor', 'toString']
const pool = (first: readonly string[], prefix: string, count: number): readonly string[] =>
  [...first, ...hostile, ...Array.from({ length: count }, (_, index) => `${prefix}${index}`)].slice(0, count)

/** A model of a snapshot that changes: what it holds, by name, as JSON. */
export class Directory {
  buckets = new Map<string, Bucket>()
  keys = new Map<string, AccessKey>()
  accounts = new Map<string, Account>()
  /** How many names there have been that only grants have. */
  private named = 0
  private readonly statements = new Map<Bucket, readonly Statement[]>()
  private readonly names: Readonly<Record<'buckets' | 'keys' | 'accounts' | 'canonicalIds', readonly string[]>>

  constructor(
    private readonly random: Random,
    { buckets, keys, accounts }: Sizes,
  ) {
    this.names = {
      buckets: pool(words.BUCKETS, 'bucket-', buckets[0]),
      keys: pool(['AK11', 'AK12', 'AK41', 'AK42'], 'AK-', keys[0]),
      accounts: pool(words.ACCOUNTS, 'account-', accounts[0]),
      canonicalIds: pool(words.CANONICAL_IDS, 'canonical-', 2 * accounts[0]),
    }
    for (const name of this.names.buckets.slice(0, buckets[1])) this.buckets.set(name, this.bucket(name))
    for (const name of this.names.keys.slice(0, keys[1])) this.keys.set(name, this.key(name))
    for (const [at, id] of this.names.accounts.slice(0, accounts[1]).entries()) {
      this.accounts.set(id, account(random, id, this.names.canonicalIds[at] as string))
    }
  }

  get snapshot(): Snapshot {
    return { buckets: [...this.buckets.values()], keys: [...this.keys.values()], accounts: [...this.accounts.values()] }
  }

  /** Something added, replaced or removed, or several; now and then removed and added at once. */
  change(): Required<Omit<SnapshotChange, '$schema'>> {
    const { random, names } = this
    const some = (all: readonly string[], present: ReadonlyMap<string, unknown>): readonly string[] => {
      const count = choose(random, [
        [6, () => 0],
        [4, () => 1],
        [1, () => between(random, 2, 5)],
      ])
      const taken = [...present.keys()]
      return [...new Set(times(count, () => pick(random, taken.length > 0 && chance(random, 0.5) ? taken : all)))]
    }
    const put = {
      buckets: some(names.buckets, this.buckets),
      keys: some(names.keys, this.keys),
      accounts: some(names.accounts, this.accounts),
    }
    const removed = (added: readonly string[], all: readonly string[], present: ReadonlyMap<string, unknown>): readonly string[] => [
      ...(chance(random, 0.25) ? some(all, present) : []),
      ...(chance(random, 0.3) ? added : []),
    ]
    return {
      remove: {
        buckets: removed(put.buckets, names.buckets, this.buckets),
        keys: removed(put.keys, names.keys, this.keys),
        accounts: removed(put.accounts, names.accounts, this.accounts),
      },
      buckets: put.buckets.map((name) => this.bucket(name)),
      keys: put.keys.map((name) => this.key(name)) as never,
      accounts: put.accounts.map((id) => account(random, id, pick(random, names.canonicalIds))),
    }
  }

  /** The accounts after a change; the change is impossible if two of them have one canonical id. */
  accountsAfter({ accounts, remove }: ReturnType<Directory['change']>): ReadonlyMap<string, Account> {
    return applied(
      this.accounts,
      accounts.map((each) => [each.id, each as Account]),
      remove.accounts,
    )
  }

  apply(change: ReturnType<Directory['change']>): void {
    this.accounts = new Map(this.accountsAfter(change))
    this.buckets = applied(
      this.buckets,
      change.buckets.map((each) => [each.name, each as Bucket]),
      change.remove.buckets,
    )
    this.keys = applied(
      this.keys,
      change.keys.map((each) => [each.accessKey, each as AccessKey]),
      change.remove.keys,
    )
  }

  /** A request about a few of the buckets and keys; now and then about one that is not there. */
  request(): Request {
    const { random, names } = this
    const few = <Item>(items: ReadonlyMap<string, Item>): readonly Item[] =>
      items.size === 0 ? [] : [...new Set(times(3, () => pick(random, [...items.values()])))]
    const buckets = few(this.buckets)
    const snapshot: Snapshot = {
      buckets: buckets.length > 0 ? buckets : [this.bucket('photos')],
      keys: few(this.keys),
      accounts: few(this.accounts),
    }
    const statements = new Map(buckets.map((bucket) => [bucket.name, this.statements.get(bucket) ?? []]))
    const request = generateRequest(random, snapshot, statements)
    const granted = this.keys.get(request.principal.accessKey ?? '')?.grants.filter(({ bucket }) => bucket !== '') ?? []
    return {
      ...request,
      ...(request.bucket !== undefined && granted.length > 0 && chance(random, 0.3) && { bucket: pick(random, granted).bucket }),
      ...(chance(random, 0.05) && { principal: { kind: 'key', accessKey: pick(random, names.keys) } }),
      ...(chance(random, 0.05) && { principal: { kind: 'canonicalUser', id: pick(random, names.canonicalIds) } }),
      ...(request.bucket !== undefined && chance(random, 0.05) && { bucket: pick(random, names.buckets) }),
    } as Request
  }

  private bucket(name: string): Bucket {
    const { random } = this
    const { statements, policy } = generatePolicy(random, name)
    const owner = pick(random, chance(random, 0.8) ? words.ACCOUNTS : this.names.accounts)
    const bucket = { name, owner, ...(chance(random, 0.9) && { policy }), ...publicAccessBlock(random, 0.3) }
    this.statements.set(bucket, statements)
    return bucket
  }

  /** A key as others are; some have a name of their own, or many grants: then mostly on buckets that nothing else names, and under prefixes. */
  private key(name: string): AccessKey {
    const { random } = this
    const few = accessKey(
      random,
      name,
      times(3, () => pick(random, this.names.buckets)),
    )
    return {
      ...few,
      ...(chance(random, 0.2) && { name: pick(random, ['the courier', '', '写真家', '\u0100']) }),
      ...(chance(random, 0.3) && { grants: this.manyGrants(few.grants) }),
    }
  }

  private manyGrants(few: readonly Grant[]): readonly Grant[] {
    const { random } = this
    const others = times(
      between(random, 10, 40),
      (): Grant => ({
        bucket: chance(random, 0.5) ? pick(random, this.names.buckets) : `only-in-grants-${this.named++}`,
        permission: pick(random, ['read', 'write', 'readwrite']),
        ...(chance(random, 0.4) && { prefix: pick(random, [...words.PREFIXES, '写真/', 'ä', '\u0100']) }),
      }),
    )
    return others.toSpliced(between(random, 0, others.length), 0, ...few)
  }
}

function applied<Item>(
  items: ReadonlyMap<string, Item>,
  added: readonly (readonly [string, Item])[],
  removed: readonly string[] = [],
): Map<string, Item> {
  const result = new Map(items)
  for (const name of removed) result.delete(name)
  for (const [name, item] of added) result.set(name, item)
  return result
}
