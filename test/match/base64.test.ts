import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isCanonicalBase64 } from '../../src/match/base64.js'

describe('isCanonicalBase64', () => {
  test.each([
    { text: '', expected: true },
    { text: 'AA==', expected: true },
    { text: 'AAA=', expected: true },
    { text: 'AAAA', expected: true },
    { text: 'QUJD', expected: true },
    { text: '+/09', expected: true },
    { text: 'azAZ', expected: true },
    { text: 'Zm9vYg==', expected: true },
    { text: 'Zm9vYmE=', expected: true },
    { text: 'Zm9vYmFy', expected: true },
    // Without padding.
    { text: 'AA', expected: false },
    { text: 'AAA', expected: false },
    { text: 'A', expected: false },
    { text: 'AAAAA', expected: false },
    // Padding of the wrong length, or in the wrong place.
    { text: 'A===', expected: false },
    { text: '====', expected: false },
    { text: '=', expected: false },
    { text: '==', expected: false },
    { text: '===', expected: false },
    { text: 'AA=A', expected: false },
    { text: '=AAA', expected: false },
    { text: 'A=A=', expected: false },
    { text: 'A=AA', expected: false },
    { text: 'AA==AAAA', expected: false },
    { text: 'AAA=AAAA', expected: false },
    { text: 'AAAA====', expected: false },
    // Bits that stand for no byte: `AA==` and `AB==` would be the same byte.
    { text: 'AB==', expected: false },
    { text: 'AC==', expected: false },
    { text: 'AE==', expected: false },
    { text: 'AI==', expected: false },
    { text: 'AQ==', expected: true },
    { text: 'Ag==', expected: true },
    { text: 'Aw==', expected: true },
    { text: 'A/==', expected: false },
    { text: 'AAB=', expected: false },
    { text: 'AAC=', expected: false },
    { text: 'AAE=', expected: true },
    { text: 'AA8=', expected: true },
    { text: 'AA/=', expected: false },
    // Other alphabets and anything between.
    { text: 'A-A_', expected: false },
    { text: '-AAA', expected: false },
    { text: 'AAA_', expected: false },
    { text: 'AA A', expected: false },
    { text: 'AAA\n', expected: false },
    { text: '\nAAA', expected: false },
    { text: 'AAAA\r\n', expected: false },
    { text: 'AAAÄ', expected: false },
    { text: '😀😀', expected: false },
    { text: 'AA*=', expected: false },
    { text: '@[`{', expected: false },
    { text: ',:;.', expected: false },
  ])('$text: $expected', ({ text, expected }) => {
    expect(isCanonicalBase64(text)).toBe(expected)
  })

  test('exactly the texts that decoding and encoding gives back', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'AQgw/+9z=', 'B', '-', ' '), maxLength: 9 }),
      fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('base64')),
      fc.string({ maxLength: 8 }),
    )
    fc.assert(
      fc.property(text, (candidate) => {
        expect(isCanonicalBase64(candidate)).toBe(Buffer.from(candidate, 'base64').toString('base64') === candidate)
      }),
      { numRuns: 3000 },
    )
  })

  test('every last group of two and three letters', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/']
    for (const letter of letters) {
      for (const text of [`A${letter}==`, `AA${letter}=`, `${letter}AAA`, `AAA${letter}`]) {
        expect([text, isCanonicalBase64(text)]).toEqual([text, Buffer.from(text, 'base64').toString('base64') === text])
      }
    }
  })
})
