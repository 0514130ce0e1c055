import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldSimple } from '../../src/match/case.js'
import { equalsFolded } from '../../src/scan/fold.js'
import { paddings, runs, within } from './ranges.js'

describe('equalsFolded', () => {
  test.each([
    { core: '', folded: '', expected: true },
    { core: '', folded: 'a', expected: false },
    { core: 'a', folded: '', expected: false },
    { core: 'ABC', folded: 'abc', expected: true },
    { core: 'abc', folded: 'abc', expected: true },
    { core: 'abc', folded: 'ABC', expected: false },
    { core: 'abc', folded: 'abcd', expected: false },
    { core: 'abcd', folded: 'abc', expected: false },
    { core: '@[`{', folded: '@[`{', expected: true },
    { core: '@', folded: '`', expected: false },
    { core: '[', folded: '{', expected: false },
    { core: 'É', folded: 'é', expected: true },
    { core: 'ẞ', folded: 'ß', expected: true },
    { core: 'SS', folded: 'ß', expected: false },
    { core: '\u212a', folded: 'k', expected: true },
    { core: '\u017f', folded: 's', expected: true },
    { core: 'ı', folded: 'i', expected: false },
    { core: 'ı', folded: 'ı', expected: true },
    { core: '\u0130', folded: 'i', expected: false },
    { core: '\u0130', folded: '\u0130', expected: true },
    { core: 'Σς', folded: 'σσ', expected: true },
    { core: '\u1fd3', folded: '\u0390', expected: true },
    { core: '\u{10400}', folded: '\u{10428}', expected: true },
    { core: '\u{10400}', folded: '\u{10400}', expected: false },
    { core: '😀', folded: '😀', expected: true },
    // Halves of a pair, which may find their other half outside the range.
    { core: '\ud83d', folded: '\ud83d', expected: true },
    { core: '\ud801', folded: '\ud801', expected: true },
    { core: '\udc00', folded: '\udc00', expected: true },
    { core: '\udc00\ud801', folded: '\udc00\ud801', expected: true },
    { core: '\ud801\ud801\udc00', folded: '\ud801\u{10428}', expected: true },
  ])('$core and $folded: $expected', ({ core, folded, expected }) => {
    expect(foldSimple(core) === folded).toBe(expected)
    for (const { text, from, to } of paddings(core)) {
      expect(equalsFolded(text, from, to, folded)).toBe(expected)
    }
  })

  test('a pair that the range cuts in two is no pair', () => {
    const text = 'a\u{10400}b'
    expect(equalsFolded(text, 0, 2, 'a\ud801')).toBe(true)
    expect(equalsFolded(text, 2, 4, '\udc00b')).toBe(true)
    expect(equalsFolded(text, 1, 2, '\ud801')).toBe(true)
    expect(equalsFolded(text, 1, 3, '\u{10428}')).toBe(true)
  })

  test('every code point alone', () => {
    for (let point = 0; point <= 0x10ffff; point++) {
      const core = String.fromCodePoint(point)
      const folded = foldSimple(core)
      const isSame = equalsFolded(core, 0, core.length, core) === (core === folded)
      if (!isSame || !equalsFolded(core, 0, core.length, folded) || equalsFolded(core, 0, core.length, `${folded}a`)) expect(point).toBe(-1)
    }
  })

  test('the same as foldSimple and === on every text', () => {
    const unit = fc.constantFrom(
      ...['a', 'A', 'k', 'K', '\u212a', 's', 'S', '\u017f', 'i', 'I', 'ı', '\u0130', 'ß', 'ẞ', 'Σ', 'σ', 'ς', 'é', 'É', '\u0390', '\u1fd3'],
      ...['\u{10400}', '\u{10428}', '😀', '\ud801', '\udc00', '\udc28', '@', '[', '\u007f', '\u0080', '\ufb05', '\ufb06', '\u01c5'],
    )
    const texts = fc.string({ unit, maxLength: 4 })
    fc.assert(
      fc.property(within(texts), texts, ({ core, text, from, to }, other) => {
        const folded = foldSimple(core)
        expect(equalsFolded(text, from, to, folded)).toBe(true)
        for (const against of [other, foldSimple(other), core, `${folded}a`, folded.slice(1), folded.slice(0, -1)]) {
          expect(equalsFolded(text, from, to, against)).toBe(folded === against)
        }
      }),
      runs,
    )
  })
})
