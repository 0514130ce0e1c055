import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAddress } from '../../src/match/cidr.js'
import { type Address, createAddress, readAddress } from '../../src/scan/address.js'
import { addresses } from './addresses.js'
import { type Padded, paddings, runs, within } from './ranges.js'

/** One for all tests, so that nothing of an address may stay behind in the next. */
const out = createAddress()

function expected(text: string): Address | undefined {
  const bytes = parseAddress(text)?.bytes
  if (bytes === undefined) return undefined
  const view = new DataView(Uint8Array.from([...bytes, ...new Array<number>(16 - bytes.length).fill(0)]).buffer)
  return { family: bytes.length === 4 ? 4 : 6, a: view.getInt32(0), b: view.getInt32(4), c: view.getInt32(8), d: view.getInt32(12) }
}

function read({ text, from, to }: Padded): Address | undefined {
  const isAddress = readAddress(text, from, to, out)
  expect(isAddress).toBe(out.family !== 0)
  return isAddress ? { ...out } : undefined
}

describe('readAddress', () => {
  test.each([
    { core: '0.0.0.0', address: { family: 4, a: 0, b: 0, c: 0, d: 0 } },
    { core: '10.0.0.1', address: { family: 4, a: 0x0a000001, b: 0, c: 0, d: 0 } },
    { core: '255.255.255.255', address: { family: 4, a: -1, b: 0, c: 0, d: 0 } },
    { core: '::', address: { family: 6, a: 0, b: 0, c: 0, d: 0 } },
    { core: '::1', address: { family: 6, a: 0, b: 0, c: 0, d: 1 } },
    { core: 'F000::', address: { family: 6, a: 0xf0000000 | 0, b: 0, c: 0, d: 0 } },
    { core: '1:2:3:4:5:6:7:8', address: { family: 6, a: 0x10002, b: 0x30004, c: 0x50006, d: 0x70008 } },
    { core: '1::7:8', address: { family: 6, a: 0x10000, b: 0, c: 0, d: 0x70008 } },
    { core: '1::2:10.0.0.1', address: { family: 6, a: 0x10000, b: 0, c: 2, d: 0x0a000001 } },
    { core: '::10.0.0.1', address: { family: 6, a: 0, b: 0, c: 0, d: 0x0a000001 } },
    { core: '::ffff:10.0.0.1', address: { family: 4, a: 0x0a000001, b: 0, c: 0, d: 0 } },
    { core: '0:0:0:0:0:FFFF:a00:1', address: { family: 4, a: 0x0a000001, b: 0, c: 0, d: 0 } },
    { core: '::1:ffff:10.0.0.1', address: { family: 6, a: 0, b: 0, c: 0x1ffff, d: 0x0a000001 } },
    { core: '0000:0000:0000:0000:0000:1111:255.255.255.255', address: { family: 6, a: 0, b: 0, c: 0x1111, d: -1 } },
  ])('$core', ({ core, address }) => {
    expect(expected(core)).toEqual(address)
    for (const place of paddings(core)) expect(read(place)).toEqual(address)
  })

  test.each([
    { what: 'nothing', cores: ['', ' ', '.', ':', ':::', '::::'] },
    {
      what: 'too little',
      cores: ['1', '1.2.3', '1.2.3.', '.1.2.3', '1..2.3', '1:', ':1', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:', ':2:3:4:5:6:7:8'],
    },
    {
      what: 'too much',
      cores: ['1.2.3.4.', '1.2.3.4.5', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8:', '1:2:3:4:5:6:7:1.2.3.4', '1:2:3:4::5:6:7:8'],
    },
    { what: 'too large', cores: ['256.0.0.0', '1.2.3.1000', '12345::', '::00001', '9999999999999999.0.0.0'] },
    { what: 'leading zeros', cores: ['01.2.3.4', '1.2.3.00', '::01.2.3.4'] },
    { what: 'a second gap', cores: ['1::2::3', '::1::', '1:::2', '1:::', ':1::', '::1:', '::1.2.3.4::'] },
    { what: 'decimals elsewhere', cores: ['1.2.3.4::', '1.2.3.4::1', '::1.2.3.4:1', '1::1.2.3.4:2', '1.2:3::', '::.', '1.::', '::1.2.3'] },
    {
      what: 'other characters',
      cores: ['1.2.3.a', '１.2.3.4', '::g', '::G', '::@', '::`', '::/', '::İ', '::1%1', '[::1]', '::\u0141', '1.2.3.4 '],
    },
    { what: '46 characters', cores: ['0000:0000:0000:0000:0000:1111:255.255.255.2550'] },
  ])('$what', ({ cores }) => {
    for (const core of cores) {
      expect(expected(core)).toBeUndefined()
      for (const place of paddings(core)) expect([core, read(place)]).toEqual([core, undefined])
    }
  })

  test('the same as parseAddress on every text', () => {
    fc.assert(
      fc.property(within(addresses), (place) => {
        expect(read(place)).toEqual(expected(place.core))
      }),
      runs,
    )
  })

  test('ends on a million colons', () => {
    for (const text of [':'.repeat(1_000_000), '0:'.repeat(500_000), '1.'.repeat(500_000), '1'.repeat(1_000_000)]) {
      expect(readAddress(text, 0, text.length, out)).toBe(false)
    }
  })
})
