/** Cells wider than this are broken between words. */
const WIDEST = 36
const GAP = '   '

/** A table for people: columns as wide as they need to be, long cells on several lines. */
export function renderColumns(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const broken = [heads, ...rows].map((cells) => cells.map(breakWords))
  const widths = heads.map((_, column) => longest(broken.flatMap((cells) => cells[column] ?? [])))
  const blocks = broken.map((cells) => {
    const height = Math.max(...cells.map((lines) => lines.length))
    return Array.from({ length: height }, (_, line) =>
      cells
        .map((lines, column) => (lines[line] ?? '').padEnd(widths[column] ?? 0))
        .join(GAP)
        .trimEnd(),
    )
  })
  // Rows of several lines would run into each other.
  const isTight = blocks.every((lines) => lines.length === 1)
  return blocks.flatMap((lines, index) => (isTight || index < 2 ? lines : ['', ...lines]))
}

/** A word that is too long stays whole: somebody may want to copy it. */
function breakWords(text: string): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (longer.length > WIDEST && line !== '') {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

function longest(lines: readonly string[]): number {
  return lines.reduce((most, { length }) => Math.max(most, length), 0)
}
