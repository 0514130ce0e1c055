import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashOf, seedWith } from '../../src/tables/hash.js'
import { firstSlot } from '../../src/tables/table.js'
import { kinds, namesOfOneHash, namesWithBits } from './names.js'

const seeds = [0, 1, -1, 0x5bd1e995, seedWith(0, 'AK')]

describe.each(Object.entries(kinds))('%s', (_, nameAt) => {
  test.each(seeds)('the low bits of the hash spread them, with seed %i', (seed) => {
    const counts = new Int32Array(1_024)
    for (let at = 0; at < 64 * 1_024; at++) {
      const place = hashOf(nameAt(at), seed) & 1_023
      counts[place] = (counts[place] as number) + 1
    }
    // 64 each on average; of a random hash, none of a thousand would have over 110 or under 25.
    expect([Math.min(...counts) > 25, Math.max(...counts) < 110]).toEqual([true, true])
  })

  test.each([1, 3, 200, 256, 2_048])('%i of them in one shard are found in a few steps each', (count) => {
    const names = namesWithBits(count, 63, 42, 7, nameAt)
    const mask = 2 ** Math.max(1, Math.ceil(Math.log2(count * 1.5))) - 1
    const taken = new Uint8Array(mask + 1)
    let steps = 0
    for (const name of names) {
      let slot = firstSlot(hashOf(name, 7), mask)
      for (steps++; taken[slot] === 1; steps++) slot = (slot + 1) & mask
      taken[slot] = 1
    }
    expect(steps / count).toBeLessThan(2.5)
  })
})

test('a hash has 32 bits, and a name has one for each seed', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer(), (name, seed) => {
      const hash = hashOf(name, seed)
      expect([hash | 0, hashOf(`${name}`, seed)]).toEqual([hash, hash])
    }),
  )
})

test('the first slot is one of the slots', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 30 }), (hash, bits) => {
      const slot = firstSlot(hash, 2 ** bits - 1)
      expect([slot >= 0, slot < 2 ** bits]).toEqual([true, true])
    }),
  )
})

test('the seed of some names is the same in whatever order they come', () => {
  const names = fc.uniqueArray(fc.string(), { maxLength: 6 })
  const seedOf = (own: readonly string[]) => own.reduce(seedWith, 0)
  fc.assert(
    fc.property(names, (own) => {
      expect(seedOf([...own].reverse())).toBe(seedOf(own))
    }),
  )
})

test('there are names that have one hash whatever the seed: whoever uses the table has to bear with them', () => {
  const names = namesOfOneHash(6)
  expect(new Set(names).size).toBe(64)
  for (const seed of seeds) expect(new Set(names.map((name) => hashOf(name, seed))).size).toBe(1)
})
