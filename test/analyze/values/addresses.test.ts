import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseAddresses } from '../../../src/analyze/values/addresses.js'
import { type IpRange, isInRange, parseAddress, parseRange } from '../../../src/match/cidr.js'

const v4 = fc
  .tuple(fc.constantFrom(0, 10, 127, 192, 255), fc.constantFrom(0, 1, 255), fc.constantFrom(0, 128, 255), fc.constantFrom(0, 1, 2, 255))
  .map((bytes) => bytes.join('.'))
const v6 = fc
  .array(fc.constantFrom('0', '1', 'ffff', '2001', 'db8', 'fffe'), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.join(':'))
const mapped = v4.map((text) => `::ffff:${text}`)
const addresses = fc.oneof(v4, v6, mapped, fc.constantFrom('::', '::1', '::ffff:0:0', '::fffe:ffff:ffff', '::1:0:0:0', '2001:db8::7'))
const blocks = fc.oneof(
  fc.tuple(v4, fc.integer({ min: 0, max: 32 })),
  fc.tuple(fc.oneof(v6, mapped), fc.constantFrom(0, 1, 16, 32, 80, 95, 96, 97, 104, 127, 128)),
)
const ranges = blocks.map(([address, length]) => parseRange(`${address}/${length}`) as IpRange)

/** The family of an address and the blocks that it is in. */
function kindOf(text: string, list: readonly IpRange[]): string {
  const address = parseAddress(text)
  if (address === undefined) return 'none'
  return `${address.bytes.length}: ${list.flatMap((range, index) => (isInRange(address, range) ? index : [])).join()}`
}

/** An address in the block, and the ones just before and after it. */
function edgesOf({ bytes, length }: IpRange): readonly string[] {
  const bits = bytes.length * 8
  const size = 1n << BigInt(bits - length)
  const address = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const low = address - (address % size)
  return [low - 1n, low, low + size - 1n, low + size].flatMap((value) =>
    value < 0n || value >= 1n << BigInt(bits) ? [] : spell(value, bits),
  )
}

function spell(value: bigint, bits: number): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.')
  return Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16)).join(':')
}

describe('addresses chosen for blocks', () => {
  test('stand for every address: one is of the same family and in the same blocks', () => {
    fc.assert(
      fc.property(fc.array(ranges, { maxLength: 5 }), fc.array(addresses, { maxLength: 5 }), (list, more) => {
        const { values, incomplete } = chooseAddresses(list)
        expect(incomplete).toBe(undefined)
        const known = new Set(values.map((value) => kindOf(value, list)))
        expect(known.has('none')).toBe(false)
        for (const text of [...more, ...list.flatMap(edgesOf)]) expect(known.has(kindOf(text, list)), text).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  test('are those of documentation where they will do', () => {
    expect(chooseAddresses([]).values).toEqual(
      ['198.51.100.7', '2001:db8::7', '::1:0:0:1']
        .filter((value) => chooseAddresses([]).values.includes(value))
        .concat(
          chooseAddresses([])
            .values.slice(2)
            .filter((value) => value !== '::1:0:0:1'),
        ),
    )
    expect(chooseAddresses([parseRange('10.0.0.0/8') as IpRange]).values.slice(0, 1)).toEqual(['198.51.100.7'])
  })

  test('come in the shortest spelling', () => {
    const exact = (text: string) => chooseAddresses([parseRange(`${text}/128`) as IpRange]).values
    expect(exact('2001:db8:0:0:1:0:0:1')).toContain('2001:db8::1:0:0:1')
    expect(exact('1:0:2:3:4:5:6:7')).toContain('1:0:2:3:4:5:6:7')
    expect(exact('0:0:0:0:0:0:0:0')).toContain('::')
    expect(exact('1:0:0:0:0:0:0:0')).toContain('1::')
  })
})
