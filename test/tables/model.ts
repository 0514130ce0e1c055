import { hashOf } from '../../src/tables/hash.js'
import { readText } from '../../src/tables/packed-text.js'
import { RowWriter } from '../../src/tables/row-writer.js'
import {
  findRow,
  hashFor,
  hasSlots,
  NO_ROW,
  ROW_SIZE,
  ROW_TEXT,
  recordOf,
  rowsOf,
  SHARD_ROWS,
  SHARD_SLOTS,
  type Shard,
  shardFor,
  shardsOf,
  type Table,
} from '../../src/tables/table.js'
import type { ShardKind } from '../../src/tables/write-table.js'

/** What a table holds, by name: the words of each record. */
export type Model = ReadonlyMap<string, readonly number[]>

/** Shards that are rows and nothing else. */
export const plainKind: ShardKind<Shard> = {
  make: (shard) => shard,
  copyRow: ({ words }, row, writer) => {
    writer.copy(words, row)
  },
}

export function written(rows: Iterable<readonly [string, readonly number[]]>): RowWriter {
  const writer = new RowWriter()
  for (const [name, record] of rows) {
    writer.begin(name)
    for (const word of record) writer.push(word)
    writer.end()
  }
  return writer
}

const recordAt = (words: Int32Array, row: number): readonly number[] => [
  ...words.subarray(recordOf(words, row), row + (words[row + ROW_SIZE] as number)),
]

/** What a table says of a name. */
export function found(table: Table, name: string): readonly number[] | undefined {
  const hash = hashFor(table, name)
  const shard = shardFor(table, hash)
  const row = findRow(shard, hash, name)
  return row === NO_ROW ? undefined : recordAt(shard.words, row)
}

/** What a table holds. */
export function contentOf(table: Table): Model {
  return new Map(
    [...shardsOf(table)].flatMap(({ words }) =>
      Array.from(rowsOf(words), (row) => [readText(words, row + ROW_TEXT), recordAt(words, row)] as const),
    ),
  )
}

/** What is wrong with the form of a table. */
export function faultsOf({ bits, count, seed, directory }: Table): readonly string[] {
  const places = directory.flat()
  const faults: string[] = []
  if (places.length !== 2 ** bits) faults.push(`${places.length} places for ${bits} bits`)
  let rows = 0
  for (const shard of new Set(places)) {
    const { words } = shard
    const own = [...places.keys()].filter((place) => places[place] === shard)
    const shared = bits - Math.log2(own.length)
    if (own.some((place, index) => place !== (own[0] as number) + (index << shared))) faults.push(`a shard stands at ${own}`)
    if (hasSlots(words) && (words[SHARD_ROWS] as number) > (words[SHARD_SLOTS] as number)) faults.push('a shard has no free slot')
    if ((shard.rows !== undefined) !== (bits === 0 || !hasSlots(words))) faults.push('a Map of rows beside a hash table, or neither')
    for (const row of rowsOf(words)) {
      rows++
      const place = hashOf(readText(words, row + ROW_TEXT), seed) & (places.length - 1)
      if (places[place] !== shard) faults.push(`a row stands at ${own} instead of at ${place}`)
    }
  }
  if (rows !== count) faults.push(`${count} are said to be ${rows} rows`)
  return faults
}
