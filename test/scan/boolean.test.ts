import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldAscii } from '../../src/match/case.js'
import { readBoolean } from '../../src/scan/boolean.js'
import { mutated, paddings, runs, within } from './ranges.js'

function expected(text: string): number {
  const folded = foldAscii(text)
  return folded === 'true' ? 1 : folded === 'false' ? 0 : -1
}

describe('readBoolean', () => {
  test.each([
    { core: 'true', answer: 1 },
    { core: 'TRUE', answer: 1 },
    { core: 'tRuE', answer: 1 },
    { core: 'false', answer: 0 },
    { core: 'FALSE', answer: 0 },
    { core: 'FalsE', answer: 0 },
    { core: '', answer: -1 },
    { core: 'tru', answer: -1 },
    { core: 'truee', answer: -1 },
    { core: ' true', answer: -1 },
    { core: 'fals', answer: -1 },
    { core: 'false ', answer: -1 },
    { core: 'yes', answer: -1 },
    { core: '1', answer: -1 },
    // The long s folds to s, but not in ASCII; the others share the low bits of a letter.
    { core: 'fal\u017fe', answer: -1 },
    { core: '\u0174rue', answer: -1 },
    { core: '\u0154rue', answer: -1 },
    { core: 'tru\u0005', answer: -1 },
    { core: 'tru%', answer: -1 },
  ])('$core: $answer', ({ core, answer }) => {
    expect(expected(core)).toBe(answer)
    for (const { text, from, to } of paddings(core)) expect(readBoolean(text, from, to)).toBe(answer)
  })

  test('every code unit in place of a letter', () => {
    for (let unit = 0; unit <= 0xffff; unit++) {
      const character = String.fromCharCode(unit)
      for (const core of [`${character}rue`, `tru${character}`, `fal${character}e`]) {
        if (readBoolean(core, 0, core.length) !== expected(core))
          expect([unit, readBoolean(core, 0, core.length)]).toEqual([unit, expected(core)])
      }
    }
  })

  test('the same as foldAscii and === on every text', () => {
    const word = fc.mixedCase(fc.constantFrom('true', 'false'))
    fc.assert(
      fc.property(within(fc.oneof(word, mutated(word, ['t', 'E', 's', '\u017f', ' ']))), ({ core, text, from, to }) => {
        expect(readBoolean(text, from, to)).toBe(expected(core))
      }),
      runs,
    )
  })
})
