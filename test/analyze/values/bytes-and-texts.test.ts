import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Probe } from '../../../src/analyze/conditions/probe.js'
import { chooseBytes } from '../../../src/analyze/values/bytes.js'
import { chooseTexts } from '../../../src/analyze/values/texts.js'
import { anything } from '../../../src/languages/language.js'
import { evaluateOperator } from '../../../src/operators/evaluate-operator.js'
import { plainText } from '../../../src/policy/template.js'
import { allTexts, languageOf, matches, patterns } from '../../languages/arbitraries.js'

const binaryEquals = {
  name: 'BinaryEquals',
  ifExists: false,
  location: { path: [], span: { start: { offset: 0, line: 1, column: 1 }, end: { offset: 0, line: 1, column: 1 } } },
} as const

describe('texts chosen for comparisons of bytes', () => {
  test('stand for every text: one compares the same with all', () => {
    const texts = fc.oneof(fc.base64String({ maxLength: 8 }), fc.constantFrom('', 'YQ==', 'YWI=', 'YQ', '!', '!!', 'AAAA', 'BBBB', 'YR=='))
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 5 }), fc.array(texts, { maxLength: 5 }), (compared, more) => {
        const kindOf = (text: string) => compared.map((operand) => evaluateOperator(binaryEquals, [plainText(operand)], [text])).join()
        const { values, incomplete } = chooseBytes(compared)
        expect(incomplete).toBe(undefined)
        const known = new Set(values.map(kindOf))
        for (const text of [...compared, ...more, '%']) expect(known.has(kindOf(text)), text).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('have one that is base64 and compared with nothing, however many are', () => {
    const all = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', (letter) => letter.repeat(4))
    expect(chooseBytes(all).values[0]).toBe('AAAAAAAA')
  })
})

describe('texts chosen for patterns', () => {
  const probeOf = (pattern: string): Probe => ({ kind: 'language', name: pattern, language: languageOf(pattern) })
  const all = allTexts(['a', 'b', '/'], 4)

  test('stand for every text: one matches the same patterns', () => {
    fc.assert(
      fc.property(fc.array(patterns, { maxLength: 4 }), (several) => {
        const kindOf = (text: string) => several.map((pattern) => matches(pattern, text)).join()
        const { values, incomplete } = chooseTexts({ language: [anything], liked: ['other'] }, several.map(probeOf), 100_000)
        expect(incomplete).toBe(undefined)
        const known = new Set(values.map(kindOf))
        for (const text of all) expect(known.has(kindOf(text)), text).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('say so where there are too many ways to overlap', () => {
    const { incomplete } = chooseTexts({ language: [anything], liked: [] }, ['*a*', '*b*', '*c*'].map(probeOf), 5)
    expect(incomplete).toBe('there are too many ways in which the 3 patterns overlap')
  })
})
