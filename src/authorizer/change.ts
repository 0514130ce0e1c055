import type { DecisionProgram } from '../program/decision-program.js'
import { shardOf } from '../program/shards.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { SnapshotJson } from '../snapshot/snapshot-json.js'
import { buildShards, changeShards } from './shard-table.js'
import { accountEntry, accountTable, bucketTable, type CanonicalId, canonicalIdTable, compileBucket, keyTable } from './tables.js'

/** What to change in a snapshot: buckets, keys and accounts to add or to put in place of those with their names, and names to remove first. */
export interface SnapshotChange extends SnapshotJson {
  readonly remove?: {
    readonly buckets?: readonly string[]
    readonly keys?: readonly string[]
    readonly accounts?: readonly string[]
  }
}

/** Compiles a snapshot. */
export function compileSnapshot({ buckets, keys, accounts }: Snapshot): DecisionProgram {
  const entries = [...accounts.values()].map(accountEntry)
  const canonicalIds = entries.flatMap(canonicalIdOf)
  checkUnique(canonicalIds)
  return {
    keys: buildShards(keyTable, [...keys.values()]),
    buckets: buildShards(bucketTable, Array.from(buckets.values(), compileBucket)),
    accounts: buildShards(accountTable, entries),
    canonicalIds: buildShards(canonicalIdTable, canonicalIds),
  }
}

const removable: readonly string[] = ['buckets', 'keys', 'accounts']

/** Throws a TypeError for what is no list of names to remove: a slip here would leave a key working that nobody wants to. */
export function checkRemovals(remove: unknown): asserts remove is NonNullable<SnapshotChange['remove']> {
  if (typeof remove !== 'object' || remove === null || Array.isArray(remove))
    throw new TypeError('`remove` must be an object of lists of names')
  for (const [member, names] of Object.entries(remove)) {
    if (!removable.includes(member)) throw new TypeError(`\`remove\` has no \`${member}\`; it has ${removable.join(', ')}`)
    if (names !== undefined && !(Array.isArray(names) && names.every((name) => typeof name === 'string')))
      throw new TypeError(`\`remove.${member}\` must be a list of names`)
  }
}

/** The program of the changed snapshot, which shares what the change does not touch. */
export function changeProgram(
  program: DecisionProgram,
  { buckets, keys, accounts }: Snapshot,
  remove: NonNullable<SnapshotChange['remove']>,
): DecisionProgram {
  const removedAccounts = remove.accounts ?? []
  const entries = [...accounts.values()].map(accountEntry)
  const replaced = new Set([...removedAccounts, ...accounts.keys()])
  const outdated = [...replaced].flatMap((id) => shardOf(program.accounts, id).get(id)?.canonicalId ?? [])
  const canonicalIds = entries.flatMap(canonicalIdOf)
  const present = canonicalIds.flatMap(([canonicalId]): readonly CanonicalId[] => {
    const account = shardOf(program.canonicalIds, canonicalId).get(canonicalId)
    return account === undefined || replaced.has(account) ? [] : [[canonicalId, account]]
  })
  checkUnique([...present, ...canonicalIds])
  return {
    keys: changeShards(keyTable, program.keys, keys.values(), remove.keys ?? []),
    buckets: changeShards(bucketTable, program.buckets, Array.from(buckets.values(), compileBucket), remove.buckets ?? []),
    accounts: changeShards(accountTable, program.accounts, entries, removedAccounts),
    canonicalIds: changeShards(canonicalIdTable, program.canonicalIds, canonicalIds, outdated),
  }
}

function canonicalIdOf({ canonicalId, id }: { readonly id: string; readonly canonicalId?: string }): readonly CanonicalId[] {
  return canonicalId === undefined ? [] : [[canonicalId, id]]
}

/** A canonical user id is that of one account, or nobody could tell whom a policy means by it. */
function checkUnique(canonicalIds: readonly CanonicalId[]): void {
  const seen = new Set<string>()
  for (const [canonicalId] of canonicalIds) {
    if (seen.has(canonicalId)) throw new TypeError(`\`${canonicalId}\` is the canonical id of two accounts`)
    seen.add(canonicalId)
  }
}
