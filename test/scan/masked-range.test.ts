import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isInRange, parseAddress, parseRange } from '../../src/match/cidr.js'
import { createAddress, readAddress } from '../../src/scan/address.js'
import { isInside, maskedRange } from '../../src/scan/masked-range.js'
import { addresses } from './addresses.js'
import { runs } from './ranges.js'

const address = createAddress()

/** Both answers, with the block behind another one that holds everything. */
function answers(text: string, block: string): { readonly fast: boolean; readonly plain: boolean } | undefined {
  const plain = parseAddress(text)
  const range = parseRange(block)
  if (plain === undefined || range === undefined) return undefined
  expect(readAddress(text, 0, text.length, address)).toBe(true)
  const words = Int32Array.from([4, 0, 0, 0, 0, 0, 0, 0, 0, ...maskedRange(range)])
  return { fast: isInside(address, words, 9), plain: isInRange(plain, range) }
}

describe('isInside', () => {
  test.each([
    { text: '10.1.2.3', block: '10.0.0.0/8', expected: true },
    { text: '11.1.2.3', block: '10.0.0.0/8', expected: false },
    { text: '10.1.2.3', block: '10.9.9.9/8', expected: true },
    { text: '255.255.255.255', block: '0.0.0.0/0', expected: true },
    { text: '128.0.0.0', block: '0.0.0.0/1', expected: false },
    { text: '10.0.0.1', block: '10.0.0.1', expected: true },
    { text: '10.0.0.0', block: '10.0.0.1', expected: false },
    { text: '::ffff:10.1.2.3', block: '10.0.0.0/8', expected: true },
    { text: '10.1.2.3', block: '::ffff:10.0.0.0/104', expected: true },
    { text: '10.1.2.3', block: '::ffff:10.0.0.0/96', expected: true },
    { text: '10.1.2.3', block: '::ffff:10.0.0.0/95', expected: false },
    { text: '10.1.2.3', block: '::/0', expected: false },
    { text: '::', block: '0.0.0.0/0', expected: false },
    { text: 'ffff::', block: '::/0', expected: true },
    { text: '1:2:3:4::', block: '1:2:3:4::/64', expected: true },
    { text: '1:2:3:4:ffff::', block: '1:2:3:4::/64', expected: true },
    { text: '1:2:3:5::', block: '1:2:3:4::/64', expected: false },
    { text: '1:2:3:5::', block: '1:2:3:4::/63', expected: true },
    { text: '::1', block: '::2', expected: false },
  ])('$text in $block: $expected', ({ text, block, expected }) => {
    expect(answers(text, block)).toEqual({ fast: expected, plain: expected })
  })

  test('no address lies in no block', () => {
    readAddress('x', 0, 1, address)
    expect(isInside(address, Int32Array.from(maskedRange({ bytes: [0, 0, 0, 0], length: 0 })), 0)).toBe(false)
    expect(isInside(address, Int32Array.from(maskedRange({ bytes: new Array<number>(16).fill(0), length: 0 })), 0)).toBe(false)
  })

  test('the same as isInRange on every address and block', () => {
    const length = fc.integer({ min: 0, max: 128 })
    fc.assert(
      fc.property(addresses, addresses, length, (text, base, bits) => {
        for (const block of [base, `${base}/${bits}`, `${base}/${bits % 33}`, `${text}/${bits}`, `${text}/${bits % 33}`]) {
          const both = answers(text, block)
          if (both !== undefined) expect([text, block, both.fast]).toEqual([text, block, both.plain])
        }
      }),
      runs,
    )
  })

  test.each([32, 128])('of %i bits, one turned bit counts exactly if the block is longer than its place', (size) => {
    const bytes = fc.array(fc.nat(255), { minLength: size / 8, maxLength: size / 8 })
    fc.assert(
      fc.property(bytes, fc.integer({ min: 0, max: size }), fc.nat(size - 1), (base, length, turned) => {
        const other = base.map((byte, index) => (index === turned >> 3 ? byte ^ (128 >> (turned & 7)) : byte))
        const [family = 0, ...words] = maskedRange({ bytes: other, length: size })
        const block = Int32Array.from(maskedRange({ bytes: base, length }))
        const [a = 0, b = 0, c = 0, d = 0] = words
        expect(isInside({ family: family === 4 ? 4 : 6, a, b, c, d }, block, 0)).toBe(turned >= length)
        expect(isInRange({ bytes: other }, { bytes: base, length })).toBe(turned >= length)
      }),
      runs,
    )
  })
})
