import { actions } from '../catalog/actions.js'
import { slotOfKey } from '../catalog/lookup.js'
import { bucketActionsUnderPrefix } from '../grants/permission.js'
import { readAddress } from '../scan/address.js'
import { isInside } from '../scan/masked-range.js'
import { startsWithText } from '../tables/packed-text.js'
import * as layout from './key-layout.js'
import { ACTION_SET_SIZE, hasAction } from './packed.js'
import { NOT_READ, type Registers } from './registers.js'
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

/** Whether the terms of a grant allow the request: docs/semantics.md, S11. */
export function termsAllow(words: Int32Array, r: Registers, terms: number): boolean {
  return termsCoverAction(words, r, terms) && isUnderPrefix(words, r, terms) && isFromAllowedAddress(words, r, terms)
}

export function termsCoverAction(words: Int32Array, r: Registers, terms: number): boolean {
  return hasAction(words, terms + layout.TERMS_ACTIONS, r.action)
}

/** Where the terms' patterns are. */
export function patternsOf(terms: number): number {
  return terms + layout.TERMS_ACTIONS + ACTION_SET_SIZE
}

/** Where the terms' ranges are, if they have some. */
export function rangesOf(words: Int32Array, terms: number): number {
  return patternsOf(terms) + (words[terms + layout.TERMS_PATTERNS] as number)
}

/** Where the text of the terms' prefix is, if they have one. */
export function prefixOf(words: Int32Array, terms: number): number {
  return rangesOf(words, terms) + Math.max(0, words[terms + layout.TERMS_RANGES] as number) * layout.RANGE_SIZE
}

/** Whether a prefix is held against `s3:prefix`: by a listing, unless it asks for nothing but the bucket's existence. */
export function readsListedPrefix(words: Int32Array, r: Registers, terms: number): boolean {
  return words[terms + layout.TERMS_HAS_PREFIX] === 1 && prefixSubjects[r.action] === BY_LISTED_PREFIX && !asksExistence(r)
}

/** Whether the key, or the one value of `s3:prefix` of a listing, starts with the prefix. */
export function isUnderPrefix(words: Int32Array, r: Registers, terms: number): boolean {
  if (words[terms + layout.TERMS_HAS_PREFIX] === 0) return true
  const prefix = prefixOf(words, terms)
  switch (prefixSubjects[r.action]) {
    case BY_KEY:
      return startsWithText(words, prefix, r.key, 0)
    case BY_NOTHING:
      return true
    default:
      return asksExistence(r) || (loadNamed(r, 's3:prefix', PREFIX_SLOT) === ONE && startsWithText(words, prefix, r.text, r.from))
  }
}

function asksExistence(r: Registers): boolean {
  return r.request?.operation === 'HeadBucket'
}

export function isFromAllowedAddress(words: Int32Array, r: Registers, terms: number): boolean {
  const ranges = words[terms + layout.TERMS_RANGES] as number
  if (ranges < 0) return true
  r.addressKey = NOT_READ
  if (loadNamed(r, 'aws:SourceIp', SOURCE_IP_SLOT) !== ONE || !readAddress(r.text, r.from, r.to, r.address)) return false
  const first = rangesOf(words, terms)
  for (let i = 0; i < ranges; i++) {
    if (isInside(r.address, words, first + i * layout.RANGE_SIZE + 1)) return true
  }
  return false
}
