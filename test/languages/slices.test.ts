import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contains } from '../../src/languages/explore.js'
import { type Token, wildcardTokens } from '../../src/languages/language.js'
import { lastParts, partsAfter, partsBefore } from '../../src/languages/slices.js'

const tokensOf = (text: string): readonly Token[] => wildcardTokens([{ text, literal: false }])

/** Patterns as texts, for reading. */
const spell = (tokens: readonly Token[]): string =>
  tokens.map((token) => (token.kind === 'letter' ? String.fromCodePoint(token.code) : token.kind === 'one' ? '?' : '*')).join('')

describe('parts of what a pattern matches', () => {
  test.each([
    ['a:b:c', 1, ['b:c']],
    ['a:*:c', 1, ['*:c', '*:c']],
    ['a*c', 1, ['*c']],
    ['*:c', 1, ['*:c', 'c']],
    ['a?c', 1, ['c']],
    ['a', 1, []],
  ])('%s after %i colons', (text, count, expected) => {
    expect(partsAfter(tokensOf(text), ':', count).map(spell)).toEqual(expected)
  })

  test.each([
    ['b:c', ['b']],
    ['b*:c', ['b*']],
    ['b?c', ['b', 'b?c']],
    ['b', ['b']],
  ])('%s before a colon', (text, expected) => {
    expect(partsBefore(tokensOf(text), ':').map(spell)).toEqual(expected)
  })

  test.each([
    ['user/a', ['a']],
    ['user/p/a', ['a']],
    ['user/*b', ['*b', '*b']],
    ['root', []],
  ])('%s after the last slash', (text, expected) => {
    expect(lastParts(tokensOf(text), '/').map(spell)).toEqual(expected)
  })

  test('the parts of a text that is matched are in some of the parts', () => {
    const pattern = fc.stringMatching(/^[ab:*?]{0,8}$/)
    const text = fc.stringMatching(/^[ab:]{0,8}$/)
    let matched = 0
    fc.assert(
      fc.property(pattern, text, fc.nat(3), (written, value, count) => {
        const tokens = tokensOf(written)
        const parts = value.split(':')
        if (!contains([tokens], value) || parts.length <= count) return
        matched++
        if (count > 0) expect(contains(partsAfter(tokens, ':', count), parts.slice(count).join(':'))).toBe(true)
        expect(contains(partsBefore(tokens, ':'), parts[0] as string)).toBe(true)
        if (parts.length > 1) expect(contains(lastParts(tokens, ':'), parts.at(-1) as string)).toBe(true)
      }),
      { numRuns: 20_000, seed: 20261123 },
    )
    expect(matched).toBeGreaterThan(100)
  })
})
