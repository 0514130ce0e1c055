import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUniqueId } from '../../src/match/unique-id.js'

test.each([
  { text: 'AIDAJQABLZS4A3QDU576Q', expected: true },
  { text: 'AROAJQABLZS4A3QDU576Q', expected: true },
  { text: 'ANPAZZZZZZZZZZZZZZZZ9', expected: true },
  { text: 'AZZZ000000000000', expected: true },
  { text: 'AAAAAAAAAAAAAAAA', expected: true },
  { text: 'AAAAAAAAAAAAAAA', expected: false },
  { text: 'AZZZ00000000000', expected: false },
  { text: 'BIDAJQABLZS4A3QDU576Q', expected: false },
  { text: 'aIDAJQABLZS4A3QDU576Q', expected: false },
  { text: 'AiDAJQABLZS4A3QDU576Q', expected: false },
  { text: 'A1DAJQABLZS4A3QDU576Q', expected: false },
  { text: 'AI1AJQABLZS4A3QDU576Q', expected: false },
  { text: 'AID1JQABLZS4A3QDU576Q', expected: false },
  { text: 'AIDA0QABLZS4A3QDU576Q', expected: true },
  { text: 'AIDAJQABLZS4A3QDU576q', expected: false },
  { text: 'AIDAJQABLZS4A3QDU576Q:session', expected: false },
  { text: 'AIDAJQABLZS4A3QDU57*', expected: false },
  { text: 'AIDAJQABLZS4A3QDU57?', expected: false },
  { text: 'AIDAJQABLZS4-3QDU576Q', expected: false },
  { text: 'AIDAJQABLZS4Ä3QDU576Q', expected: false },
  { text: ' AIDAJQABLZS4A3QDU576Q', expected: false },
  { text: 'AIDAJQABLZS4A3QDU576Q ', expected: false },
  { text: '111122223333', expected: false },
  { text: '1111222233334444', expected: false },
  { text: '', expected: false },
])('$text is a unique id: $expected', ({ text, expected }) => {
  expect(isUniqueId(text)).toBe(expected)
})

test('A, three capitals, and at least twelve capitals or digits', () => {
  const character = fc.constantFrom('A', 'Z', 'M', '0', '9', 'a', '@', '[', '/', ':')
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.oneof({ weight: 12, arbitrary: fc.constantFrom('A', 'Z', '0', '9') }, character),
        minLength: 14,
        maxLength: 20,
      }),
      (rest) => {
        for (const text of [`AZA${rest}`, `A${rest}`, rest]) expect(isUniqueId(text)).toBe(/^A[A-Z]{3}[A-Z0-9]{12,}$/.test(text))
      },
    ),
    { numRuns: 1000 },
  )
})
