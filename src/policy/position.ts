/** A place in a text: `offset` counts UTF-16 code units from 0, `line` and `column` count from 1 as editors do. */
export interface Position {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** From the first character up to, and without, the character at `end`. */
export interface Span {
  readonly start: Position
  readonly end: Position
}

/** The offsets at which the lines of a text start. */
export type LineTable = readonly number[]

/** Lines end with LF, CR LF or CR. */
export function lineTableOf(text: string): LineTable {
  const starts = [0]
  // Searching is what most texts, which are one line or have no CR at all, need least time for.
  let feed = endless(text.indexOf('\n'))
  let carriage = endless(text.indexOf('\r'))
  while (feed !== carriage) {
    const at = Math.min(feed, carriage)
    if (at + 1 !== feed) starts.push(at + 1)
    if (at === feed) feed = endless(text.indexOf('\n', at + 1))
    else carriage = endless(text.indexOf('\r', at + 1))
  }
  return starts
}

function endless(index: number): number {
  return index < 0 ? Number.POSITIVE_INFINITY : index
}

export function spanAt(lines: LineTable, start: number, end: number): Span {
  return { start: positionAt(lines, start), end: positionAt(lines, end) }
}

function positionAt(lines: LineTable, offset: number): Position {
  let low = 0
  let high = lines.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lines[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return { offset, line: low + 1, column: offset - (lines[low] as number) + 1 }
}
