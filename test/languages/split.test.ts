import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Automaton } from '../../src/languages/automaton.js'
import type { Language } from '../../src/languages/language.js'
import { fillings } from '../../src/languages/split.js'
import { allTexts, languageOf, matches, patterns } from './arbitraries.js'

const inGap = allTexts(['a', 'b', '/'], 4)
const endings = allTexts(['a', 'b', '/'], 2)
const around = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 2 })

const tokensOf = (pattern: string) => languageOf(pattern)[0] as Language[number]

function readersOf(language: Language): (text: string) => string {
  const automata = language.map((tokens) => new Automaton([tokens]))
  return (text) => automata.map((automaton) => Number(automaton.accepts(automaton.run(automaton.start, text)))).join('')
}

describe('fillings of a gap', () => {
  test('that are in the same languages lead the pattern to the same ends', () => {
    fc.assert(
      fc.property(patterns, around, around, fc.boolean(), (pattern, before, after, ends) => {
        const kindOf = readersOf(fillings(tokensOf(pattern), { before, after, ends }))
        const followed = new Map<string, readonly [text: string, matched: string]>()
        for (const text of inGap) {
          const matched = (ends ? [''] : endings).map((ending) => Number(matches(pattern, before + text + after + ending))).join('')
          const kind = kindOf(text)
          const known = followed.get(kind)
          if (known === undefined) followed.set(kind, [text, matched])
          else expect(matched, `${known[0]} and ${text}`).toBe(known[1])
        }
      }),
      { numRuns: 400 },
    )
  })

  test('that end the text and are in one of the languages are what the pattern matches', () => {
    fc.assert(
      fc.property(patterns, around, around, (pattern, before, after) => {
        const kindOf = readersOf(fillings(tokensOf(pattern), { before, after, ends: true }))
        for (const text of inGap) expect(kindOf(text).includes('1'), text).toBe(matches(pattern, before + text + after))
      }),
      { numRuns: 400 },
    )
  })

  test('are none where the pattern cannot read the text before', () => {
    expect(fillings(tokensOf('a*'), { before: 'b', after: '', ends: false })).toEqual([])
    expect(fillings(tokensOf('a/b'), { before: 'a/', after: '/', ends: false })).toEqual([])
  })
})
