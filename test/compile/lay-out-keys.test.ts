import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keyStages } from '../../src/compile/stages.js'
import type { AccessKey, Grant, SourceRange } from '../../src/grants/access-key.js'
import { permissionActions, permissions } from '../../src/grants/permission.js'
import { type IpRange, parseRange } from '../../src/match/cidr.js'
import type { Instant } from '../../src/match/date.js'
import { loadKeys } from '../../src/program/key-program.js'
import { readKey, readKeys } from '../../src/program/read-keys.js'
import { type CallerArn, callerArnOf } from '../../src/request/caller.js'

const name = fc.oneof(
  fc.constantFrom('AK', 'a/b', 'a/', '/', 'a:b', ':', '*', '__proto__', 'constructor', 'root', 'user/AK', ' ', '😀'),
  fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.isWellFormed()),
)
const account = fc.oneof(fc.constantFrom('111122223333', '1', 'a:b', '__proto__', 'x/y'), name)
const bucket = fc.oneof(fc.constantFrom('a', 'b', 'B', 'ab', '__proto__', 'é'), name)
const prefix = fc.oneof(fc.constantFrom('', 'a/', 'a'), fc.string())

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

function arnOf(given: string | undefined, accessKey: string, own: string): CallerArn {
  return callerArnOf(given ?? `arn:aws:iam::${own}:user/${accessKey}`) as CallerArn
}

const key: fc.Arbitrary<AccessKey> = fc
  .tuple(
    fc.record({ accessKey: name, account, grants: fc.array(grant, { maxLength: 6 }), status: fc.constantFrom('active', 'suspended') }),
    fc.record({ name: fc.oneof(fc.constant(''), name), notBefore: instant, expiresAt: instant }, { requiredKeys: [] }),
    fc.option(fc.constantFrom('root', 'user/AK', 'user/a/b', 'user/', 'role/team/app', 'group/x', 'a:b', ''), { nil: undefined }),
    fc.constantFrom('arn:aws:iam::', 'arn:aws-cn:iam::', 'arn:aws:sts::', 'arn:::x:'),
  )
  .map(([required, optional, resource, start]) => {
    const given = resource === undefined ? undefined : `${start}${required.account}:${resource}`
    return { ...required, ...optional, arn: arnOf(given, required.accessKey, required.account) }
  })

function compiled(keys: readonly AccessKey[]) {
  return keyStages(keys).layout
}

test('readKeys gives back what was compiled', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 6 }), (keys) => {
      expect(readKeys(compiled(keys))).toEqual(keys)
    }),
    { numRuns: 2_000 },
  )
})

test('a key is found by its name, whatever it is called', () => {
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 6, selector: ({ accessKey }) => accessKey }), name, (keys, other) => {
      const program = loadKeys(compiled(keys))
      for (const each of keys) expect(readKey(program, program.rows.get(each.accessKey) as number)).toEqual(each)
      expect(program.rows.has(other)).toBe(keys.some(({ accessKey }) => accessKey === other))
    }),
  )
})

test('a program of keys is numbers and strings, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 6 }), (keys) => {
      const { words, strings, ...others } = compiled(keys)
      expect([words instanceof Int32Array, strings.every((each) => typeof each === 'string'), Object.keys(others)]).toEqual([
        true,
        true,
        [],
      ])
      expect(readKeys(structuredClone({ words, strings }))).toEqual(keys)
    }),
  )
})

describe('size', () => {
  const keysOf = (count: number) =>
    Array.from(
      { length: count },
      (_, at): AccessKey => ({
        accessKey: `AK${at}`,
        account: '1',
        arn: arnOf(undefined, `AK${at}`, '1'),
        status: 'active',
        grants: [{ bucket: `bucket-${at}`, permission: 'readwrite', actions: permissionActions.readwrite }],
      }),
    )

  test('equal terms are written once: a key with one grant takes eleven words more', () => {
    const sizes = [10, 100, 1_000].map((count) => compiled(keysOf(count)).words.length)
    expect(sizes.map((size) => size - (sizes[0] as number))).toEqual([0, 90 * 11, 990 * 11])
  })

  test('no keys', () => {
    expect(readKeys(compiled([]))).toEqual([])
  })
})
