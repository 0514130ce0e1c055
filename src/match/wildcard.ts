/** A part of a pattern's text: `literal` text has no wildcards in it, whatever characters it holds. */
export interface Piece {
  readonly text: string
  readonly literal: boolean
}

/**
 * A pattern cut at its stars: `a?b*c` is two runs. A run is cut at its question marks, so `a?b` is `['a', 'b']` and a run
 * without any is one text.
 */
export interface Wildcard {
  readonly runs: readonly (readonly string[])[]
}

/** The pattern of a text in which `*` is any sequence and `?` is one code point. */
export function wildcard(text: string): Wildcard {
  return wildcardOf([{ text, literal: false }])
}

/** The pattern of several pieces in a row. */
export function wildcardOf(pieces: readonly Piece[]): Wildcard {
  const runs: string[][] = []
  let run: string[] = []
  let part = ''
  for (const { text, literal } of pieces) {
    let from = 0
    for (let i = 0; i < text.length && !literal; i++) {
      const character = text[i]
      if (character !== '*' && character !== '?') continue
      run.push(part + text.slice(from, i))
      part = ''
      from = i + 1
      if (character === '*') {
        runs.push(run)
        run = []
      }
    }
    part += text.slice(from)
  }
  run.push(part)
  runs.push(run)
  return { runs }
}

/** Whether a text holds a star or a question mark. */
export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?')
}

/**
 * Whether the pattern matches the whole text. A star never gives back what a later run has found, so the work is linear in
 * pattern plus text when no run between two stars has a `?`, and never more than their product.
 */
export function matchesWildcard({ runs }: Wildcard, text: string): boolean {
  const first = runs[0] as readonly string[]
  const start = matchForward(first, text, 0, text.length)
  if (runs.length === 1) return start === text.length
  if (start < 0) return false
  const end = matchBackward(runs[runs.length - 1] as readonly string[], text, start)
  if (end < 0) return false
  let at = start
  for (let i = 1; i < runs.length - 1; i++) {
    at = find(runs[i] as readonly string[], text, at, end)
    if (at < 0) return false
  }
  return true
}

/** Where the run ends if it starts at `at` and does not pass `end`, or -1. */
function matchForward(run: readonly string[], text: string, at: number, end: number): number {
  let position = at
  for (let i = 0; i < run.length; i++) {
    const part = run[i] as string
    if (i > 0) {
      if (position >= end) return -1
      position += startsPair(text, position) ? 2 : 1
    }
    if (position + part.length > end || !text.startsWith(part, position)) return -1
    position += part.length
  }
  return position
}

/** Where the run starts if it ends at the end of the text and does not start before `from`, or -1. */
function matchBackward(run: readonly string[], text: string, from: number): number {
  let position = text.length
  for (let i = run.length - 1; i >= 0; i--) {
    const part = run[i] as string
    position -= part.length
    if (position < from || !text.startsWith(part, position)) return -1
    if (i > 0) {
      position -= startsPair(text, position - 2) ? 2 : 1
      if (position < from) return -1
    }
  }
  return position
}

/** Where the leftmost place of the run between `from` and `end` ends, or -1. */
function find(run: readonly string[], text: string, from: number, end: number): number {
  if (run.length === 1) return findText(run[0] as string, text, from, end)
  for (let at = from; at <= end; at += startsPair(text, at) ? 2 : 1) {
    const found = matchForward(run, text, at, end)
    if (found >= 0) return found
  }
  return -1
}

/**
 * Where the leftmost place of the needle between `from` and `end` ends, or -1: Knuth-Morris-Pratt. `indexOf` would read better, but it needs pattern times text steps on inputs such as
 * `baaaa…` in `aaaaaa…`, and both come from outside.
 */
export function findText(needle: string, text: string, from: number, end: number): number {
  if (needle.length > end - from) return -1
  if (needle.length === 0) return from
  const borders = bordersOf(needle)
  let matched = 0
  for (let at = from; at < end; at++) {
    while (matched > 0 && text.charCodeAt(at) !== needle.charCodeAt(matched)) matched = borders[matched - 1] as number
    if (text.charCodeAt(at) === needle.charCodeAt(matched)) matched++
    if (matched === needle.length) return at + 1
  }
  return -1
}

/** For each prefix of the text, the length of its longest proper prefix that is also its suffix. */
export function bordersOf(text: string): number[] {
  const borders = [0]
  let length = 0
  for (let i = 1; i < text.length; i++) {
    while (length > 0 && text.charCodeAt(i) !== text.charCodeAt(length)) length = borders[length - 1] as number
    if (text.charCodeAt(i) === text.charCodeAt(length)) length++
    borders.push(length)
  }
  return borders
}

/** Whether two code units at this place are one code point. */
function startsPair(text: string, at: number): boolean {
  return isBetween(text.charCodeAt(at), 0xd800, 0xdbff) && isBetween(text.charCodeAt(at + 1), 0xdc00, 0xdfff)
}

function isBetween(unit: number, low: number, high: number): boolean {
  return unit >= low && unit <= high
}
