import { hashOf } from '../../src/tables/hash.js'

/** Names as there are in a snapshot, by what they are. */
export const kinds: Readonly<Record<string, (at: number) => string>> = {
  'numbered access keys': (at) => `AK${String(at).padStart(18, '0')}`,
  'numbered buckets': (at) => `bucket-${at}`,
  'account ids': (at) => String(111_122_223_333 + at),
  'names that end alike': (at) => `${at}-photos`,
  'code units past ASCII': (at) => `${String.fromCharCode(0x4e00 + (at & 0xfff))}${String.fromCharCode(0x4e00 + (at >> 12))}`,
}

/** So many names whose hashes have these low bits. */
export function namesWithBits(
  count: number,
  mask: number,
  bits: number,
  seed: number,
  nameAt = kinds['numbered buckets'],
): readonly string[] {
  const names: string[] = []
  for (let at = 0; names.length < count; at++) {
    const name = nameAt?.(at) ?? ''
    if ((hashOf(name, seed) & mask) === bits) names.push(name)
  }
  return names
}

/**
 * 2 ^ bits names with the same hash, whatever the seed. The highest bit of two units, flipped, goes through the multiplication alone, and
 * comes out as two bits: the next two units flip them back.
 */
export function namesOfOneHash(bits: number): readonly string[] {
  const flipped = String.fromCharCode(0x61, 0x62 ^ 0x8000, 0x63, 0x64 ^ 0x8001)
  return Array.from({ length: 2 ** bits }, (_, at) =>
    Array.from({ length: bits }, (_, bit) => ((at >> bit) & 1 ? flipped : 'abcd')).join(''),
  )
}

/** Narrow names in twos that have the same hash with this seed: found by looking at many. */
export function pairsOfOneHash(count: number, seed: number): readonly (readonly [string, string])[] {
  const seen = new Map<number, string>()
  const pairs: (readonly [string, string])[] = []
  for (let at = 0; pairs.length < count; at++) {
    const name = `n${at.toString(36)}`
    const hash = hashOf(name, seed)
    const other = seen.get(hash)
    if (other !== undefined) pairs.push([other, name])
    else seen.set(hash, name)
  }
  return pairs
}
