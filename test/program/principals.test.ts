import { expect, test } from 'vitest'
import { slotOf } from '../../src/program/search.js'

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
