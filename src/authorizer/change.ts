import type { DecisionProgram } from '../program/decision-program.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { SnapshotJson } from '../snapshot/snapshot-json.js'
import { ProgramDraft } from './program-draft.js'
import { renumberNames } from './renumber-names.js'

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
  const draft = new ProgramDraft()
  for (const account of accounts.values()) draft.addAccount(account)
  for (const bucket of buckets.values()) draft.addBucket(bucket)
  for (const key of keys.values()) draft.addKey(key)
  return draft.finish()
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
  const draft = new ProgramDraft(program)
  for (const id of [...(remove.accounts ?? []), ...accounts.keys()]) draft.removeAccount(id)
  for (const account of accounts.values()) draft.addAccount(account)
  for (const name of remove.buckets ?? []) draft.removeBucket(name)
  for (const bucket of buckets.values()) draft.addBucket(bucket)
  for (const accessKey of remove.keys ?? []) draft.removeKey(accessKey)
  for (const key of keys.values()) draft.addKey(key)
  return renumberNames(draft.finish())
}
