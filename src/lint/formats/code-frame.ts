import type { Span } from '../../policy/position.js'
import { textWidth } from './text-width.js'
import { visible } from './visible.js'

/** Longer lines are cut around the place. In UTF-16 code units. */
const MAX_LENGTH = 120
const MAX_BEFORE = 40

/** A tab is a control character, and as wide as the terminal likes. */
const TAB = '    '

/** The line in which a span begins, and below it what marks the span. No trailing newline. */
export interface CodeFrame {
  /** `  9 | "Action": "s3:*"` */
  readonly code: string
  /** `    |           ^^^^^^` */
  readonly mark: string
}

export function codeFrame(text: string, { start, end }: Span): CodeFrame {
  const { before, marked, after } = cutAround(text, Math.max(0, start.offset - (start.column - 1)), start.offset, end.offset)
  const number = String(start.line).padStart(4)
  const carets = '^'.repeat(Math.max(1, textWidth(marked)))
  const rest = end.line > start.line ? ` … to line ${end.line}` : ''
  return {
    code: `${number} | ${before}${marked}${after}`,
    mark: `${' '.repeat(number.length)} | ${' '.repeat(textWidth(before))}${carets}${rest}`,
  }
}

/** A line in three, as it is shown. Looks no further than it shows: a file may be one line of megabytes. */
function cutAround(text: string, lineStart: number, start: number, end: number) {
  const from = boundary(text, Math.max(lineStart, start - MAX_BEFORE))
  const limit = boundary(text, Math.min(text.length, from + MAX_LENGTH))
  const to = Math.max(start, Math.min(lineEnd(text, start, limit), limit))
  const markEnd = Math.max(start, Math.min(end, to))
  return {
    before: (from > lineStart ? '…' : '') + shown(text.slice(from, start)),
    marked: shown(text.slice(start, markEnd)),
    after: shown(text.slice(markEnd, to)) + (to === limit && !endsLine(text, to) ? '…' : ''),
  }
}

/** The first end of a line from `at` on, but not after `limit`. */
function lineEnd(text: string, at: number, limit: number): number {
  let end = at
  while (end < limit && !endsLine(text, end)) end++
  return end
}

function endsLine(text: string, at: number): boolean {
  const unit = text.charAt(at)
  return unit === '' || unit === '\n' || unit === '\r'
}

/** Not between the halves of a surrogate pair. */
function boundary(text: string, at: number): number {
  const isPair = at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff
  return isPair ? at - 1 : at
}

function shown(text: string): string {
  return text.split('\t').map(visible).join(TAB)
}
