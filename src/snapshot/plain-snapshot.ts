import { plainAccessKey } from '../grants/plain-access-key.js'
import { isPlainObject, isPlainText, plainList } from '../grants/plain-values.js'
import { nothingBlocked } from '../public-access/public-access-block.js'
import { readPolicyText } from './bucket-policy.js'
import type { Account, Bucket, Snapshot } from './snapshot.js'

/**
 * The snapshot that an object plainly is; undefined if it takes the reader of JSON to tell, as it does for policies that are objects. Twin:
 * parseSnapshot of the same as text, which tells where the problems are.
 */
export function plainSnapshot(value: object): Snapshot | undefined {
  if (!isPlainObject(value)) return undefined
  let buckets: ReadonlyMap<string, Bucket> | undefined = new Map()
  let keys: Snapshot['keys'] | undefined = new Map()
  let accounts: ReadonlyMap<string, Account> | undefined = new Map()
  for (const [member, given] of Object.entries(value)) {
    if (given === undefined || (member === '$schema' && isPlainText(given))) continue
    if (member === 'buckets') buckets = plainNamed(given, plainBucket, ({ name }) => name)
    else if (member === 'keys') keys = plainNamed(given, plainAccessKey, ({ accessKey }) => accessKey)
    else if (member === 'accounts') accounts = plainNamed(given, plainAccount, ({ id }) => id)
    else return undefined
  }
  if (buckets === undefined || keys === undefined || accounts === undefined || repeatsCanonicalId(accounts)) return undefined
  return { buckets, keys, accounts }
}

function plainNamed<Item>(
  value: unknown,
  read: (item: unknown) => Item | undefined,
  nameOf: (item: Item) => string,
): ReadonlyMap<string, Item> | undefined {
  const items = plainList(value, read)
  if (items === undefined) return undefined
  const named = new Map(items.map((item) => [nameOf(item), item] as const))
  return named.size === items.length ? named : undefined
}

/** The bucket that an object plainly is; undefined if it takes the reader of JSON to tell. */
export function plainBucket(value: unknown): Bucket | undefined {
  if (!isPlainObject(value)) return undefined
  const { name, owner, policy, ...others } = { ...value }
  if (!isName(name) || !isName(owner) || !isEmpty(others)) return undefined
  if (policy === undefined) return { name, owner, publicAccessBlock: { ...nothingBlocked } }
  return isPlainText(policy) ? { name, owner, publicAccessBlock: { ...nothingBlocked }, policy: readPolicyText(policy) } : undefined
}

function plainAccount(value: unknown): Account | undefined {
  if (!isPlainObject(value)) return undefined
  const { id, canonicalId, ...others } = { ...value }
  if (!isName(id) || !isEmpty(others)) return undefined
  if (canonicalId === undefined) return { id, publicAccessBlock: { ...nothingBlocked } }
  return isName(canonicalId) ? { id, publicAccessBlock: { ...nothingBlocked }, canonicalId } : undefined
}

function repeatsCanonicalId(accounts: ReadonlyMap<string, Account>): boolean {
  const ids = [...accounts.values()].flatMap(({ canonicalId }) => canonicalId ?? [])
  return new Set(ids).size < ids.length
}

function isName(value: unknown): value is string {
  return isPlainText(value) && value !== ''
}

function isEmpty(members: object): boolean {
  return Object.values(members).every((value) => value === undefined)
}
