import { readText, sameText } from './packed-text.js'
import { firstRow, firstSlot, ROW_SIZE, ROW_TEXT, rowsOf, SHARD_HEADER, SHARD_PLACES, SHARD_ROWS, SHARD_SLOTS } from './table.js'

/** Rows that belong into one shard: where each starts, and the hash of its name. */
export interface RowList {
  readonly words: Int32Array
  readonly rows: readonly number[]
  readonly hashes: readonly number[]
}

/** Puts rows behind a hash table of their own, or behind none. Throws a TypeError if two of them have one name. */
export function packShard({ words: source, rows, hashes }: RowList, isHashed: boolean): Int32Array {
  // At most two thirds full: a search takes one step and a half on average.
  const slots = isHashed ? Math.max(2, 2 ** Math.ceil(Math.log2(rows.length * 1.5))) : 1
  let size = SHARD_HEADER + slots
  for (const row of rows) size += source[row + ROW_SIZE] as number
  const words = new Int32Array(size)
  words[SHARD_ROWS] = rows.length
  words[SHARD_SLOTS] = slots - 1
  words[SHARD_PLACES] = 2 ** Math.ceil(Math.log2(size)) - 1
  let place = firstRow(words)
  for (const [index, row] of rows.entries()) {
    const end = row + (source[row + ROW_SIZE] as number)
    for (let from = row, to = place; from < end; from++, to++) words[to] = source[from] as number
    if (isHashed) addSlot(words, hashes[index] as number, place)
    place += end - row
  }
  return words
}

function addSlot(words: Int32Array, hash: number, row: number): void {
  const mask = words[SHARD_SLOTS] as number
  const places = words[SHARD_PLACES] as number
  let slot = firstSlot(hash, mask)
  for (; words[SHARD_HEADER + slot] !== 0; slot = (slot + 1) & mask) {
    const other = (words[SHARD_HEADER + slot] as number) & places
    if (sameText(words, other + ROW_TEXT, row + ROW_TEXT)) throw repetition(readText(words, row + ROW_TEXT))
  }
  words[SHARD_HEADER + slot] = (hash & ~places) | row
}

/** Where the rows of a shard are by name. Throws a TypeError if two of them have one name. */
export function indexRows(words: Int32Array): ReadonlyMap<string, number> {
  const rows = new Map<string, number>()
  for (const row of rowsOf(words)) {
    const name = readText(words, row + ROW_TEXT)
    if (rows.has(name)) throw repetition(name)
    rows.set(name, row)
  }
  return rows
}

function repetition(name: string): TypeError {
  return new TypeError(`two rows have the name \`${name}\``)
}
