import { permissions } from '../grants/permission.js'
import type { Instant } from '../match/date.js'
import * as layout from '../program/key-layout.js'
import { wordsOfActions, wordsOfInstant } from '../program/packed.js'
import { maskedRange } from '../scan/masked-range.js'
import type { RowWriter } from '../tables/row-writer.js'
import type { GrantTerms, NormalGrant, NormalKey } from './normal-key.js'

/** Gives names their numbers: the same name, the same number. */
export interface NameNumbers {
  numberOf(name: string): number
}

/** The last stage for an access key: its row, as program/key-layout.ts describes it. */
export function layOutKey(key: NormalKey, names: NameNumbers, writer: RowWriter): void {
  const { accessKey, account, arn, name, notBefore, expiresAt, grants } = key
  const hasBounds = notBefore !== undefined || expiresAt !== undefined
  const hasIndex = grants.length > layout.MOST_TRIED
  writer.begin(accessKey)
  const record = writer.size
  writer.push(names.numberOf(account))
  writer.push(flagsOf(key))
  writer.push(grants.length)
  const firstGrant = writer.reserve()
  if (arn !== undefined) writer.push(names.numberOf(arn))
  if (hasBounds) {
    writeBound(notBefore, writer)
    writeBound(expiresAt, writer)
  }
  if (name !== undefined) writer.text(name)
  const index = hasIndex ? writer.reserve() : 0
  const first = writer.size
  writer.set(firstGrant, first - record)
  const places: number[] = []
  for (const grant of grants) places.push(writeGrant(grant, names, writer))
  if (hasIndex) {
    writer.set(index, writer.size - record)
    for (const place of inOrderOfBuckets(places, writer.words)) writer.push(place - first)
  }
  writer.end()
}

function flagsOf({ arn, name, isSuspended, rescues, notBefore, expiresAt, grants }: NormalKey): number {
  return (
    (isSuspended ? layout.FLAG_SUSPENDED : 0) |
    (rescues ? layout.FLAG_RESCUES : 0) |
    (arn === undefined ? 0 : layout.FLAG_ARN) |
    (notBefore === undefined && expiresAt === undefined ? 0 : layout.FLAG_BOUNDS) |
    (name === undefined ? 0 : layout.FLAG_NAME) |
    (grants.some(({ terms }) => terms !== undefined) ? layout.FLAG_TERMS : 0) |
    (grants.length > layout.MOST_TRIED ? layout.FLAG_INDEX : 0)
  )
}

function writeBound(instant: Instant | undefined, writer: RowWriter): void {
  writer.push(instant === undefined ? 0 : 1)
  for (const word of wordsOfInstant(instant ?? { seconds: 0, nanos: 0 })) writer.push(word)
}

/** Writes a grant, and returns its place. */
function writeGrant({ bucket, permission, terms }: NormalGrant, names: NameNumbers, writer: RowWriter): number {
  const place = writer.size
  const number = bucket === undefined ? layout.EVERY_BUCKET : names.numberOf(bucket)
  const code = permission === undefined ? -1 : permissions.indexOf(permission)
  writer.push((number << layout.BUCKET_SHIFT) | (terms === undefined ? code : layout.WITH_TERMS))
  if (terms !== undefined) writeTerms(terms, code, names, writer)
  return place
}

function writeTerms({ patterns, actions, prefix, ranges }: GrantTerms, permission: number, names: NameNumbers, writer: RowWriter): void {
  const place = writer.reserve()
  writer.push(permission)
  writer.push(prefix === undefined ? 0 : 1)
  writer.push(patterns.length)
  writer.push(ranges === undefined ? -1 : ranges.length)
  for (const word of wordsOfActions(actions)) writer.push(word)
  for (const pattern of patterns) writer.push(names.numberOf(pattern))
  for (const { text, range } of ranges ?? []) {
    writer.push(names.numberOf(text))
    for (const word of maskedRange(range)) writer.push(word)
  }
  if (prefix !== undefined) writer.text(prefix)
  writer.set(place, writer.size - place)
}

/** By the numbers of their buckets, then as they are listed. */
function inOrderOfBuckets(places: readonly number[], words: Int32Array): readonly number[] {
  const bucketAt = (place: number) => (words[place] as number) >>> layout.BUCKET_SHIFT
  return [...places].sort((a, b) => bucketAt(a) - bucketAt(b) || a - b)
}
