import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AccessKey, Grant, SourceRange } from '../../src/grants/access-key.js'
import { permissionActions, permissions } from '../../src/grants/permission.js'
import { type IpRange, parseRange } from '../../src/match/cidr.js'
import type { Instant } from '../../src/match/date.js'
import { bucketOfGrant, grantsOf } from '../../src/program/find-grant.js'
import { FLAG_INDEX, KEY_FIRST_GRANT, KEY_FLAGS, MOST_TRIED } from '../../src/program/key-layout.js'
import { readKey } from '../../src/program/read-key.js'
import { type CallerArn, callerArnOf } from '../../src/request/caller.js'
import { ROW_SIZE, recordOf, rowsOf } from '../../src/tables/table.js'
import { compiledKey, compiledKeys, Numbers, rowsByName } from '../program/compiled-key.js'

const name = fc.oneof(
  fc.constantFrom('AK', 'a/b', 'a/', '/', 'a:b', ':', '*', '__proto__', 'constructor', 'root', 'user/AK', ' ', '😀'),
  fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.isWellFormed()),
)
const account = fc.oneof(fc.constantFrom('111122223333', '1', 'a:b', '__proto__', 'x/y'), name)
const bucket = fc.oneof(fc.constantFrom('a', 'b', 'B', 'ab', '__proto__', 'é'), name)
const prefix = fc.oneof(fc.constantFrom('', 'a/', 'a', 'ä', 'Ā', '😀/', '\0', 'ab\ud800', '写真/'), fc.string({ unit: 'binary' }))

/** From 285,000 years before 1970 to 31 million years after it, among them where the halves of the seconds meet. */
const instant: fc.Arbitrary<Instant> = fc.record({
  seconds: fc.oneof(
    fc.constantFrom(0, -1, 1, 2 ** 31, 2 ** 31 - 1, 2 ** 32, 2 ** 32 - 1, -(2 ** 31), -(2 ** 32), -(2 ** 32) - 1, 1e15 - 1, -1e15),
    fc.integer({ min: -9_007_199_254_741, max: 9_007_199_254_740 }),
  ),
  nanos: fc.oneof(fc.constantFrom(0, 1, 999_999_999), fc.nat({ max: 999_999_999 })),
})

const range: fc.Arbitrary<SourceRange> = fc
  .constantFrom('10.0.0.1', '10.0.0.1/8', '0.0.0.0/0', '255.255.255.255/32', '::/0', '2001:DB8::/32', '::ffff:10.0.0.0/104', '::1')
  .map((text) => ({ text, range: parseRange(text) as IpRange }))

const what: fc.Arbitrary<Pick<Grant, 'permission' | 'actions' | 'bucket'>> = fc.oneof(
  fc.record({ bucket, permission: fc.constantFrom(...permissions) }).map(({ bucket: own, permission }) => ({
    bucket: permission === 'fullaccess' ? '' : own,
    permission,
    actions: permissionActions[permission],
  })),
  fc.record({ bucket, actions: fc.array(fc.constantFrom('s3:*', '*', 's3:GetObject', 'S3:getobject', 's3:?et*'), { maxLength: 3 }) }),
)

const grant: fc.Arbitrary<Grant> = fc
  .tuple(what, fc.record({ prefix, sourceIp: fc.array(range, { maxLength: 3 }) }, { requiredKeys: [] }))
  .map(([own, limits]) => ({ ...own, ...limits }))

/** Few, or so many that an index tells where they are. */
const grants = fc.oneof(
  { weight: 4, arbitrary: fc.array(grant, { maxLength: 6 }) },
  { weight: 1, arbitrary: fc.array(grant, { minLength: MOST_TRIED - 1, maxLength: 3 * MOST_TRIED }) },
)

function arnOf(given: string | undefined, accessKey: string, own: string): CallerArn {
  return callerArnOf(given ?? `arn:aws:iam::${own}:user/${accessKey}`) as CallerArn
}

const key: fc.Arbitrary<AccessKey> = fc
  .tuple(
    fc.record({ accessKey: name, account, grants, status: fc.constantFrom('active', 'suspended') }),
    fc.record({ name: fc.oneof(fc.constant(''), name), notBefore: instant, expiresAt: instant }, { requiredKeys: [] }),
    fc.option(fc.constantFrom('root', 'user/AK', 'user/a/b', 'user/', 'role/team/app', 'group/x', 'a:b', ''), { nil: undefined }),
    fc.constantFrom('arn:aws:iam::', 'arn:aws-cn:iam::', 'arn:aws:sts::', 'arn:::x:'),
  )
  .map(([required, optional, resource, start]) => {
    const given = resource === undefined ? undefined : `${start}${required.account}:${resource}`
    return { ...required, ...optional, arn: arnOf(given, required.accessKey, required.account) }
  })

