import type { Piece } from '../match/wildcard.js'
import type { PolicyVersion } from './ast.js'

/** A part of a text that may hold policy variables. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  /** An escape, `${*}`, `${?}` or `${$}`: the character itself. */
  | { readonly kind: 'escape'; readonly text: string }
  | { readonly kind: 'variable'; readonly key: string; readonly default?: string }
  /** From `${` on, not one of the forms above. */
  | { readonly kind: 'malformed'; readonly text: string; readonly problem: string }

/** What a text with variables stands for in one request. */
export type Expansion =
  | { readonly kind: 'text'; readonly pieces: readonly Piece[] }
  /** A variable has neither value nor default: the text equals nothing. */
  | { readonly kind: 'unset' }
  /** A variable's value is not known, or the text is malformed. */
  | { readonly kind: 'unknown' }

/**
 * The parts of a text. Variables exist only under 2012-10-17; before, `${…}` is text.
 * Source: IAM User Guide, "IAM policy elements: Variables and tags".
 */
export function parseTemplate(text: string, version: PolicyVersion | undefined): readonly TemplatePart[] {
  if (version !== '2012-10-17') return [{ kind: 'text', text }]
  const parts: TemplatePart[] = []
  let from = 0
  for (;;) {
    const start = text.indexOf('${', from)
    if (start < 0) break
    if (start > from) parts.push({ kind: 'text', text: text.slice(from, start) })
    const { part, end } = parseReference(text, start)
    parts.push(part)
    from = end
  }
  if (from < text.length || parts.length === 0) parts.push({ kind: 'text', text: text.slice(from) })
  return parts
}

/** The expansion of a text without variables. */
export function plainText(text: string): Expansion {
  return { kind: 'text', pieces: [{ text, literal: false }] }
}

/** Whether the text holds a variable, well-formed or not; escapes do not count. */
export function hasVariable(parts: readonly TemplatePart[]): boolean {
  return parts.some(({ kind }) => kind === 'variable' || kind === 'malformed')
}

interface Reference {
  readonly part: TemplatePart
  readonly end: number
}

function parseReference(text: string, start: number): Reference {
  const escaped = text[start + 2] ?? ''
  if ('*?$'.includes(escaped) && text[start + 3] === '}') return { part: { kind: 'escape', text: escaped }, end: start + 4 }
  let end = start + 2
  while (end < text.length && !",}'${".includes(text[end] as string)) end++
  const key = text.slice(start + 2, end)
  if (end === text.length) return malformed(text, start, 'the closing `}` is missing')
  if (key === '') return malformed(text, start, 'the variable has no name')
  if (key.trim() !== key) return malformed(text, start, 'blanks around the name of a variable')
  if (text[end] === '}') return { part: { kind: 'variable', key }, end: end + 1 }
  if (text[end] === ',') return parseDefault(text, start, key, end + 1)
  return malformed(text, start, `unexpected \`${text[end]}\` in a variable`)
}

/** `'default'}` after the comma; the default ends at the next quote. */
function parseDefault(text: string, start: number, key: string, afterComma: number): Reference {
  let open = afterComma
  while (text[open] === ' ') open++
  const close = text[open] === "'" ? text.indexOf("'", open + 1) : -1
  if (close < 0) return malformed(text, start, "a default value stands in single quotes: `${key, 'default'}`")
  if (text[close + 1] !== '}') return malformed(text, start, 'the closing `}` is missing after the default value')
  return { part: { kind: 'variable', key, default: text.slice(open + 1, close) }, end: close + 2 }
}

/** The rest of the text is taken as one malformed part: where a broken reference ends is anybody's guess. */
function malformed(text: string, start: number, problem: string): Reference {
  return { part: { kind: 'malformed', text: text.slice(start), problem }, end: text.length }
}
