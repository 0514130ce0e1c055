import { DirectoryDraft } from './directory.js'
import { hashOf, hashOfText } from './hash.js'
import { indexRows, packShard, type RowList } from './pack-shard.js'
import { readText } from './packed-text.js'
import { RowWriter } from './row-writer.js'
import { findRow, NO_ROW, ROW_TEXT, rowsOf, SHARD_ROWS, type Shard, shardFor, type Table } from './table.js'

/** What the shards of a table are besides rows. */
export interface ShardKind<S extends Shard> {
  make(shard: Shard): S
  /** Adds a row of a shard to the rows that are to be made a shard again. */
  copyRow(shard: S, row: number, writer: RowWriter): void
}

/** A table stays one shard up to so many rows, if they are not too many words to be copied for each change. */
const MOST_ALONE = 2048
const MOST_WORDS_ALONE = 1 << 17
/** Of several shards, one with more rows is split in two: a change makes the shards anew that it touches, and this is what it costs. */
const MOST_ROWS = 256
/** How many rows a shard has when a table is built: so many that most can grow without being split. */
const USUAL_ROWS = 128
/**
 * The table has at most one place for this many rows on average. A shard that is overfull even so has names that somebody has made to
 * share bits of their hashes: it stays one, has a Map instead of a hash table, and only what stands in it is slow to change.
 */
const LEAST_ROWS = 8

/** A table in the making. */
interface Draft<S extends Shard> {
  bits: number
  count: number
  readonly seed: number
  readonly directory: DirectoryDraft<S>
}

/** A table of all rows that have been written, whose names must differ: else it throws a TypeError. */
export function buildTable<S extends Shard>(kind: ShardKind<S>, writer: RowWriter, seed: number): Table<S> {
  const draft = { bits: 0, count: writer.rows.length, seed, directory: new DirectoryDraft<S>([]) }
  writeShards(kind, draft, [0], writer)
  return finish(draft)
}

/** The table with the rows that have been written, in place of those with their names, and without the names removed. It shares what is the same. */
export function changeTable<S extends Shard>(kind: ShardKind<S>, table: Table<S>, changed: RowWriter, removed: Iterable<string>): Table<S> {
  const changes = changesByShard(table, changed, removed)
  if (changes.size === 0) return table
  const draft = { ...table, directory: new DirectoryDraft([...table.directory]) }
  for (const [shard, { place, outdated, rows }] of changes) {
    const writer = new RowWriter(shard.words.length + changed.size)
    for (const row of rowsOf(shard.words)) if (!outdated.has(row)) kind.copyRow(shard, row, writer)
    for (const row of rows) writer.copy(changed.words, row)
    draft.count += writer.rows.length - (shard.words[SHARD_ROWS] as number)
    writeShards(kind, draft, placesOf(draft, shard, place), writer)
  }
  return finish(draft)
}

function finish<S extends Shard>({ bits, count, seed, directory }: Draft<S>): Table<S> {
  return { bits, count, seed, directory: directory.finish() }
}

/** What changes in a shard. */
interface ShardChange {
  /** One of its places. */
  readonly place: number
  /** Its rows that are replaced or removed. */
  readonly outdated: Set<number>
  /** The rows that come, in the writer of the change. */
  readonly rows: number[]
}

function changesByShard<S extends Shard>(
  table: Table<S>,
  { words, rows }: RowWriter,
  removed: Iterable<string>,
): ReadonlyMap<S, ShardChange> {
  const changes = new Map<S, ShardChange>()
  const changeAt = (hash: number): ShardChange => {
    const shard = shardFor(table, hash)
    const change = changes.get(shard) ?? { place: hash & ((1 << table.bits) - 1), outdated: new Set(), rows: [] }
    changes.set(shard, change)
    return change
  }
  for (const name of removed) {
    const hash = hashOf(name, table.seed)
    const row = findRow(shardFor(table, hash), hash, name)
    if (row !== NO_ROW) changeAt(hash).outdated.add(row)
  }
  for (const row of rows) {
    const hash = hashOfText(words, row + ROW_TEXT, table.seed)
    const change = changeAt(hash)
    const known = findRow(shardFor(table, hash), hash, readText(words, row + ROW_TEXT))
    if (known !== NO_ROW) change.outdated.add(known)
    change.rows.push(row)
  }
  return changes
}

/** Every place of the shard that stands at one: those with the same low bits, as many as choose it. */
function placesOf<S extends Shard>({ bits, directory }: Draft<S>, shard: S, place: number): readonly number[] {
  let own = bits
  while (own > 0 && directory.at(place ^ (1 << (own - 1))) === shard) own--
  const first = place & ((1 << own) - 1)
  return Array.from({ length: 1 << (bits - own) }, (_, index) => first + (index << own))
}

/** Puts rows at these places, which have their low bits in common, in as many shards as they need. */
function writeShards<S extends Shard>(kind: ShardKind<S>, draft: Draft<S>, at: readonly number[], writer: RowWriter): void {
  const { words, rows } = writer
  const shared = draft.bits - Math.log2(at.length)
  const own = shared === 0 ? bitsOfTable(rows.length, writer.size) : bitsFor(shared, rows.length, draft.count)
  widen(draft, own)
  const groups = Array.from({ length: 1 << (own - shared) }, (): RowGroup => ({ words, rows: [], hashes: [] }))
  for (const row of rows) {
    const hash = hashOfText(words, row + ROW_TEXT, draft.seed)
    const group = groups[(hash >>> shared) & (groups.length - 1)] as RowGroup
    group.rows.push(row)
    group.hashes.push(hash)
  }
  const isAlone = own === 0
  for (const [index, group] of groups.entries()) {
    const isHashed = isAlone || group.rows.length <= MOST_ROWS
    const packed = packShard(group, isHashed)
    const shard = kind.make({ words: packed, rows: isAlone || !isHashed ? indexRows(packed) : undefined })
    for (let place = (at[0] as number) + (index << shared); place < 1 << draft.bits; place += 1 << own) draft.directory.set(place, shard)
  }
}

interface RowGroup extends RowList {
  readonly rows: number[]
  readonly hashes: number[]
}

/** With how many bits the shards of a table are chosen that so far has had one, or none. */
function bitsOfTable(rows: number, words: number): number {
  const isSmall = rows <= MOST_ALONE && words <= MOST_WORDS_ALONE
  return isSmall || rows <= USUAL_ROWS ? 0 : Math.ceil(Math.log2(rows / USUAL_ROWS))
}

/** With how many bits shards are chosen among so many rows that share `shared` bits. @param count the rows of the whole table */
function bitsFor(shared: number, rows: number, count: number): number {
  let bits = shared
  while (rows > MOST_ROWS * 2 ** (bits - shared) && 2 ** (bits + 1) * LEAST_ROWS <= count) bits++
  return bits
}

/** Gives the table at least so many bits: each shard stands at more places. */
function widen<S extends Shard>(draft: Draft<S>, atLeast: number): void {
  if (atLeast <= draft.bits) return
  draft.directory.widen(1 << draft.bits, 1 << atLeast)
  draft.bits = atLeast
}
