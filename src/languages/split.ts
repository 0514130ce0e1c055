import type { Language, Token } from './language.js'

/** A pattern as what may stand around a gap: between the end of `before` and the beginning of `after`. */
export interface Gap {
  readonly before: string
  readonly after: string
  /** Whether the pattern's text ends with `after`. */
  readonly ends: boolean
}

/**
 * What fills the gap, for each way in which a pattern can read the text around it. Two fillings that are in the same of these languages lead
 * the pattern to the same places, so that nothing that follows tells them apart.
 */
export function fillings(tokens: readonly Token[], { before, after, ends }: Gap): Language {
  const result: Token[][] = []
  const starts = follow(tokens, [0], before)
  for (const start of starts) {
    for (let end = start; end <= tokens.length; end++) {
      const reached = follow(tokens, [end], after)
      if (ends ? reached.includes(tokens.length) : reached.length > 0) {
        // A filling may end inside a star.
        result.push(tokens.slice(start, tokens[end]?.kind === 'many' ? end + 1 : end))
      }
    }
  }
  return result
}

/** The places that a pattern can be at after a text, from some places on. */
function follow(tokens: readonly Token[], from: readonly number[], text: string): readonly number[] {
  let places = closure(tokens, from)
  for (const letter of text) {
    const code = letter.codePointAt(0) as number
    places = closure(
      tokens,
      places.flatMap((place) => after(tokens[place], place, code)),
    )
  }
  return places
}

function after(token: Token | undefined, place: number, code: number): readonly number[] {
  if (token === undefined) return []
  if (token.kind === 'letter') return token.code === code ? [place + 1] : []
  if (token.except.includes(code)) return []
  return [token.kind === 'one' ? place + 1 : place]
}

/** With the places after stars, which may stand for nothing. */
function closure(tokens: readonly Token[], places: readonly number[]): readonly number[] {
  const all = new Set<number>()
  for (let place of places) {
    all.add(place)
    while (tokens[place]?.kind === 'many') all.add(++place)
  }
  return [...all]
}
