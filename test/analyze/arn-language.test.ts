import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyArn, arnLanguage } from '../../src/analyze/conditions/arn-language.js'
import { Automaton } from '../../src/languages/automaton.js'
import type { Language } from '../../src/languages/language.js'
import { arnPatternOf, matchesArn, parseArn } from '../../src/match/arn.js'

function isIn(language: Language, text: string): boolean {
  const automaton = new Automaton(language)
  return automaton.accepts(automaton.run(automaton.start, text))
}

const parts = fc.array(fc.string({ unit: fc.constantFrom('a', '/', 'x'), maxLength: 2 }), { minLength: 3, maxLength: 7 })
const texts = fc.tuple(fc.constantFrom('arn', 'arn', 'arn', 'arx', ''), parts).map(([first, rest]) => [first, ...rest].join(':'))

const patternParts = fc.array(fc.string({ unit: fc.constantFrom('a', '*', '?', '/'), maxLength: 3 }), { minLength: 4, maxLength: 6 })
const patternTexts = fc
  .tuple(fc.constantFrom('arn', 'arn', '*', 'a?n', 'arx', '??'), patternParts)
  .map(([first, rest]) => [first, ...rest].join(':'))
/** Some of the text stands for the value of a variable, colons and stars and all. */
const pieces = fc.tuple(patternTexts, fc.nat({ max: 12 }), fc.constantFrom('', 'a', '*', ':', 'a:a', '?')).map(([text, at, value]) => [
  { text: text.slice(0, at), literal: false },
  { text: value, literal: true },
  { text: text.slice(at), literal: false },
])

describe('the language of an ARN pattern', () => {
  test('is what the pattern matches', () => {
    fc.assert(
      fc.property(pieces, texts, (pattern, text) => {
        const language = arnLanguage(pattern)
        const compiled = arnPatternOf(pattern)
        expect(language === undefined).toBe(compiled === undefined)
        if (language === undefined || compiled === undefined) return
        const arn = parseArn(text)
        expect(isIn(language, text)).toBe(arn !== undefined && matchesArn(compiled, arn))
      }),
      { numRuns: 10_000 },
    )
  })

  test('is what the pattern matches where the text is made to fit', () => {
    fc.assert(
      fc.property(patternTexts, fc.array(fc.constantFrom('', 'a', 'ax', '/'), { minLength: 8, maxLength: 8 }), (pattern, fillings) => {
        let next = 0
        const text = `arn${pattern.replace(/^[^:]*/, '').replace(/[*?]/g, (sign) => (sign === '*' ? (fillings[next++ % 8] as string) : 'x'))}`
        const list = [{ text: pattern, literal: false }]
        const language = arnLanguage(list)
        const arn = parseArn(text)
        if (language === undefined || arn === undefined) return
        expect(isIn(language, text)).toBe(matchesArn(arnPatternOf(list) ?? [], arn))
      }),
      { numRuns: 3000 },
    )
  })

  test('of any ARN is what can be read as one', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(isIn(anyArn, text)).toBe(parseArn(text) !== undefined)
      }),
      { numRuns: 3000 },
    )
  })
})
