import { unknownPart } from '../unknown-text.js'
import type { Expression } from './block.js'
import type { Piece } from './pieces.js'
import { childOf, childrenOf, type SyntaxNode } from './syntax.js'

/** What a template puts in for an interpolation, or for a part that it cannot read. */
export type Fill = (node: SyntaxNode) => { readonly text: string; readonly isUnknown: boolean }

/** The pieces of a quoted text or a heredoc. */
export function piecesOf({ node, file }: Expression, fill: Fill): readonly Piece[] {
  const maker = new PieceMaker(file.text, fill, node.type !== 'heredoc_template')
  const { start, end } = contentOf(node, file.text)
  let from = start
  const cut = node.type === 'heredoc_template' && childOf(node, 'heredoc_start')
  const indentation = cut && file.text[cut.end - 1] === '-' ? indentationOf(node, file.text, start, end) : 0
  const literal = (to: number) => maker.addLiteral(from, to, indentation, start)
  for (const child of node.children) {
    if (child.type !== 'template_interpolation' && child.type !== 'template_directive') continue
    literal(child.start)
    maker.addFilled(child)
    from = child.end
  }
  literal(end)
  return maker.pieces
}

/** The mark for a part of a template. */
export function unknownFill(name: string): ReturnType<Fill> {
  return { text: unknownPart(name), isUnknown: true }
}

function contentOf(node: SyntaxNode, text: string): { readonly start: number; readonly end: number } {
  if (node.type !== 'heredoc_template') {
    return {
      start: childOf(node, 'quoted_template_start')?.end ?? node.start,
      end: childOf(node, 'quoted_template_end')?.start ?? node.end,
    }
  }
  const [opening, closing] = childrenOf(node, 'heredoc_identifier')
  const start = text.indexOf('\n', opening?.end ?? node.start) + 1
  const last = closing === undefined ? node.end : text.lastIndexOf('\n', closing.start) + 1
  return { start, end: Math.max(start, last) }
}

/** How far all lines are indented that begin outside interpolations. Blank lines do not count. */
function indentationOf(node: SyntaxNode, text: string, start: number, end: number): number {
  const inner = node.children.filter(({ type }) => type === 'template_interpolation' || type === 'template_directive')
  let least = Number.POSITIVE_INFINITY
  let next = 0
  for (let line = start; line < end; line = endOfLine(text, line, end)) {
    while (next < inner.length && (inner[next] as SyntaxNode).end <= line) next++
    const around = inner[next]
    if (around !== undefined && around.start < line) continue
    let at = line
    while (at < end && (text[at] === ' ' || text[at] === '\t')) at++
    if (at < end && text[at] !== '\n' && text[at] !== '\r') least = Math.min(least, at - line)
  }
  return Number.isFinite(least) ? least : 0
}

function endOfLine(text: string, from: number, end: number): number {
  const feed = text.indexOf('\n', from)
  return feed < 0 || feed >= end ? end : feed + 1
}

class PieceMaker {
  readonly pieces: Piece[] = []

  constructor(
    private readonly source: string,
    private readonly fill: Fill,
    private readonly hasEscapes: boolean,
  ) {}

  addFilled({ start, end, children, ...rest }: SyntaxNode): void {
    this.pieces.push({ ...this.fill({ start, end, children, ...rest }), start, end, isVerbatim: false })
  }

  /** @param contentStart where the template's first line begins */
  addLiteral(from: number, to: number, indentation: number, contentStart: number): void {
    if (indentation === 0) {
      this.addRun(from, to)
      return
    }
    for (let line = from; line < to; line = endOfLine(this.source, line, to)) {
      const isAtStart = line === contentStart || this.source[line - 1] === '\n'
      this.addRun(isAtStart ? this.afterIndentation(line, to, indentation) : line, endOfLine(this.source, line, to))
    }
  }

  private afterIndentation(line: number, to: number, indentation: number): number {
    let at = line
    while (at < to && at < line + indentation && (this.source[at] === ' ' || this.source[at] === '\t')) at++
    return at
  }

  /** The characters as they are, but for escapes. */
  private addRun(from: number, to: number): void {
    let start = from
    let at = from
    while (at < to) {
      const escaped = this.escapeAt(at, to)
      if (escaped === undefined) {
        at++
        continue
      }
      this.addVerbatim(start, at)
      this.pieces.push({ text: escaped.text, start: at, end: at + escaped.length, isVerbatim: false, isUnknown: false })
      at += escaped.length
      start = at
    }
    this.addVerbatim(start, to)
  }

  private addVerbatim(start: number, end: number): void {
    if (end > start) this.pieces.push({ text: this.source.slice(start, end), start, end, isVerbatim: true, isUnknown: false })
  }

  private escapeAt(at: number, to: number): { readonly text: string; readonly length: number } | undefined {
    const { source } = this
    const sign = source[at]
    if ((sign === '$' || sign === '%') && source[at + 1] === sign && source[at + 2] === '{') return { text: `${sign}{`, length: 3 }
    if (sign !== '\\' || !this.hasEscapes || at + 1 >= to) return undefined
    const letter = source[at + 1] as string
    if (letter === 'u' || letter === 'U') return unicodeEscape(source.slice(at + 2, at + (letter === 'u' ? 6 : 10)), letter === 'u' ? 4 : 8)
    return { text: escapes.get(letter) ?? letter, length: 2 }
  }
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

function unicodeEscape(digits: string, length: number): { readonly text: string; readonly length: number } | undefined {
  const isHexadecimal = digits.length === length && [...digits].every((digit) => '0123456789abcdefABCDEF'.includes(digit))
  const code = isHexadecimal ? Number.parseInt(digits, 16) : Number.NaN
  return code <= 0x10ffff ? { text: String.fromCodePoint(code), length: length + 2 } : undefined
}
