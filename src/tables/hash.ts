import { lengthOfText, unitAt } from './packed-text.js'

const MULTIPLIER = 0x5bd1e995

/**
 * The hash of a name, 32 bits. Two code units a step: a multiplication takes longer than reading another unit. The seed makes it harder to
 * choose names that collide, not impossible: a shard that gets too many of them has a Map instead of a hash table.
 */
export function hashOf(name: string, seed: number): number {
  const { length } = name
  const even = length & ~1
  let hash = seed ^ length
  for (let i = 0; i < even; i += 2) hash = step(hash, name.charCodeAt(i) | (name.charCodeAt(i + 1) << 16))
  return finish(even < length ? step(hash, name.charCodeAt(even)) : hash)
}

/** The hash of a name in words. Twin: `hashOf` with readText. */
export function hashOfText(words: Int32Array, at: number, seed: number): number {
  const length = lengthOfText(words, at)
  const even = length & ~1
  let hash = seed ^ length
  for (let i = 0; i < even; i += 2) hash = step(hash, unitAt(words, at, i) | (unitAt(words, at, i + 1) << 16))
  return finish(even < length ? step(hash, unitAt(words, at, even)) : hash)
}

/** The seed with one more name in it: in whatever order names come, the same seed. */
export function seedWith(seed: number, name: string): number {
  return (seed + hashOf(name, 0)) | 0
}

function step(hash: number, units: number): number {
  const mixed = Math.imul(hash ^ units, MULTIPLIER)
  return mixed ^ (mixed >>> 15)
}

/** The low bits choose the shard, and have to hang on all others. */
function finish(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}
