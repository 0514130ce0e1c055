import * as layout from './key-layout.js'
import { permits } from './permission-masks.js'
import type { Registers } from './registers.js'
import { termsAllow } from './terms.js'

/**
 * The place of a grant of the key that allows the request, or 0: docs/semantics.md, S11.
 * @param key the place of its record @param bucket the number of the request's, or −1 where there is none
 */
export function findGrant(words: Int32Array, r: Registers, key: number, bucket: number): number {
  if ((words[key + layout.KEY_FLAGS] as number) & layout.FLAG_INDEX) return findIndexed(words, r, key, bucket)
  let grant = key + (words[key + layout.KEY_FIRST_GRANT] as number)
  for (let i = words[key + layout.KEY_GRANTS] as number; i > 0; i--) {
    const own = bucketOfGrant(words, grant)
    if ((own === bucket || own === layout.EVERY_BUCKET) && allows(words, r, grant)) return grant
    grant = afterGrant(words, grant)
  }
  return 0
}

function findIndexed(words: Int32Array, r: Registers, key: number, bucket: number): number {
  const first = key + (words[key + layout.KEY_FIRST_GRANT] as number)
  const count = words[key + layout.KEY_GRANTS] as number
  const index = key + (words[first - 1] as number)
  const onAll = findAmong(words, r, first, index, index + count, layout.EVERY_BUCKET)
  return onAll !== 0 || bucket < 0
    ? onAll
    : findAmong(words, r, first, lowerBound(words, first, index, count, bucket), index + count, bucket)
}

/** The first of the grants from a place in the index on that are on this bucket and allow the request, or 0. */
function findAmong(words: Int32Array, r: Registers, first: number, from: number, end: number, bucket: number): number {
  for (let at = from; at < end; at++) {
    const grant = first + (words[at] as number)
    if (bucketOfGrant(words, grant) !== bucket) return 0
    if (allows(words, r, grant)) return grant
  }
  return 0
}

/** The place in the index of the first grant on this bucket or on one that comes after it. */
function lowerBound(words: Int32Array, first: number, index: number, count: number, bucket: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (bucketOfGrant(words, first + (words[index + middle] as number)) < bucket) low = middle + 1
    else high = middle
  }
  return index + low
}

/** The places of a key's grants, in the order in which it lists them. */
export function grantsOf(words: Int32Array, key: number): readonly number[] {
  const places: number[] = []
  let grant = key + (words[key + layout.KEY_FIRST_GRANT] as number)
  for (let i = words[key + layout.KEY_GRANTS] as number; i > 0; i--) {
    places.push(grant)
    grant = afterGrant(words, grant)
  }
  return places
}

/** The number of the grant's bucket; EVERY_BUCKET for `fullaccess`. */
export function bucketOfGrant(words: Int32Array, grant: number): number {
  return (words[grant] as number) >>> layout.BUCKET_SHIFT
}

/** The place of the grant's terms, or 0 if it is a permission and nothing else. */
export function termsOf(words: Int32Array, grant: number): number {
  return ((words[grant] as number) & layout.GRANT_CODE) === layout.WITH_TERMS ? grant + 1 : 0
}

/** The place of the grant's permission in `permissions`, or −1 for one that lists actions. */
export function permissionOf(words: Int32Array, grant: number): number {
  const terms = termsOf(words, grant)
  return terms === 0 ? (words[grant] as number) & layout.GRANT_CODE : (words[terms + layout.TERMS_PERMISSION] as number)
}

/** Whether the grant, wherever it is, allows the request. */
export function allows(words: Int32Array, r: Registers, grant: number): boolean {
  const code = (words[grant] as number) & layout.GRANT_CODE
  return code === layout.WITH_TERMS ? termsAllow(words, r, grant + 1) : permits(code, r.action)
}

function afterGrant(words: Int32Array, grant: number): number {
  const terms = termsOf(words, grant)
  return terms === 0 ? grant + 1 : terms + (words[terms + layout.TERMS_SIZE] as number)
}
