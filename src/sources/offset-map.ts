import type { Extent } from '../policy/positioned-value.js'

/** Where the characters of a text stand in the file that it was read from. */
export interface OffsetMap {
  /** The offset in the file of what is at `start` of the text, and the one after what is before `end`. */
  extentOf(extent: Extent): Extent
}

/** How a text is written in the file: in double quotes with escapes, in single quotes that stand twice, or as it is, lines indented. */
export type Writing = 'double-quoted' | 'single-quoted' | 'plain'

/** A text that was put together: all of it stands in one place. */
export function onePlace({ start, end }: Extent): OffsetMap {
  return { extentOf: () => ({ start, end }) }
}

/**
 * The map of a text that was read from one place of a file. Runs of white space may be shorter in the text than in the file, where lines
 * are indented or folded. If the two do not go together, all of the text stands in the whole place.
 *
 * @param source the text as it is written in the file, without the quotes around it
 * @param base the offset of `source` in the file
 * @param whole the extent to fall back on
 */
export function offsetMapOf(text: string, source: string, base: number, writing: Writing, whole: Extent): OffsetMap {
  const starts: number[] = []
  const ends: number[] = []
  let at = 0
  let done = 0
  while (done < text.length) {
    const written = nextWritten(text, done, source, at, writing)
    if (written === undefined) return onePlace(whole)
    for (let unit = 0; unit < written.units; unit++) {
      starts.push(base + written.start)
      ends.push(base + written.end)
    }
    done += written.units
    at = written.end
  }
  const first = starts[0] ?? base
  const last = ends[ends.length - 1] ?? base
  return {
    extentOf({ start, end }) {
      const from = starts[start] ?? last
      return { start: from, end: end > start ? (ends[end - 1] ?? last) : Math.max(from, first) }
    },
  }
}

/** What a character, or a pair of surrogates, of the text is written as. */
interface Written extends Extent {
  readonly units: number
}

function nextWritten(text: string, done: number, source: string, from: number, writing: Writing): Written | undefined {
  const character = text[done] as string
  if (writing === 'double-quoted' && source[from] === '\\') return escapeAt(text, done, source, from)
  if (isSpace(character)) {
    // What follows a line's end may be indentation, which no character of the text stands for; the next one skips it.
    return { units: 1, start: from, end: isSpace(source[from]) ? from + 1 : from }
  }
  let at = from
  while (isSpace(source[at])) at++
  if (at > from && writing === 'double-quoted' && source[at] === '\\') return escapeAt(text, done, source, at)
  if (source[at] !== character) return undefined
  const isDoubled = writing === 'single-quoted' && character === "'" && source[at + 1] === "'"
  return { units: 1, start: at, end: at + (isDoubled ? 2 : 1) }
}

/** The escapes of JSON, and those that YAML has besides. */
function escapeAt(text: string, done: number, source: string, from: number): Written | undefined {
  const kind = source[from + 1]
  if (kind === '\n' || kind === '\r') return nextWritten(text, done, source, from + 2, 'double-quoted')
  const length = kind === 'x' ? 4 : kind === 'u' ? 6 : kind === 'U' ? 10 : 2
  const end = from + length
  if (end > source.length) return undefined
  const isPair = kind === 'U' && (text.codePointAt(done) ?? 0) > 0xffff
  return { units: isPair ? 2 : 1, start: from, end }
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t'
}
