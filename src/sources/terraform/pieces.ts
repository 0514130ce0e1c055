import type { Extent } from '../../policy/positioned-value.js'

/** A part of the text that a template makes, and what makes it. */
export interface Piece extends Extent {
  readonly text: string
  /** Whether the text stands in the file as it is, character by character. */
  readonly isVerbatim: boolean
  /** Whether it is the mark of an unknown part. */
  readonly isUnknown: boolean
}

/** Longer texts are not put together: no policy is as long, and a small file can ask for a text that fits no memory. */
const MAX_TEXT = 1_000_000

/** The texts as one; undefined if that is too long. */
export function joinTexts(texts: readonly string[], between = ''): string | undefined {
  let length = between.length * texts.length
  for (const text of texts) length += text.length
  return length > MAX_TEXT ? undefined : texts.join(between)
}

export function textOfPieces(pieces: readonly Piece[]): string | undefined {
  return joinTexts(pieces.map(({ text }) => text))
}

/** A text made of pieces, and the way from its offsets back to the file. */
export interface MappedText {
  readonly text: string
  /** Where the characters from `start` up to `end` are from. */
  extentOf(start: number, end: number): Extent
}

export function mapText(pieces: readonly Piece[]): MappedText | undefined {
  const text = textOfPieces(pieces)
  if (text === undefined) return undefined
  const starts: number[] = []
  let length = 0
  for (const piece of pieces) {
    starts.push(length)
    length += piece.text.length
  }
  const pieceAt = (offset: number): number => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
  const first = (offset: number): number => {
    const index = pieceAt(offset)
    const piece = pieces[index]
    if (piece === undefined) return 0
    return piece.isVerbatim ? piece.start + Math.min(offset - (starts[index] as number), piece.text.length) : piece.start
  }
  const last = (offset: number): number => {
    const index = pieceAt(offset)
    const piece = pieces[index]
    if (piece === undefined) return 0
    return piece.isVerbatim ? piece.start + Math.min(offset - (starts[index] as number) + 1, piece.text.length) : piece.end
  }
  return {
    text,
    extentOf: (start, end) => ({ start: first(start), end: end > start ? last(end - 1) : first(start) }),
  }
}

/**
 * The pieces as JSON text: an unknown part that stands where a value does, not within a text, gets quotes, so that the JSON around it can
 * be read.
 */
export function asJsonPieces(pieces: readonly Piece[]): readonly Piece[] {
  let state: TextState = { isInText: false, isEscaped: false }
  return pieces.map((piece) => {
    if (piece.isUnknown) return state.isInText ? piece : { ...piece, text: JSON.stringify(piece.text) }
    state = stateAfter(piece.text, state)
    return piece
  })
}

interface TextState {
  readonly isInText: boolean
  /** Whether a backslash came last. */
  readonly isEscaped: boolean
}

function stateAfter(text: string, before: TextState): TextState {
  let { isInText, isEscaped } = before
  for (let at = 0; at < text.length; at++) {
    if (isEscaped) isEscaped = false
    else if (text[at] === '\\' && isInText) isEscaped = true
    else if (text[at] === '"') isInText = !isInText
  }
  return { isInText, isEscaped }
}
