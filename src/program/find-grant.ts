import { actions } from '../catalog/actions.js'
import { slotOfKey } from '../catalog/lookup.js'
import { bucketActionsUnderPrefix } from '../grants/permission.js'
import { readAddress } from '../scan/address.js'
import { isInside } from '../scan/masked-range.js'
import * as layout from './key-layout.js'
import type { KeyProgram } from './key-program.js'
import { hasAction } from './packed.js'
import type { Registers } from './registers.js'
import { loadNamed, ONE } from './values.js'

/** What a grant's prefix is held against, by action. */
const BY_KEY = 0
const BY_LISTED_PREFIX = 1
const BY_NOTHING = 2

const prefixSubjects = Uint8Array.from(actions, ({ name, kind }) => {
  if (kind === 'object') return BY_KEY
  return bucketActionsUnderPrefix[name] === 'always' ? BY_NOTHING : BY_LISTED_PREFIX
})

export const PREFIX_SLOT = slotOfKey('s3:prefix')
export const SOURCE_IP_SLOT = slotOfKey('aws:SourceIp')

/**
 * The place of a grant of the key that allows the request, or 0: docs/semantics.md, S11.
 * @param row the key's @param bucket the request's, or undefined where the action is on none
 */
export function findGrant(k: KeyProgram, r: Registers, row: number, bucket: string | undefined): number {
  const { words } = k
  const first = words[row + layout.KEY_FIRST_GRANT] as number
  const end = first + (words[row + layout.KEY_GRANTS] as number) * layout.GRANT_SIZE
  // The grants on all buckets come first, because their bucket is empty.
  const onAll = findAmong(k, r, first, end, '')
  if (onAll !== 0 || bucket === undefined) return onAll
  return findAmong(k, r, lowerBound(k, first, end, bucket), end, bucket)
}

/** As findGrant, the one that the key lists first. */
export function firstGrant(k: KeyProgram, r: Registers, row: number, bucket: string | undefined): number {
  const { words, strings } = k
  const first = words[row + layout.KEY_FIRST_GRANT] as number
  const end = first + (words[row + layout.KEY_GRANTS] as number) * layout.GRANT_SIZE
  let found = 0
  for (let grant = first; grant < end; grant += layout.GRANT_SIZE) {
    const own = strings[words[grant + layout.GRANT_BUCKET] as number]
    const isEarlier = found === 0 || (words[grant + layout.GRANT_INDEX] as number) < (words[found + layout.GRANT_INDEX] as number)
    if ((own === '' || own === bucket) && isEarlier && allows(k, r, words[grant + layout.GRANT_TERMS] as number)) found = grant
  }
  return found
}

/** The first of the grants from `from` on that are on this bucket and allow the request, or 0. */
function findAmong(k: KeyProgram, r: Registers, from: number, end: number, bucket: string): number {
  const { words, strings } = k
  for (let grant = from; grant < end && strings[words[grant + layout.GRANT_BUCKET] as number] === bucket; grant += layout.GRANT_SIZE) {
    if (allows(k, r, words[grant + layout.GRANT_TERMS] as number)) return grant
  }
  return 0
}

/** The first grant on this bucket or on one that comes after it. */
function lowerBound({ words, strings }: KeyProgram, first: number, end: number, bucket: string): number {
  let low = 0
  let high = (end - first) / layout.GRANT_SIZE
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((strings[words[first + middle * layout.GRANT_SIZE + layout.GRANT_BUCKET] as number] as string) < bucket) low = middle + 1
    else high = middle
  }
  return first + low * layout.GRANT_SIZE
}

function allows(k: KeyProgram, r: Registers, terms: number): boolean {
  return coversAction(k, r, terms) && isUnderPrefix(k, r, terms) && isFromAllowedAddress(k, r, terms)
}

export function coversAction({ words }: KeyProgram, r: Registers, terms: number): boolean {
  return hasAction(words, words[terms + layout.TERMS_ACTIONS] as number, r.action)
}

/** Whether a grant with a prefix holds the request against `s3:prefix`: a listing, unless it asks for nothing but the bucket's existence. */
export function readsListedPrefix({ words }: KeyProgram, r: Registers, terms: number): boolean {
  return (
    (words[terms + layout.TERMS_PREFIX] as number) >= 0 && prefixSubjects[r.action] === BY_LISTED_PREFIX && r.operation !== 'HeadBucket'
  )
}

/** Whether the key, or the one value of `s3:prefix` of a listing, starts with the grant's prefix. */
export function isUnderPrefix({ words, strings }: KeyProgram, r: Registers, terms: number): boolean {
  const number = words[terms + layout.TERMS_PREFIX] as number
  if (number < 0) return true
  const prefix = strings[number] as string
  switch (prefixSubjects[r.action]) {
    case BY_KEY:
      return r.key.startsWith(prefix)
    case BY_NOTHING:
      return true
    default:
      return r.operation === 'HeadBucket' || (loadNamed(r, 's3:prefix', PREFIX_SLOT) === ONE && r.text.startsWith(prefix))
  }
}

export function isFromAllowedAddress({ words }: KeyProgram, r: Registers, terms: number): boolean {
  const ranges = words[terms + layout.TERMS_RANGES] as number
  if (ranges < 0) return true
  if (loadNamed(r, 'aws:SourceIp', SOURCE_IP_SLOT) !== ONE || !readAddress(r.text, r.from, r.to, r.address)) return false
  const first = terms + layout.TERMS_SIZE + (words[terms + layout.TERMS_PATTERNS] as number)
  for (let i = 0; i < ranges; i++) {
    if (isInside(r.address, words, first + i * layout.RANGE_SIZE + 1)) return true
  }
  return false
}
