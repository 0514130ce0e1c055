import { GrantDesugarer } from '../../src/compile/desugar-grants.js'
import { layOutKey, type NameNumbers } from '../../src/compile/lay-out-key.js'
import type { AccessKey } from '../../src/grants/access-key.js'
import { readText } from '../../src/tables/packed-text.js'
import { RowWriter } from '../../src/tables/row-writer.js'
import { ROW_TEXT, recordOf, rowsOf } from '../../src/tables/table.js'
import { buildTable } from '../../src/tables/write-table.js'
import { plainKind } from '../tables/model.js'

/** Numbers for names from a first one on, in the order in which they are asked for, and back. */
export class Numbers implements NameNumbers {
  private readonly texts: string[] = []

  constructor(private readonly first = 1) {}

  numberOf(text: string): number {
    const known = this.texts.indexOf(text)
    return this.first + (known < 0 ? this.texts.push(text) - 1 : known)
  }

  /** The number of a name, or −1 if nobody has asked for it. */
  knownNumber(text: string): number {
    const known = this.texts.indexOf(text)
    return known < 0 ? -1 : this.first + known
  }

  readonly textOf = (number: number): string => {
    const text = this.texts[number - this.first]
    if (text === undefined) throw new RangeError(`there is no name ${number}`)
    return text
  }
}

/** The rows of keys, as a table of one shard has them. */
export function compiledKeys(keys: readonly AccessKey[], names: NameNumbers): Int32Array {
  const desugarer = new GrantDesugarer()
  const writer = new RowWriter()
  for (const key of keys) layOutKey(desugarer.desugar(key), names, writer)
  return buildTable(plainKind, writer, 0).directory[0]?.[0]?.words as Int32Array
}

/** The rows by the names of their keys. */
export const rowsByName = (words: Int32Array): ReadonlyMap<string, number> =>
  new Map(Array.from(rowsOf(words), (row) => [readText(words, row + ROW_TEXT), row]))

/** The record of one key. */
export function compiledKey(key: AccessKey, names: NameNumbers): { readonly words: Int32Array; readonly record: number } {
  const words = compiledKeys([key], names)
  return { words, record: recordOf(words, rowsByName(words).get(key.accessKey) as number) }
}
