import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatRange, isWithin, withoutHostBits } from '../../src/lint/address-blocks.js'
import { type IpRange, isInRange, parseRange } from '../../src/match/cidr.js'

const byte = fc.oneof(fc.constantFrom(0, 255), fc.nat(255))

function ranges(bytes: number): fc.Arbitrary<IpRange> {
  return fc.record({ bytes: fc.array(byte, { minLength: bytes, maxLength: bytes }), length: fc.nat(bytes * 8) })
}

const range = fc.oneof(ranges(4), ranges(16))

test('a block is written so that it is read again', () => {
  fc.assert(
    fc.property(range, (given) => {
      const read = parseRange(formatRange(given)) as IpRange
      expect(parseRange(formatRange(read))).toEqual(read)
    }),
  )
})

test('bits past the length change nothing', () => {
  fc.assert(
    fc.property(range, (given) => {
      const block = withoutHostBits(given)
      expect(isWithin(given, block) && isWithin(block, given)).toBe(true)
      expect(withoutHostBits(block)).toEqual(block)
    }),
  )
})

test('addresses of a block within another are in both', () => {
  const length = fc.nat(32)
  fc.assert(
    fc.property(fc.array(byte, { minLength: 4, maxLength: 4 }), length, length, (bytes, inner, outer) => {
      expect(isWithin({ bytes, length: inner }, { bytes, length: outer })).toBe(inner >= outer)
      expect(isInRange({ bytes }, { bytes, length: outer })).toBe(true)
    }),
  )
})

test.each([
  ['2001:db8::1/32', '2001:db8::/32'],
  ['::1/128', '::1/128'],
  ['::/0', '::/0'],
  ['1:0:0:2:0:0:0:3/128', '1:0:0:2::3/128'],
  ['1:2:3:4:5:6:0:8/128', '1:2:3:4:5:6:0:8/128'],
  ['203.0.113.7', '203.0.113.7/32'],
  ['10.255.3.4/9', '10.128.0.0/9'],
])('%s is written %s', (text, written) => {
  expect(formatRange(withoutHostBits(parseRange(text) as IpRange))).toBe(written)
})
