import type { NameNumbers } from '../compile/lay-out-key.js'
import { policyOf } from '../program/buckets.js'
import { type DecisionProgram, NAMES_PER_PIECE, type StoredPolicy } from '../program/decision-program.js'
import { MOST_NAMES } from '../program/key-layout.js'
import * as layout from '../program/name-layout.js'
import { findName, memberOfName, NO_NAME, textOfNumber } from '../program/names.js'
import { hashOf } from '../tables/hash.js'
import { RowWriter } from '../tables/row-writer.js'
import { hashFor, shardFor } from '../tables/table.js'
import { buildTable, changeTable } from '../tables/write-table.js'
import { nameKind } from './shard-kinds.js'

/** What is known of a name, to be changed: the members of name-layout.ts, with names instead of their numbers. */
export interface NameEntry {
  readonly number: number
  flags: number
  /** Empty: none. */
  owner: string
  policy: StoredPolicy | undefined
  canonicalId: string
  account: string
}

/** The part of a program that names make. */
export type ProgramNames = Pick<DecisionProgram, 'names' | 'nameHashes' | 'nameCount'>

/** The names of a program in the making: those of another one, and what is different. */
export class NameDraft implements NameNumbers {
  private readonly entries = new Map<string, NameEntry>()
  private count: number

  constructor(private readonly base: DecisionProgram | undefined) {
    this.count = base?.nameCount ?? 1
  }

  numberOf(text: string): number {
    const known = this.entries.get(text)
    if (known !== undefined) return known.number
    const number = this.base === undefined ? 0 : memberOfName(this.base, text, layout.NAME_NUMBER)
    return number === 0 ? this.add(text).number : number
  }

  /** The entry of a name, whose changes count. */
  edit(text: string): NameEntry {
    return this.editKnown(text) ?? this.add(text)
  }

  /** As `edit`, of a name that there is already. */
  editKnown(text: string): NameEntry | undefined {
    const known = this.entries.get(text) ?? this.entryOfBase(text)
    if (known !== undefined) this.entries.set(text, known)
    return known
  }

  private add(text: string): NameEntry {
    if (this.count > MOST_NAMES) throw new RangeError(`more than ${MOST_NAMES} names of buckets and accounts`)
    const entry = { number: this.count++, flags: 0, owner: '', policy: undefined, canonicalId: '', account: '' }
    this.entries.set(text, entry)
    return entry
  }

  private entryOfBase(text: string): NameEntry | undefined {
    const { base } = this
    if (base === undefined) return undefined
    const hash = hashFor(base.names, text)
    const shard = shardFor(base.names, hash)
    const name = findName(shard, hash, text)
    if (name === NO_NAME) return undefined
    const { words } = shard
    const textAt = (member: number) => textOfNumber(base, words[name + member] as number)
    return {
      number: words[name + layout.NAME_NUMBER] as number,
      flags: words[name + layout.NAME_FLAGS] as number,
      owner: textAt(layout.NAME_OWNER),
      policy: policyOf(shard, name),
      canonicalId: textAt(layout.NAME_CANONICAL_ID),
      account: textAt(layout.NAME_ACCOUNT),
    }
  }

  /** @param seed of a program that changes no other */
  finish(seed: number): ProgramNames {
    const { base } = this
    const writer = new RowWriter()
    const policies: StoredPolicy[] = []
    // A name that comes up while rows are written is appended to the list that is walked.
    for (const [text, { number, flags, owner, policy, canonicalId, account }] of this.entries) {
      writer.begin(text)
      writer.push(number)
      writer.push(flags)
      writer.push(this.numberOrNone(owner))
      writer.push(policy === undefined ? 0 : policies.push(policy))
      writer.push(this.numberOrNone(canonicalId))
      writer.push(this.numberOrNone(account))
      writer.end()
    }
    const kind = nameKind(policies)
    const names = base === undefined ? buildTable(kind, writer, seed) : changeTable(kind, base.names, writer, [])
    return { names, nameHashes: this.hashes(names.seed), nameCount: this.count }
  }

  private numberOrNone(text: string): number {
    return text === '' ? 0 : this.numberOf(text)
  }

  private hashes(seed: number): readonly Int32Array[] {
    const { base } = this
    const first = base?.nameCount ?? 0
    const pieces = [...(base?.nameHashes ?? [])]
    const copied = new Set<number>()
    for (const [text, { number }] of this.entries) {
      if (number < first) continue
      const piece = Math.floor(number / NAMES_PER_PIECE)
      if (!copied.has(piece)) pieces[piece] = Int32Array.from({ length: NAMES_PER_PIECE }, (_, at) => pieces[piece]?.[at] ?? 0)
      copied.add(piece)
      ;(pieces[piece] as Int32Array)[number % NAMES_PER_PIECE] = hashOf(text, seed)
    }
    return pieces
  }
}
