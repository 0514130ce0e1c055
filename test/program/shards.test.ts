import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slotOf } from '../../src/program/search.js'
import { hashOf, shardOf, shardsOf } from '../../src/program/shards.js'

const names: Readonly<Record<string, (at: number) => string>> = {
  'numbered access keys': (at) => `AK${String(at).padStart(18, '0')}`,
  'numbered buckets': (at) => `bucket-${at}`,
  'account ids': (at) => String(111_122_223_333 + at),
  'names that end alike': (at) => `${at}-photos`,
  'code units past ASCII': (at) => `${String.fromCharCode(0x4e00 + (at & 0xfff))}${String.fromCharCode(0x4e00 + (at >> 12))}`,
}

test.each(Object.keys(names))('the low bits of the hash spread %s', (kind) => {
  const counts = new Int32Array(1_024)
  for (let at = 0; at < 64 * 1_024; at++) {
    const place = hashOf((names[kind] as (at: number) => string)(at)) & 1_023
    counts[place] = (counts[place] as number) + 1
  }
  // 64 each on average; of a random hash, none of a thousand would have over 110 or under 25.
  expect([Math.min(...counts) > 25, Math.max(...counts) < 110]).toEqual([true, true])
})

test('a hash has 32 bits, and a name has one', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      const hash = hashOf(name)
      expect([Number.isInteger(hash), hash >= 0, hash < 2 ** 32, hashOf(`${name}`)]).toEqual([true, true, true, hash])
    }),
  )
})

test('the shard of a name is chosen by the low bits of its hash', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat({ max: 6 }), (name, bits) => {
      const places = Array.from({ length: 2 ** bits }, (_, place) => ({ place }))
      expect(shardOf({ count: 0, bits, places }, name)).toEqual({ place: hashOf(name) % 2 ** bits })
    }),
  )
})

test('a shard that stands at several places is listed once', () => {
  const [a, b] = [{}, {}]
  expect([...shardsOf({ count: 0, bits: 2, places: [a, b, a, b] })]).toEqual([a, b])
})

test.each([1, 10, 1_000, 100_000, 140_000, 300_000])('%i principals are found in a few steps each', (count) => {
  const mask = 2 ** Math.ceil(Math.log2(count * 2)) - 1
  const taken = new Uint8Array(mask + 1)
  let steps = 0
  for (let principal = 1; principal <= count && steps < 20 * count; principal++) {
    let slot = slotOf(principal, mask)
    for (steps++; taken[slot] === 1; steps++) slot = (slot + 1) & mask
    taken[slot] = 1
  }
  expect(steps / count).toBeLessThan(3)
})
