import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Automaton, DEAD } from '../../src/languages/automaton.js'
import { foldedLiteral, type Language, literal, wildcardTokens, wildcardWithoutColon } from '../../src/languages/language.js'
import { foldSimple } from '../../src/match/case.js'
import { matchesWildcard, wildcardOf } from '../../src/match/wildcard.js'
import { allTexts, languageOf, matches, patterns, texts } from './arbitraries.js'

const runs = { numRuns: 2000 }

function isIn(language: Language, text: string): boolean {
  const automaton = new Automaton(language)
  return automaton.accepts(automaton.run(automaton.start, text))
}

describe('an automaton', () => {
  test('accepts what its pattern matches', () => {
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        expect(isIn(languageOf(pattern), text)).toBe(matches(pattern, text))
      }),
      runs,
    )
  })

  test('accepts what its pattern matches where the text is made to fit', () => {
    const fitting = patterns.chain((pattern) =>
      fc.array(texts, { minLength: pattern.length, maxLength: pattern.length }).map((fillings) => ({
        pattern,
        text: Array.from(pattern, (letter, at) => (letter === '*' ? fillings[at] : letter === '?' ? 'z' : letter)).join(''),
      })),
    )
    fc.assert(
      fc.property(fitting, ({ pattern, text }) => {
        expect(isIn(languageOf(pattern), text)).toBe(true)
      }),
      runs,
    )
  })

  test('reads wildcards in literal pieces as letters', () => {
    const pieces = fc.array(fc.record({ text: patterns, literal: fc.boolean() }), { maxLength: 3 })
    const written = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?'), maxLength: 6 })
    fc.assert(
      fc.property(pieces, written, (some, text) => {
        expect(isIn([wildcardTokens(some)], text)).toBe(matchesWildcard(wildcardOf(some), text))
      }),
      runs,
    )
  })

  test('of several patterns accepts what one of them matches', () => {
    fc.assert(
      fc.property(fc.array(patterns, { maxLength: 4 }), texts, (several, text) => {
        expect(isIn(several.flatMap(languageOf), text)).toBe(several.some((pattern) => matches(pattern, text)))
      }),
      runs,
    )
  })

  test('takes no excepted letter for a star or a question mark', () => {
    const written = fc.string({ unit: fc.constantFrom('a', ':', 'b'), maxLength: 6 })
    const starred = fc.string({ unit: fc.constantFrom('a', ':', '*', '?'), maxLength: 5 })
    fc.assert(
      fc.property(starred, written, (pattern, text) => {
        const source = pattern.replaceAll('*', '[^:]*').replaceAll('?', '[^:]')
        const language = [wildcardWithoutColon([{ text: pattern, literal: false }])]
        expect(isIn(language, text)).toBe(new RegExp(`^${source}$`).test(text))
      }),
      runs,
    )
  })

  test('of folded text accepts every text that folds to the same', () => {
    const letters = fc.constantFrom(
      'k',
      'K',
      '\u212a',
      's',
      'S',
      '\u017f',
      '\u00df',
      '\u1e9e',
      'i',
      'I',
      '\u0131',
      '\u0130',
      '\u03c3',
      '\u03c2',
    )
    const words = fc.string({ unit: letters, maxLength: 3 })
    fc.assert(
      fc.property(words, words, (word, text) => {
        expect(isIn([foldedLiteral(word)], text)).toBe(foldSimple(word) === foldSimple(text))
      }),
      { numRuns: 5000 },
    )
  })

  test('goes the same way with all code points that are none of the letters of a state', () => {
    fc.assert(
      fc.property(fc.array(patterns, { maxLength: 3 }), texts, (several, text) => {
        const automaton = new Automaton(several.flatMap(languageOf))
        const state = automaton.run(automaton.start, text)
        const letters = new Set(automaton.letters(state))
        const others = ['a', 'b', '/', 'z', 'q', '\u{1f600}']
          .map((letter) => letter.codePointAt(0) as number)
          .filter((code) => !letters.has(code))
        expect(new Set(others.map((code) => automaton.step(state, code))).size).toBe(1)
      }),
      runs,
    )
  })

  test('is dead where nothing that follows can match, and only there', () => {
    const endings = allTexts(['a', 'b', '/'], 4)
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 }), texts, (pattern, text) => {
        const automaton = new Automaton(languageOf(pattern))
        const state = automaton.run(automaton.start, text)
        expect(state === DEAD).toBe(!endings.some((ending) => matches(pattern, text + ending)))
      }),
      { numRuns: 500 },
    )
    const dead = new Automaton([literal('a')])
    expect(dead.accepts(DEAD)).toBe(false)
    expect(dead.step(DEAD, 97)).toBe(DEAD)
  })

  test('needs few states for many stars', () => {
    const automaton = new Automaton(languageOf(`${'a*'.repeat(40)}b`))
    const states = new Set<number>()
    let state = automaton.start
    for (const letter of 'ab'.repeat(200)) {
      state = automaton.step(state, letter.codePointAt(0) as number)
      states.add(state)
    }
    expect(automaton.accepts(state)).toBe(true)
    expect(states.size).toBeLessThan(90)
  })
})
