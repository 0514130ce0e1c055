import { keyStages, policyStages } from '../compile/stages.js'
import type { AccessKey } from '../grants/access-key.js'
import { flatText } from '../match/flat-text.js'
import { printPolicy } from '../policy/printer.js'
import type { AccountEntry, BucketEntry, BucketPolicyEntry } from '../program/decision-program.js'
import { type LoadedKeys, loadKeys } from '../program/key-program.js'
import { loadPolicy } from '../program/load.js'
import { readKeys } from '../program/read-keys.js'
import type { Account, Bucket } from '../snapshot/snapshot.js'
import type { ShardKind } from './shard-table.js'

const MOST_NAMES = 1024

/** Access keys, compiled shard by shard. */
export const keyTable: ShardKind<AccessKey, LoadedKeys> = {
  // Keys are compiled again with their shard; a table of names is only copied.
  mostEntries: 64,
  nameOf: ({ accessKey }) => accessKey,
  make: (keys) => loadKeys(keyStages(keys).layout),
  entriesOf: readKeys,
}

/** Buckets by name. */
export const bucketTable: ShardKind<BucketEntry, ReadonlyMap<string, BucketEntry>> = mapTable(({ name }) => name)

/** Accounts by id. */
export const accountTable: ShardKind<AccountEntry, ReadonlyMap<string, AccountEntry>> = mapTable(({ id }) => id)

/** An account and the canonical user id that it is found by. */
export type CanonicalId = readonly [canonicalId: string, account: string]

/** Accounts by canonical user id. */
export const canonicalIdTable: ShardKind<CanonicalId, ReadonlyMap<string, string>> = {
  mostEntries: MOST_NAMES,
  nameOf: ([canonicalId]) => canonicalId,
  make: (entries) => new Map(entries),
  entriesOf: (shard) => shard.entries(),
}

function mapTable<Entry>(nameOf: (entry: Entry) => string): ShardKind<Entry, ReadonlyMap<string, Entry>> {
  return {
    mostEntries: MOST_NAMES,
    nameOf,
    make: (entries) => new Map(entries.map((entry) => [nameOf(entry), entry])),
    entriesOf: (shard) => shard.values(),
  }
}

/** A bucket with its policy compiled. */
export function compileBucket({ name, owner, policy, publicAccessBlock }: Bucket): BucketEntry {
  return {
    name: flatText(name),
    owner: flatText(owner),
    restrictsPublic: publicAccessBlock.RestrictPublicBuckets,
    policy: compileBucketPolicy(name, policy),
  }
}

function compileBucketPolicy(name: string, stored: Bucket['policy']): BucketPolicyEntry {
  if (stored === undefined) return { kind: 'none' }
  const { policy, diagnostics } = stored
  if (policy === undefined) return { kind: 'unreadable', diagnostics }
  return { kind: 'program', program: loadPolicy(policyStages(policy, name).layout), text: printPolicy(policy, 0), diagnostics }
}

/** What decisions need of an account. */
export function accountEntry({ id, publicAccessBlock, canonicalId }: Account): AccountEntry {
  const entry = { id: flatText(id), restrictsPublic: publicAccessBlock.RestrictPublicBuckets }
  return canonicalId === undefined ? entry : { ...entry, canonicalId: flatText(canonicalId) }
}
