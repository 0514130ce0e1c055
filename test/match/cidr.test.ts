import { BlockList, isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type IpAddress, type IpRange, isInRange, parseAddress, parseRange } from '../../src/match/cidr.js'

function address(text: string): IpAddress {
  const parsed = parseAddress(text)
  if (parsed === undefined) throw new Error(`\`${text}\` is no address`)
  return parsed
}

function range(text: string): IpRange {
  const parsed = parseRange(text)
  if (parsed === undefined) throw new Error(`\`${text}\` is no range`)
  return parsed
}

/** The 16 bytes of eight groups. */
function groups(...values: readonly number[]): readonly number[] {
  return values.flatMap((value) => [value >> 8, value & 255])
}

const addresses = [
  { text: '0.0.0.0', bytes: [0, 0, 0, 0] },
  { text: '10.0.0.1', bytes: [10, 0, 0, 1] },
  { text: '255.255.255.255', bytes: [255, 255, 255, 255] },
  { text: '99.100.199.200', bytes: [99, 100, 199, 200] },
  { text: '::', bytes: groups(0, 0, 0, 0, 0, 0, 0, 0) },
  { text: '::1', bytes: groups(0, 0, 0, 0, 0, 0, 0, 1) },
  { text: '1::', bytes: groups(1, 0, 0, 0, 0, 0, 0, 0) },
  { text: '1:2:3:4:5:6:7:8', bytes: groups(1, 2, 3, 4, 5, 6, 7, 8) },
  { text: '1:2:3::6:7:8', bytes: groups(1, 2, 3, 0, 0, 6, 7, 8) },
  { text: '1:2:3:4:5:6:7::', bytes: groups(1, 2, 3, 4, 5, 6, 7, 0) },
  { text: '::2:3:4:5:6:7:8', bytes: groups(0, 2, 3, 4, 5, 6, 7, 8) },
  { text: '1:2:3:4::6:7:8', bytes: groups(1, 2, 3, 4, 0, 6, 7, 8) },
  { text: '2001:0db8:0000:0000:0000:0000:0000:0001', bytes: groups(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1) },
  { text: '2001:DB8::aBcD', bytes: groups(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0xabcd) },
  { text: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', bytes: groups(0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff) },
  { text: '::10.0.0.1', bytes: groups(0, 0, 0, 0, 0, 0, 0x0a00, 1) },
  { text: '1:2:3:4:5:6:10.0.0.1', bytes: groups(1, 2, 3, 4, 5, 6, 0x0a00, 1) },
  { text: '64:ff9b::192.0.2.33', bytes: groups(0x64, 0xff9b, 0, 0, 0, 0, 0xc000, 0x0221) },
  { text: '1::2:10.0.0.1', bytes: groups(1, 0, 0, 0, 0, 2, 0x0a00, 1) },
  // What is mapped is IPv4.
  { text: '::ffff:10.0.0.1', bytes: [10, 0, 0, 1] },
  { text: '::FFFF:0a00:0001', bytes: [10, 0, 0, 1] },
  { text: '0:0:0:0:0:ffff:a00:1', bytes: [10, 0, 0, 1] },
  { text: '0000:0000:0000:0000:0000:ffff:255.255.255.255', bytes: [255, 255, 255, 255] },
  { text: '::ffff:0:0', bytes: [0, 0, 0, 0] },
  // Nearly mapped is not.
  { text: '::fffe:10.0.0.1', bytes: groups(0, 0, 0, 0, 0, 0xfffe, 0x0a00, 1) },
  { text: '::feff:10.0.0.1', bytes: groups(0, 0, 0, 0, 0, 0xfeff, 0x0a00, 1) },
  { text: '::1:ffff:10.0.0.1', bytes: groups(0, 0, 0, 0, 1, 0xffff, 0x0a00, 1) },
  { text: '100::ffff:10.0.0.1', bytes: groups(0x100, 0, 0, 0, 0, 0xffff, 0x0a00, 1) },
  { text: '::ffff:0:10.0.0.1', bytes: groups(0, 0, 0, 0, 0xffff, 0, 0x0a00, 1) },
]

const noAddresses = [
  { what: 'nothing', texts: ['', ' ', '.', '...', ':', 'localhost'] },
  {
    what: 'too few or many decimals',
    texts: ['1', '1.2.3', '1.2.3.', '.1.2.3', '1..2.3', '1.2.3.4.', '1.2.3.4.5', '16909060', '1.2.3.4:80'],
  },
  { what: 'decimals over 255', texts: ['256.0.0.0', '0.0.0.256', '1.2.3.1000', '999.1.1.1', '300.1.1.1'] },
  { what: 'leading zeros', texts: ['01.2.3.4', '1.2.3.04', '00.0.0.0', '010.0.0.1', '1.2.3.000'] },
  {
    what: 'other digits',
    texts: ['0x1.2.3.4', '1.2.3.a', '1.2.3.-1', '+1.2.3.4', '１.2.3.4', '1.2.3.:', '1.2.3./', '/.:.0.0', '1.2.3.1/', '1.2.3./1'],
  },
  { what: 'something around an IPv4 address', texts: [' 1.2.3.4', '1.2.3.4 ', '1.2.3.4\n', '[1.2.3.4]'] },
  { what: 'too few groups', texts: ['1:', ':1', '1:2', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:', ':1:2:3:4:5:6:7', '1:2:3:4:5:1.2.3.4'] },
  {
    what: 'too many groups',
    texts: ['1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8:', '1:2:3:4:5:6:7:1.2.3.4', '0000:0000:0000:0000:0000:0000:0000:0000:0000'],
  },
  {
    what: 'a gap of nothing',
    texts: ['1:2:3:4:5:6:7:8::', '::1:2:3:4:5:6:7:8', '1:2:3:4::5:6:7:8', '::1:2:3:4:5:6:1.2.3.4', '1::2:3:4:5:6:1.2.3.4'],
  },
  {
    what: 'two gaps, or one of three colons',
    texts: [':::', '::::', '1::2::3', '::1::', ':::1', '1:::', '1:::2', ':1::', '::1:', '::1.2.3.4::'],
  },
  { what: 'groups of five digits', texts: ['12345::', '::12345', '::00001', '00000::'] },
  {
    what: 'other hexadecimal digits',
    texts: ['g::', '::g', '::-1', '::+1', '::0x1', '::１', '::İ', '::@', '::`', '::/', 'a.b::', '::.', '::1.'],
  },
  { what: 'something around an IPv6 address', texts: [' ::1', '::1 ', ':: 1', '[::1]', '::1%eth0', 'fe80::1%1'] },
  { what: 'decimals that are no IPv4 address', texts: ['::1.2.3', '::1.2.3.4.5', '::01.2.3.4', '::256.2.3.4', '::ffff:1.2.3', '1.::'] },
  {
    what: 'decimals in front or in the middle',
    texts: ['1.2.3.4::', '1.2.3.4::1', '::1.2.3.4:1', '1:1.2.3.4::', '1.2.3.4:1:2:3:4:5:6', '1::1.2.3.4:2', '1.2:3::'],
  },
]

describe('parseAddress', () => {
  test.each(addresses)('$text', ({ text, bytes }) => {
    expect(parseAddress(text)).toEqual({ bytes })
  })

  test.each(noAddresses)('$what', ({ texts }) => {
    expect(texts.filter((text) => parseAddress(text) !== undefined)).toEqual([])
  })

  test('ends on a million colons', () => {
    expect(parseAddress(':'.repeat(1_000_000))).toBeUndefined()
    expect(parseAddress(`${'0:'.repeat(1_000_000)}:`)).toBeUndefined()
    expect(parseAddress('1.'.repeat(1_000_000))).toBeUndefined()
    expect(parseRange(`${':'.repeat(1_000_000)}/64`)).toBeUndefined()
    expect(parseRange(`::/${'1'.repeat(1_000_000)}`)).toBeUndefined()
  })

  test('an IPv6 address has at most 45 characters', () => {
    expect(parseAddress('0000:0000:0000:0000:0000:1111:255.255.255.255')).toBeDefined()
    expect(parseAddress('00000:0000:0000:0000:0000:1111:255.255.255.25')).toBeUndefined()
    expect(parseAddress('0000:0000:0000:0000:0000:1111:255.255.255.2550')).toBeUndefined()
  })

  test('reads what node:net calls an address, zones aside', () => {
    const group = fc.oneof(
      fc.constantFrom('0', '1', 'ff', 'ABCD', '00000', '', '::', '1.2.3.4', '255.255.255.255'),
      fc.string({ unit: fc.constantFrom('0', '1', 'f', 'g', '.'), maxLength: 5 }),
    )
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.array(group, { maxLength: 9 }).map((parts) => parts.join(':')),
      fc.array(fc.constantFrom('0', '1', '01', '255', '256', ''), { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.')),
      fc.string({ unit: fc.constantFrom('0', '1', 'f', ':', '.'), maxLength: 12 }),
    )
    const changed = fc
      .tuple(text, fc.nat(40), fc.nat(1), fc.constantFrom('', '0', '1', ':', '.', 'f', '::'))
      .map(([whole, place, removed, added]) => whole.slice(0, place) + added + whole.slice(place + removed))
    fc.assert(
      fc.property(fc.oneof(text, changed), (candidate) => {
        expect([candidate, parseAddress(candidate) !== undefined]).toEqual([candidate, isIP(candidate) !== 0])
      }),
      { numRuns: 5000 },
    )
  })
})

describe('parseRange', () => {
  test.each([
    { text: '10.0.0.0/8', bytes: [10, 0, 0, 0], length: 8 },
    { text: '10.1.2.3/8', bytes: [10, 1, 2, 3], length: 8 },
    { text: '0.0.0.0/0', bytes: [0, 0, 0, 0], length: 0 },
    { text: '10.0.0.1/32', bytes: [10, 0, 0, 1], length: 32 },
    { text: '10.0.0.1', bytes: [10, 0, 0, 1], length: 32 },
    { text: '::/0', bytes: groups(0, 0, 0, 0, 0, 0, 0, 0), length: 0 },
    { text: '::1', bytes: groups(0, 0, 0, 0, 0, 0, 0, 1), length: 128 },
    { text: '2001:db8::/32', bytes: groups(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), length: 32 },
    { text: '2001:db8::1/128', bytes: groups(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1), length: 128 },
    { text: '::ffff:10.0.0.1', bytes: [10, 0, 0, 1], length: 32 },
    { text: '::ffff:10.0.0.0/104', bytes: [10, 0, 0, 0], length: 8 },
    { text: '::ffff:0:0/96', bytes: [0, 0, 0, 0], length: 0 },
    { text: '::ffff:10.0.0.1/128', bytes: [10, 0, 0, 1], length: 32 },
    { text: '::ffff:10.0.0.1/97', bytes: [10, 0, 0, 1], length: 1 },
    { text: '::ffff:10.0.0.0/95', bytes: groups(0, 0, 0, 0, 0, 0xffff, 0x0a00, 0), length: 95 },
    { text: '::ffff:0:0/0', bytes: groups(0, 0, 0, 0, 0, 0xffff, 0, 0), length: 0 },
    { text: '::fffe:0:0/96', bytes: groups(0, 0, 0, 0, 0, 0xfffe, 0, 0), length: 96 },
  ])('$text', ({ text, bytes, length }) => {
    expect(parseRange(text)).toEqual({ bytes, length })
  })

  test.each([
    { what: 'half of it', texts: ['', '/', '/8', '10.0.0.0/', '::/'] },
    { what: 'too long', texts: ['10.0.0.0/33', '10.0.0.0/128', '10.0.0.0/999', '::/129', '::/1000', '::ffff:10.0.0.1/129'] },
    { what: 'a length with leading zeros', texts: ['10.0.0.0/08', '10.0.0.0/00', '::/08', '::/0128', '::/064'] },
    {
      what: 'no length',
      texts: ['10.0.0.0/-1', '10.0.0.0/+8', '10.0.0.0/a', '10.0.0.0/1e1', '10.0.0.0/１', '10.0.0.0/:', '::/-1', '::/a'],
    },
    { what: 'a mask', texts: ['10.0.0.0/255.0.0.0', '::/ffff::'] },
    { what: 'two lengths', texts: ['10.0.0.0//8', '10.0.0.0/8/8', '::/128/', '10.0.0.0/8/'] },
    { what: 'blanks', texts: ['10.0.0.0/8 ', '10.0.0.0/ 8', '10.0.0.0 /8', ' ::/8'] },
    { what: 'no address', texts: ['10.0.0/8', '10/8', '256.0.0.0/8', '*', '10.0.0.*', '::1%1/64', '1::2::3/64', ':/64'] },
  ])('$what', ({ texts }) => {
    expect(texts.filter((text) => parseRange(text) !== undefined)).toEqual([])
  })

  test.each(noAddresses)('$what, alone and with a length', ({ texts }) => {
    const bare = texts.filter((text) => !text.includes('/'))
    expect(bare.flatMap((text) => [text, `${text}/8`]).filter((text) => parseRange(text) !== undefined)).toEqual([])
  })
})

describe('isInRange', () => {
  test.each([
    { text: '10.0.0.1', block: '10.0.0.1', expected: true },
    { text: '10.0.0.2', block: '10.0.0.1', expected: false },
    { text: '10.255.255.255', block: '10.0.0.0/8', expected: true },
    { text: '11.0.0.0', block: '10.0.0.0/8', expected: false },
    { text: '9.255.255.255', block: '10.0.0.0/8', expected: false },
    { text: '10.1.2.3', block: '10.99.99.99/8', expected: true },
    { text: '10.127.0.0', block: '10.0.0.0/9', expected: true },
    { text: '10.128.0.0', block: '10.0.0.0/9', expected: false },
    { text: '11.255.0.0', block: '10.0.0.0/7', expected: true },
    { text: '12.0.0.0', block: '10.0.0.0/7', expected: false },
    { text: '203.0.113.7', block: '203.0.113.0/29', expected: true },
    { text: '203.0.113.8', block: '203.0.113.0/29', expected: false },
    { text: '203.0.113.1', block: '203.0.113.0/31', expected: true },
    { text: '203.0.113.2', block: '203.0.113.0/31', expected: false },
    { text: '127.255.255.255', block: '0.0.0.0/1', expected: true },
    { text: '128.0.0.0', block: '0.0.0.0/1', expected: false },
    { text: '203.0.113.7', block: '0.0.0.0/0', expected: true },
    { text: '2001:db8::1', block: '2001:db8::/32', expected: true },
    { text: '2001:db9::1', block: '2001:db8::/32', expected: false },
    { text: '2001:db8:ffff::', block: '2001:db8::/33', expected: false },
    { text: '2001:db8:7fff::', block: '2001:db8::/33', expected: true },
    { text: '::2', block: '::/127', expected: false },
    { text: '::1', block: '::/127', expected: true },
    // The two families never meet, except through mapped addresses.
    { text: '10.0.0.1', block: '::/0', expected: false },
    { text: '::1', block: '0.0.0.0/0', expected: false },
    { text: '::a00:1', block: '10.0.0.0/8', expected: false },
    { text: '::ffff:10.0.0.1', block: '10.0.0.0/8', expected: true },
    { text: '10.0.0.1', block: '::ffff:10.0.0.0/104', expected: true },
    { text: '11.0.0.1', block: '::ffff:10.0.0.0/104', expected: false },
    { text: '10.0.0.1', block: '::ffff:0:0/96', expected: true },
    { text: '10.0.0.1', block: '::ffff:0:0/95', expected: false },
    { text: '::fffe:a00:1', block: '::ffff:0:0/95', expected: true },
  ])('$text in $block: $expected', ({ text, block, expected }) => {
    expect(isInRange(address(text), range(block))).toBe(expected)
  })

  test.each([
    { family: 'ipv4' as const, text: fc.ipV4(), bits: 32 },
    { family: 'ipv6' as const, text: fc.ipV6(), bits: 128 },
  ])('agrees with node:net on $family, whatever the length', ({ family, text, bits }) => {
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: bits }), fc.integer({ min: 0, max: bits - 1 }), (base, length, flipped) => {
        const block = range(`${base}/${length}`)
        const list = new BlockList()
        list.addSubnet(base, length, family)
        // The block's own address with one bit turned: inside or outside by that bit alone.
        const bytes = [...(parseRange(base)?.bytes ?? [])]
        fc.pre(bytes.length * 8 === bits)
        bytes[flipped >> 3] = (bytes[flipped >> 3] ?? 0) ^ (128 >> (flipped & 7))
        const other =
          family === 'ipv4'
            ? bytes.join('.')
            : pairs(bytes)
                .map((pair) => pair.toString(16))
                .join(':')
        const known = address(other)
        fc.pre(known.bytes.length * 8 === bits)
        expect([other, isInRange(known, block)]).toEqual([other, list.check(other, family)])
        expect(isInRange(known, block)).toBe(flipped >= length)
      }),
      { numRuns: 1500 },
    )
  })
})

function pairs(bytes: readonly number[]): readonly number[] {
  return Array.from({ length: bytes.length / 2 }, (_, index) => (bytes[index * 2] ?? 0) * 256 + (bytes[index * 2 + 1] ?? 0))
}
