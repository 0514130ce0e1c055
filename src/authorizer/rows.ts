import { plainAccessKey } from '../grants/plain-access-key.js'
import { isPlainObject } from '../grants/plain-values.js'
import { hasError } from '../policy/diagnostic.js'
import type { DecisionProgram } from '../program/decision-program.js'
import { parseSnapshot } from '../snapshot/parse-snapshot.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { AccountJson, BucketJson, KeyJson } from '../snapshot/snapshot-json.js'
import { ProgramDraft } from './program-draft.js'
import { SnapshotError } from './snapshot-error.js'

/** A snapshot's rows, for those who keep them in a database: one bucket, key or account each, in any order. */
export type SnapshotRow = { readonly bucket: BucketJson } | { readonly key: KeyJson } | { readonly account: AccountJson }

/** Compiles rows as they come. Throws SnapshotError for a row that cannot be read, TypeError for one that is no row or repeats a name. */
export async function readRows(rows: AsyncIterable<SnapshotRow> | Iterable<SnapshotRow>): Promise<DecisionProgram> {
  const reader = new RowReader()
  for await (const row of rows) reader.read(row)
  return reader.draft.finish()
}

/** That keys differ is checked when they are put into their table: a Set of a million would take more memory than the table. */
class RowReader {
  readonly draft = new ProgramDraft()
  private readonly buckets = new Set<string>()
  private readonly accounts = new Set<string>()
  private number = 0

  read(row: SnapshotRow): void {
    this.number++
    // Nearly all rows are keys, and right: these are read as they are.
    const key = plainAccessKey(onlyMember(row, 'key'))
    if (key !== undefined) this.draft.addKey(key)
    else this.readPart(readRow(row, this.number))
  }

  private readPart({ buckets, keys, accounts }: Snapshot): void {
    for (const bucket of buckets.values()) {
      this.checkNew(this.buckets, bucket.name)
      this.draft.addBucket(bucket)
    }
    for (const account of accounts.values()) {
      this.checkNew(this.accounts, account.id)
      this.draft.addAccount(account)
    }
    for (const key of keys.values()) this.draft.addKey(key)
  }

  private checkNew(names: Set<string>, name: string): void {
    if (names.has(name)) throw new TypeError(`row ${this.number} repeats \`${name}\``)
    names.add(name)
  }
}

/** The member of an object that has no other. */
function onlyMember(row: unknown, name: string): unknown {
  if (!isPlainObject(row)) return undefined
  for (const member in row) if (member !== name) return undefined
  return row[name]
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
