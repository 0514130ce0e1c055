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
  const draft = new ProgramDraft()
  const names = new Set<string>()
  let number = 0
  const checkNew = (kind: string, name: string): void => {
    if (names.has(`${kind} ${name}`)) throw new TypeError(`row ${number} repeats \`${name}\``)
    names.add(`${kind} ${name}`)
  }
  for await (const row of rows) {
    number++
    const { buckets, keys, accounts } = readRow(row, number)
    for (const bucket of buckets.values()) {
      checkNew('bucket', bucket.name)
      draft.addBucket(bucket)
    }
    for (const account of accounts.values()) {
      checkNew('account', account.id)
      draft.addAccount(account)
    }
    // That keys differ is checked when they are put into their table: a Set of a million would take more memory than the table.
    for (const key of keys.values()) draft.addKey(key)
  }
  return draft.finish()
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
