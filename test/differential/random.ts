/** A number from 0 up to 1, exclusive. */
export type Random = () => number

/** Mulberry32: 32 bits of state are plenty for test cases, and a seed is one number in a report. */
export function mulberry32(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const chance = (random: Random, probability: number): boolean => random() < probability

/** From `low` to `high`, both included. */
export const between = (random: Random, low: number, high: number): number => low + Math.floor(random() * (high - low + 1))

export function pick<T>(random: Random, list: readonly T[]): T {
  if (list.length === 0) throw new RangeError('nothing to pick from')
  return list[Math.floor(random() * list.length)] as T
}

export const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

/** Runs one of the functions, each as likely as its weight says. */
export function choose<T>(random: Random, options: readonly (readonly [weight: number, make: () => T])[]): T {
  let left = random() * options.reduce((sum, [weight]) => sum + weight, 0)
  for (const [weight, make] of options) {
    left -= weight
    if (left < 0) return make()
  }
  throw new RangeError('nothing to choose from')
}
