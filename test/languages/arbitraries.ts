import fc from 'fast-check'
import { type Language, wildcardTokens } from '../../src/languages/language.js'
import { matchesWildcard, wildcard } from '../../src/match/wildcard.js'

/** Short patterns over three letters and both wildcards: they meet, nest and just miss one another. */
export const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 6 })

/** Short texts, with a letter that no pattern holds and one of two code units. */
export const texts = fc.string({ unit: fc.constantFrom('a', 'b', '/', 'z', '\u{1f600}'), maxLength: 7 })

export function languageOf(pattern: string): Language {
  return [wildcardTokens([{ text: pattern, literal: false }])]
}

export function matches(pattern: string, text: string): boolean {
  return matchesWildcard(wildcard(pattern), text)
}

/** Every text over the letters of at most so many of them, the empty one too. */
export function allTexts(letters: readonly string[], most: number): readonly string[] {
  const result = ['']
  let longest = result
  for (let length = 0; length < most; length++) {
    longest = longest.flatMap((text) => letters.map((letter) => text + letter))
    result.push(...longest)
  }
  return result
}
