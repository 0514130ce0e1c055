import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareRange, equalsRange } from '../../src/scan/range.js'
import { paddings, runs, within } from './ranges.js'

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

describe('a range against another text', () => {
  test.each([
    { core: '', other: '', expected: 0 },
    { core: '', other: 'a', expected: -1 },
    { core: 'a', other: '', expected: 1 },
    { core: 'a', other: 'a', expected: 0 },
    { core: 'a', other: 'b', expected: -1 },
    { core: 'B', other: 'a', expected: -1 },
    { core: 'ab', other: 'a', expected: 1 },
    { core: 'a', other: 'ab', expected: -1 },
    { core: 'b', other: 'ab', expected: 1 },
    { core: 'a\0', other: 'a', expected: 1 },
    { core: 'é', other: 'z', expected: 1 },
    // Code units, not code points: a pair comes before U+FFFF.
    { core: '😀', other: '\uffff', expected: -1 },
    { core: '\ud83d', other: '😀', expected: -1 },
    { core: '😀', other: '\ud83d', expected: 1 },
    { core: '\ude00', other: '😀', expected: 1 },
  ])('$core and $other: $expected', ({ core, other, expected }) => {
    for (const { text, from, to } of paddings(core)) {
      expect(Math.sign(compareRange(text, from, to, other))).toBe(expected)
      expect(equalsRange(text, from, to, other)).toBe(expected === 0)
    }
  })

  const texts = fc.string({ unit: fc.constantFrom('a', 'b', '\0', '\uffff', '\ud83d', '\ude00', 'é'), maxLength: 4 })

  test('the same as === and < on every text', () => {
    fc.assert(
      fc.property(within(texts), texts, ({ core, text, from, to }, other) => {
        expect(equalsRange(text, from, to, other)).toBe(core === other)
        expect(Math.sign(compareRange(text, from, to, other))).toBe(order(core, other))
        expect(equalsRange(text, from, to, core)).toBe(true)
        expect(compareRange(text, from, to, core)).toBe(0)
      }),
      runs,
    )
  })
})
