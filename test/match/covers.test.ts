import { describe, expect, test } from 'vitest'
import { coversPattern, patternSymbols } from '../../src/match/covers.js'
import { matchesWildcard, wildcard } from '../../src/match/wildcard.js'

const covers = (outer: string, inner: string) => coversPattern(patternSymbols(outer), patternSymbols(inner))

describe('coversPattern', () => {
  test.each([
    ['*', 'a*b?c'],
    ['a*', 'a'],
    ['a*', 'a?b'],
    ['*a*', 'xa*y'],
    ['?*', '*?'],
    ['**', '*'],
    ['a?c', 'abc'],
    ['a?', 'a?'],
    ['😀*', '😀'],
  ])('%s covers %s', (outer, inner) => expect(covers(outer, inner)).toBe(true))

  test.each([
    ['a?', 'a*'],
    ['a', 'a*'],
    ['a*', '*'],
    ['?*', '*'],
    ['a*b', 'a*c'],
    ['?', '??'],
    ['*a', 'a*'],
  ])('%s does not cover %s', (outer, inner) => expect(covers(outer, inner)).toBe(false))

  test('a variable is covered by a star and by itself, an escape by a question mark too', () => {
    const variable = ['${aws:username}']
    expect(coversPattern(['*'], variable)).toBe(true)
    expect(coversPattern(variable, variable)).toBe(true)
    expect(coversPattern(['?'], variable)).toBe(false)
    expect(coversPattern(['?'], ['${*}'])).toBe(true)
    expect(coversPattern(['${*}'], ['*'])).toBe(false)
  })

  test('what it affirms holds for every short text', () => {
    const words = (letters: string, length: number): string[] =>
      length === 0 ? [''] : ['', ...words(letters, length - 1).flatMap((word) => Array.from(letters, (letter) => letter + word))]
    const texts = [...new Set(words('abc', 5))]
    const patterns = [...new Set(words('a?*', 3))]
    for (const outer of patterns) {
      for (const inner of patterns) {
        if (!covers(outer, inner)) continue
        const missed = texts.filter((text) => matchesWildcard(wildcard(inner), text) && !matchesWildcard(wildcard(outer), text))
        expect({ outer, inner, missed }).toEqual({ outer, inner, missed: [] })
      }
    }
  })
})