const unlikeNames = fc.uniqueArray(key, { maxLength: 6, selector: ({ accessKey }) => accessKey })
/** The first of the numbers that names get, up to the last that a grant has room for. */
const first = fc.constantFrom(1, 2, 7, 8, 2 ** 28 - 100, 2 ** 28, 2 ** 29 - 1000)

test('readKey gives back what was laid out, whatever the keys and the numbers of names are', () => {
  fc.assert(
    fc.property(unlikeNames, first, (keys, from) => {
      const names = new Numbers(from)
      const words = compiledKeys(keys, names)
      expect(Array.from(rowsOf(words), (row) => readKey(words, row, names.textOf))).toEqual(keys)
    }),
    { numRuns: 2_000 },
  )
})

test('a key is found by its name, and a row tells nothing of its place: it may be copied somewhere else', () => {
  fc.assert(
    fc.property(unlikeNames, name, fc.nat({ max: 100 }), (keys, other, distance) => {
      const names = new Numbers()
      const words = compiledKeys(keys, names)
      const rows = rowsByName(words)
      expect(rows.has(other)).toBe(keys.some(({ accessKey }) => accessKey === other))
      for (const each of keys) {
        const row = rows.get(each.accessKey) as number
        const copy = new Int32Array(distance + (words[row + ROW_SIZE] as number)).fill(-1)
        copy.set(words.subarray(row, row + (words[row + ROW_SIZE] as number)), distance)
        expect(readKey(copy, distance, names.textOf)).toEqual(each)
      }
    }),
  )
})

test('grants stand in the order in which the key lists them; the index has each once, by the numbers of their buckets, then as they are listed', () => {
  fc.assert(
    fc.property(key, first, (each, from) => {
      const { words, record } = compiledKey(each, new Numbers(from))
      const places = grantsOf(words, record)
      expect(places).toEqual([...places].sort((a, b) => a - b))
      const start = record + (words[record + KEY_FIRST_GRANT] as number)
      const hasIndex = ((words[record + KEY_FLAGS] as number) & FLAG_INDEX) !== 0
      expect(hasIndex).toBe(each.grants.length > MOST_TRIED)
      if (!hasIndex) return
      const index = record + (words[start - 1] as number)
      const indexed = [...words.subarray(index, index + places.length)].map((place) => start + place)
      const expected = places.map((place) => [bucketOfGrant(words, place), place] as const).sort(([a, x], [b, y]) => a - b || x - y)
      expect(indexed).toEqual(expected.map(([, place]) => place))
      // The index is the end of the row.
      const row = [...rowsOf(words)][0] as number
      expect(recordOf(words, row)).toBe(record)
      expect(row + (words[row + ROW_SIZE] as number)).toBe(index + places.length)
    }),
  )
})

describe('how large a row is', () => {
  const plain = (count: number): AccessKey => ({
    accessKey: 'AKIA',
    account: '1',
    arn: arnOf(undefined, 'AKIA', '1'),
    status: 'active',
    grants: Array.from({ length: count }, (_, at) => ({
      bucket: `bucket-${at}`,
      permission: 'readwrite',
      actions: permissionActions.readwrite,
    })),
  })
  const sizeOf = (own: AccessKey) => {
    const words = compiledKeys([own], new Numbers())
    return words[([...rowsOf(words)][0] as number) + ROW_SIZE] as number
  }

  // Three for its own size and its name, four for the rest; from the seventeenth grant on an index.
  test.each([
    [0, 7],
    [1, 8],
    [10, 17],
    [16, 23],
    [17, 7 + 1 + 2 * 17],
    [1_000, 7 + 1 + 2 * 1_000],
  ])('with %i grants that are permissions: %i words', (count, words) => {
    expect(sizeOf(plain(count))).toBe(words)
  })

  test.each<[string, Partial<AccessKey>, number]>([
    ['an ARN', { arn: arnOf('arn:aws:iam::1:root', 'AKIA', '1') }, 1],
    ['a bound', { expiresAt: { seconds: 1, nanos: 0 } }, 8],
    ['a name of seven letters', { name: 'courier' }, 3],
    ['a suspension', { status: 'suspended' }, 0],
  ])('%s takes so many words more: %j, %i', (_, more, words) => {
    expect(sizeOf({ ...plain(1), ...more })).toBe(8 + words)
  })
})
