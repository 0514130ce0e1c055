import { type LineTable, lineTableOf } from '../../policy/position.js'

/** Where the lines of a file start, found once for all that is in it; `undefined` for a file without a text. */
export type LineTables = (file: string) => LineTable | undefined

export function lineTablesOf(texts: ReadonlyMap<string, string>): LineTables {
  const tables = new Map<string, LineTable>()
  return (file) => {
    const text = texts.get(file)
    if (text === undefined) return undefined
    const table = tables.get(file) ?? lineTableOf(text)
    tables.set(file, table)
    return table
  }
}
