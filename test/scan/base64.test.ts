import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isCanonicalBase64 } from '../../src/match/base64.js'
import { isCanonicalBase64Range } from '../../src/scan/base64.js'
import { mutated, paddings, runs, within } from './ranges.js'

describe('isCanonicalBase64Range', () => {
  test.each([
    {
      what: 'canonical',
      cores: ['', 'AA==', 'AAA=', 'AAAA', '+/09', 'azAZ', 'AQ==', 'Ag==', 'Aw==', 'AAE=', 'AA8=', 'Zm9vYmFy'],
      expected: true,
    },
    { what: 'without padding', cores: ['A', 'AA', 'AAA', 'AAAAA'], expected: false },
    {
      what: 'padded elsewhere',
      cores: ['A===', '====', '=', '==', '===', 'AA=A', '=AAA', 'A=A=', 'A=AA', 'AA==AAAA', 'AAAA===='],
      expected: false,
    },
    { what: 'with stray bits', cores: ['AB==', 'AC==', 'AE==', 'AI==', 'A/==', 'AAB=', 'AAC=', 'AA/='], expected: false },
    { what: 'of other alphabets', cores: ['A-A_', 'AA A', 'AAA\n', 'AAAÄ', '😀😀', 'AA*=', '@[`{', ',:;.', 'AAA\u0141'], expected: false },
  ])('$what', ({ cores, expected }) => {
    for (const core of cores) {
      expect([core, isCanonicalBase64(core)]).toEqual([core, expected])
      for (const { text, from, to } of paddings(core)) expect([core, isCanonicalBase64Range(text, from, to)]).toEqual([core, expected])
    }
  })

  test('every code unit in every place', () => {
    for (let unit = 0; unit <= 0xffff; unit++) {
      const character = String.fromCharCode(unit)
      for (const core of [`AA${character}A`, `A${character}==`, `AA${character}=`, `AAA${character}`]) {
        const found = isCanonicalBase64Range(core, 0, 4)
        if (found !== isCanonicalBase64(core)) expect([unit, core, found]).toEqual([unit, core, !found])
      }
    }
  })

  test('the same as isCanonicalBase64 on every text', () => {
    const encoded = fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('base64'))
    const text = fc.oneof(
      encoded,
      mutated(encoded, ['=', '==', 'A', '/', '-', ' ', '😀']),
      fc.string({ unit: fc.constantFrom(...'AQgw/+9z=', '-'), maxLength: 9 }),
    )
    fc.assert(
      fc.property(within(text), ({ core, text: whole, from, to }) => {
        expect(isCanonicalBase64Range(whole, from, to)).toBe(isCanonicalBase64(core))
      }),
      runs,
    )
  })
})
