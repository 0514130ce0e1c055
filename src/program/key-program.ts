import * as layout from './key-layout.js'

/** A shard of access keys with their grants, compiled: plain data, laid out as key-layout.ts says. */
export interface KeyProgram {
  readonly words: Int32Array
  readonly strings: readonly string[]
}

/** A shard and the places of its keys by name. */
export interface LoadedKeys extends KeyProgram {
  readonly rows: ReadonlyMap<string, number>
}

export function loadKeys({ words, strings }: KeyProgram): LoadedKeys {
  const rows = new Map<string, number>()
  const first = words[layout.HEADER_ROWS] as number
  for (let i = 0; i < (words[layout.HEADER_KEYS] as number); i++) {
    const row = first + i * layout.KEY_SIZE
    rows.set(strings[words[row + layout.KEY_ACCESS_KEY] as number] as string, row)
  }
  return { words, strings, rows }
}
