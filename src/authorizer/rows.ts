import type { AccessKey } from '../grants/access-key.js'
import { hasError } from '../policy/diagnostic.js'
import { parseSnapshot } from '../snapshot/parse-snapshot.js'
import type { Account, Bucket, Snapshot } from '../snapshot/snapshot.js'
import type { AccountJson, BucketJson, KeyJson } from '../snapshot/snapshot-json.js'
import { SnapshotError } from './snapshot-error.js'

/** A snapshot's rows, for those who keep them in a database: one bucket, key or account each, in any order. */
export type SnapshotRow = { readonly bucket: BucketJson } | { readonly key: KeyJson } | { readonly account: AccountJson }

/** Reads rows as they come. Throws SnapshotError for a row that cannot be read, TypeError for one that is no row or repeats a name. */
export async function readRows(rows: AsyncIterable<SnapshotRow> | Iterable<SnapshotRow>): Promise<Snapshot> {
  const buckets = new Map<string, Bucket>()
  const keys = new Map<string, AccessKey>()
  const accounts = new Map<string, Account>()
  let number = 0
  for await (const row of rows) {
    number++
    const part = readRow(row, number)
    addAll(buckets, part.buckets, number)
    addAll(keys, part.keys, number)
    addAll(accounts, part.accounts, number)
  }
  return { buckets, keys, accounts }
}

const members = { bucket: 'buckets', key: 'keys', account: 'accounts' } as const

function readRow(row: SnapshotRow, number: number): Snapshot {
  const [[member, value] = [], ...others] = Object.entries(row ?? {})
  if (member === undefined || others.length > 0 || !Object.hasOwn(members, member)) {
    throw new TypeError(`row ${number} must have one member, \`bucket\`, \`key\` or \`account\``)
  }
  const { snapshot, diagnostics } = parseSnapshot({ [members[member as keyof typeof members]]: [value] })
  if (snapshot === undefined || hasError(diagnostics)) throw new SnapshotError(`row ${number}`, diagnostics)
  return snapshot
}

function addAll<Item>(items: Map<string, Item>, added: ReadonlyMap<string, Item>, number: number): void {
  for (const [name, item] of added) {
    if (items.has(name)) throw new TypeError(`row ${number} repeats \`${name}\``)
    items.set(name, item)
  }
}
