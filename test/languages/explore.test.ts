import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Exploration, explore } from '../../src/languages/explore.js'
import { anything, foldedLiteral, type Language, literal, something, withoutSlash } from '../../src/languages/language.js'
import { allTexts, languageOf, matches, patterns } from './arbitraries.js'

const domains: readonly (readonly [language: Language, holds: (text: string) => boolean])[] = [
  [[anything], () => true],
  [[something], (text) => text !== ''],
  [[withoutSlash], (text) => /^[^/]+$/.test(text)],
  [[[...literal('a'), ...something]], (text) => text.startsWith('a') && text.length > 1],
  [languageOf('*b*'), (text) => text.includes('b')],
]

/** All texts of up to five letters, and one letter that no pattern holds. */
const all = allTexts(['a', 'b', '/'], 5).concat(allTexts(['a', 'b', '/', 'z'], 3))

const membership = (several: readonly string[], text: string): string =>
  several.flatMap((pattern, index) => (matches(pattern, text) ? index : [])).join()

const named = ({ representatives }: Exploration): readonly string[] => representatives.map(({ within }) => [...within].join())

describe('explore', () => {
  test('finds a representative for every text: one that is in the same languages', () => {
    fc.assert(
      fc.property(fc.array(patterns, { maxLength: 4 }), fc.constantFrom(...domains), (several, [domain, holds]) => {
        const exploration = explore(domain, several.map(languageOf), { steps: 1_000_000 })
        expect(exploration.isComplete).toBe(true)
        const known = new Set(named(exploration))
        for (const text of all) if (holds(text)) expect(known.has(membership(several, text)), text).toBe(true)
      }),
      { numRuns: 250 },
    )
  })

  test('says of each representative what it is in, and never goes outside the domain', () => {
    fc.assert(
      fc.property(fc.array(patterns, { maxLength: 6 }), fc.constantFrom(...domains), (several, [domain, holds]) => {
        const { representatives } = explore(domain, several.map(languageOf), { steps: 100_000 })
        for (const { text, within } of representatives) {
          expect(holds(text), text).toBe(true)
          expect([...within].join(), text).toBe(membership(several, text))
        }
        expect(new Set(representatives.map(({ within }) => [...within].join())).size).toBe(representatives.length)
      }),
      { numRuns: 1000 },
    )
  })

  test('takes the texts that are liked where they will do, and the shortest elsewhere', () => {
    const { representatives } = explore([anything], [languageOf('a*'), languageOf('*b')], {
      steps: 1000,
      liked: ['apple', 'outside', 'apples'],
    })
    expect(representatives.map(({ text }) => text)).toEqual(['apple', 'outside', 'b', 'ab'])
  })

  test('takes no text that is liked but outside the domain', () => {
    const { representatives } = explore([withoutSlash], [languageOf('a*')], { steps: 1000, liked: ['a/b'] })
    expect(representatives.map(({ text }) => text).sort()).toEqual(['a', 'x'])
  })

  test('says that it is not complete where its steps end', () => {
    const several = ['*a*', '*b*', '*c*', '*d*'].map(languageOf)
    expect(explore([anything], several, { steps: 10 }).isComplete).toBe(false)
    const whole = explore([anything], several, { steps: 10_000 })
    expect(whole.isComplete).toBe(true)
    expect(whole.representatives.length).toBe(16)
  })

  test('ends where enough is found, and says that it is not complete', () => {
    const seen: string[] = []
    const { isComplete, representatives } = explore([anything], [languageOf('a'), languageOf('b')], {
      steps: 1000,
      isEnough({ text }) {
        seen.push(text)
        return text === 'a'
      },
    })
    expect(isComplete).toBe(false)
    expect(seen).toEqual(['', 'a'])
    expect(representatives.map(({ text }) => text)).toEqual(['', 'a'])
  })

  test('finds every way to spell folded text', () => {
    const several = ['k', '\u212a', 'K'].map((letter): Language => [literal(letter)])
    const { representatives, isComplete } = explore([anything], [[foldedLiteral('K')], ...several], { steps: 1000 })
    expect(isComplete).toBe(true)
    expect(new Set(representatives.map(({ within }) => within.join()))).toEqual(new Set(['', '0,1', '0,2', '0,3']))
  })

  test('knows a letter outside even if all plain ones are taken', () => {
    const plain = Array.from('abcdefghijklmnopqrstuvwxyz0123456789\u4e00\u4e01', (letter): Language => [literal(letter)])
    const { representatives } = explore([languageOf('?')[0] as Language[number]], plain, { steps: 10_000 })
    expect(representatives.map(({ within }) => within.length).sort()).toEqual([0, ...plain.map(() => 1)])
  })
})
