import { type Directory, PAGE_BITS } from './directory.js'
import { hashOf } from './hash.js'
import { afterText, equalsText } from './packed-text.js'

/**
 * Rows of words, found by name: a hash table in shards, chosen by the low bits of the name's hash. A change makes anew only the shards
 * that it touches, and shares the others (extendible hashing: Fagin, Nievergelt, Pippenger and Strong, 1979).
 */
export interface Table<S extends Shard = Shard> {
  /** How many bits of the hash choose. */
  readonly bits: number
  /** How many rows there are. */
  readonly count: number
  readonly seed: number
  /** 2 ^ bits places; a shard that fewer bits choose stands at several. */
  readonly directory: Directory<S>
}

/** Rows, and the hash table over them: plain data. */
export interface Shard {
  /** [rows, slots − 1, which bits of a slot tell a place, slots..., rows...]; with one slot, which tells nothing, it has no hash table. */
  readonly words: Int32Array
  /**
   * Where the rows are by name, in the shard of a table that has no other: V8 finds a name among a thousand in two thirds of the time that
   * hashing and comparing it here takes. Beyond that, what counts is the memory that strings and Maps take, and have to be fetched from. And
   * in a shard whose names somebody has made to collide, because V8's own hash nobody can foresee.
   */
  readonly rows: ReadonlyMap<string, number> | undefined
}

export const SHARD_ROWS = 0
export const SHARD_SLOTS = 1
export const SHARD_PLACES = 2
export const SHARD_HEADER = 3

/** A row: [words it takes, its name's text, its record...]. */
export const ROW_SIZE = 0
export const ROW_TEXT = 1

/** No row. */
export const NO_ROW = 0

/** The hash that chooses the name's shard, and finds it there. A table of one shard has no use for it. */
export function hashFor({ bits, seed }: Table, name: string): number {
  return bits === 0 || typeof name !== 'string' ? 0 : hashOf(name, seed)
}

export function shardFor<S extends Shard>({ bits, directory }: Table<S>, hash: number): S {
  const place = hash & ((1 << bits) - 1)
  return (directory[place >>> PAGE_BITS] as readonly S[])[place & ((1 << PAGE_BITS) - 1)] as S
}

/** The place of the row with this name in its shard, or NO_ROW. @param hash as hashFor gives it */
export function findRow({ words, rows }: Shard, hash: number, name: string): number {
  // What is no text is no name, whatever its letters are.
  if (rows !== undefined || typeof name !== 'string') return rows?.get(name) ?? NO_ROW
  const mask = words[SHARD_SLOTS] as number
  const places = words[SHARD_PLACES] as number
  for (let slot = firstSlot(hash, mask); ; slot = (slot + 1) & mask) {
    const entry = words[SHARD_HEADER + slot] as number
    // Not a number either, if the words are gone: those of an image whose memory somebody has given away.
    if (!entry) return NO_ROW
    // The bits that no place needs hold those of the hash: a row of another name is hardly ever looked at.
    if (((entry ^ hash) & ~places) !== 0) continue
    const row = entry & places
    if (equalsText(words, row + ROW_TEXT, name)) return row
  }
}

/**
 * Fetches the row where the search for a name begins, if the shard has a hash table; what it returns means nothing. Two searches that are not in
 * the processor's cache wait for memory several times each: begun together, they wait together.
 */
export function fetchRow({ words, rows }: Shard, hash: number): number {
  if (rows !== undefined) return 0
  const entry = words[SHARD_HEADER + firstSlot(hash, words[SHARD_SLOTS] as number)] as number
  return words[(entry & (words[SHARD_PLACES] as number)) + ROW_TEXT] as number
}

/**
 * Where the search for a hash starts in a table of 2^n slots, n > 0: the upper n bits of a product, on which all of its bits count (Knuth's
 * multiplicative hashing). The low bits, which have chosen the shard, are the same for all that stand in it.
 */
export function firstSlot(hash: number, mask: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> Math.clz32(mask)
}

/** Whether a shard has a hash table. One without has its Map. */
export function hasSlots(words: Int32Array): boolean {
  return words[SHARD_SLOTS] !== 0
}

/** The place of the row's record. */
export function recordOf(words: Int32Array, row: number): number {
  return afterText(words, row + ROW_TEXT)
}

/** The place of the first row. */
export function firstRow(words: Int32Array): number {
  return SHARD_HEADER + (words[SHARD_SLOTS] as number) + 1
}

/** The places of all rows of a shard. */
export function* rowsOf(words: Int32Array): Generator<number> {
  let row = firstRow(words)
  for (let i = 0; i < (words[SHARD_ROWS] as number); i++) {
    yield row
    row += words[row + ROW_SIZE] as number
  }
}

/** Every shard once. */
export function shardsOf<S extends Shard>({ directory }: Table<S>): ReadonlySet<S> {
  return new Set(directory.flat())
}

/** The table with another shard for each. */
export function mapShards<S extends Shard>(table: Table<S>, change: (shard: S) => S): Table<S> {
  const shards = new Map([...shardsOf(table)].map((shard) => [shard, change(shard)] as const))
  return { ...table, directory: table.directory.map((page) => page.map((shard) => shards.get(shard) as S)) }
}
