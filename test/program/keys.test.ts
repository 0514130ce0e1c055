import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actionNumber } from '../../src/catalog/action-numbers.js'
import { actions } from '../../src/catalog/actions.js'
import { keyProblem as plainKeyProblem } from '../../src/evaluate/key-status.js'
import type { AccessKey, Grant } from '../../src/grants/access-key.js'
import { checkGrant } from '../../src/grants/check-grant.js'
import { permissionActions, permissions } from '../../src/grants/permission.js'
import { type IpRange, parseRange } from '../../src/match/cidr.js'
import { beginRequest } from '../../src/program/decide.js'
import { allows, findGrant, grantsOf, permissionOf } from '../../src/program/find-grant.js'
import { MOST_TRIED } from '../../src/program/key-layout.js'
import { keyProblem } from '../../src/program/key-status.js'
import { createRegisters } from '../../src/program/registers.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { type CallerArn, callerArnOf } from '../../src/request/caller.js'
import { evaluationContextOf } from '../../src/request/evaluation-context.js'
import { compiledKey, Numbers } from './compiled-key.js'

const arn = callerArnOf('arn:aws:iam::1:user/k') as CallerArn
const plainKey: AccessKey = { accessKey: 'k', account: '1', arn, grants: [], status: 'active' }

test('a key works, or does not for the same reason, as the reference says', () => {
  const seconds = fc.constantFrom(-1, 0, 1, 1_790_000_000, 1_790_000_001, 2 ** 32, 2 ** 32 - 1, -(2 ** 32), 1e12)
  const instant = fc.record({ seconds, nanos: fc.constantFrom(0, 1, 999_000_000, 999_999_999) })
  const time = fc.option(
    fc.tuple(seconds, fc.constantFrom(0, 1, 999)).map(([whole, milliseconds]) => whole * 1_000 + milliseconds),
    { nil: undefined },
  )
  const status = fc.constantFrom('active' as const, 'active' as const, 'suspended' as const)
  const bounds = fc.record({ notBefore: instant, expiresAt: instant }, { requiredKeys: [] })
  fc.assert(
    fc.property(status, bounds, time, (own, between, now) => {
      const key = { ...plainKey, ...between, status: own }
      const { words, record } = compiledKey(key, new Numbers())
      expect(keyProblem(words, record, now === undefined ? {} : { time: now })?.reason).toBe(plainKeyProblem(key, now))
    }),
    { numRuns: 3_000 },
  )
})

const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom('a', 'š', 'ÿ', 'Ā', '扡', '\0', '\ud800'), maxLength: 5 }) },
)
const bucket = fc.constantFrom('a', 'b', 'ab', 'B')
const range = fc
  .constantFrom('10.0.0.1', '10.0.0.0/31', '::1', '::ffff:10.0.0.2', '0.0.0.0/0')
  .map((own) => ({ text: own, range: parseRange(own) as IpRange }))
const patterns = fc.constantFrom('s3:*', '*', 's3:Get*', 's3:get*', 's3:List*', 's3:?utObject', 's3:CreateBucket', 's3:ListAllMyBuckets')
const what: fc.Arbitrary<Pick<Grant, 'permission' | 'actions'>> = fc.oneof(
  fc.constantFrom(...permissions).map((permission) => ({ permission, actions: permissionActions[permission] })),
  fc.array(patterns, { maxLength: 3 }).map((own) => ({ actions: own })),
  fc
    .array(fc.constantFrom('s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:CreateBucket'), { maxLength: 2 })
    .map((own) => ({ actions: own })),
)
const grant: fc.Arbitrary<Grant> = fc
  .tuple(what, bucket, fc.record({ prefix: text, sourceIp: fc.array(range, { maxLength: 2 }) }, { requiredKeys: [] }))
  .map(([own, name, limits]) => ({ ...own, bucket: own.permission === 'fullaccess' ? '' : name, ...limits }))

const request: fc.Arbitrary<AuthorizationRequest> = fc
  .record({
    action: fc.oneof(fc.constantFrom(...actions.map(({ name }) => name)), fc.constantFrom('s3:ListBucket', 's3:GetObject', 's3:PutObject')),
    bucket: fc.oneof({ weight: 5, arbitrary: bucket }, { weight: 1, arbitrary: fc.constantFrom('unknown', '', '1') }),
    key: text,
    operation: fc.constantFrom(undefined, 'HeadBucket', 'ListObjectsV2'),
    prefix: fc.option(fc.oneof(text, fc.array(text, { maxLength: 2 })), { nil: undefined }),
    address: fc.constantFrom(undefined, '10.0.0.1', '10.0.0.2', '::1', '::ffff:10.0.0.1', 'x', ['10.0.0.1'], []),
    unknown: fc.subarray(['s3:prefix', 'aws:SourceIp'], { maxLength: 1 }),
  })
  .map(({ prefix, address, operation, ...rest }) => ({
    ...rest,
    principal: { kind: 'key', accessKey: 'k' },
    ...(operation !== undefined && { operation }),
    context: { ...(prefix !== undefined && { 's3:prefix': prefix }), ...(address !== undefined && { 'aws:SourceIp': address }) },
  }))

/** A few grants, or so many that they have an index: then mostly such as allow little, on more buckets. */
const few = fc.array(grant, { maxLength: 5 })
const narrow = fc
  .tuple(grant, fc.constantFrom('a', 'b', 'ab', 'B', 'c', 'd', 'e', 'f'), text)
  .map(([own, name, prefix]): Grant => ({ ...own, bucket: own.permission === 'fullaccess' ? '' : name, prefix }))
const many = fc
  .tuple(fc.array(narrow, { minLength: MOST_TRIED - 2, maxLength: 40 }), fc.array(grant, { maxLength: 3 }), fc.nat())
  .map(([most, others, at]) => most.toSpliced(at % (most.length + 1), 0, ...others))

describe.each([
  ['few grants', few, 4_000],
  ['many grants', many, 4_000],
] as const)('%s', (_, grantLists, numRuns) => {
  test('a grant is found if and only if one allows the request; of an index too; and each is asked alone as it is among others', () => {
    fc.assert(
      fc.property(grantLists, request, fc.constantFrom(1, 9, 2 ** 28 - 3, 2 ** 29 - 1000), (grants, asked, from) => {
        const names = new Numbers(from)
        const { words, record } = compiledKey({ ...plainKey, grants }, names)
        const number = actionNumber(asked.action) as number
        const action = actions[number] as (typeof actions)[number]
        const context = evaluationContextOf(asked, { kind: 'key', account: '1', arn, userId: 'k' }, '1')
        const allowing = [...grants.keys()].filter((at) => checkGrant(grants[at] as Grant, action, asked, context) === undefined)
        const r = createRegisters()
        r.action = number
        beginRequest(r, asked)
        const found = findGrant(words, r, record, action.kind === 'none' ? -1 : names.knownNumber(asked.bucket as string))
        const places = grantsOf(words, record)
        const index = places.indexOf(found)
        expect(index < 0 ? [found] : allowing).toContain(index < 0 ? 0 : index)
        expect(allowing.length > 0).toBe(found !== 0)
        if (index >= 0) expect(permissions[permissionOf(words, found)]).toBe(grants[index]?.permission)
        const own = (at: number) => {
          const { bucket: name, permission } = grants[at] as Grant
          return permission === 'fullaccess' || (action.kind !== 'none' && name === asked.bucket)
        }
        expect([...places.keys()].filter((at) => own(at) && allows(words, r, places[at] as number))).toEqual(allowing)
      }),
      { numRuns },
    )
  })
})

test('among a thousand buckets, each is found where it is, and what stands before and behind them is not', () => {
  const grants = Array.from(
    { length: 1_000 },
    (_, at): Grant => ({ bucket: `b${(at * 7919) % 1_000}`, permission: 'read', actions: permissionActions.read }),
  )
  const names = new Numbers(5)
  for (let at = 0; at < 1_000; at++) names.numberOf(`b${at}`)
  const { words, record } = compiledKey({ ...plainKey, grants }, names)
  const r = createRegisters()
  r.action = actionNumber('s3:GetObject') as number
  const places = grantsOf(words, record)
  for (const [at, { bucket: name }] of grants.entries()) expect(findGrant(words, r, record, names.numberOf(name))).toBe(places[at])
  for (const other of [-1, 0, 1, 4, 1_005, 1_006, 2 ** 29 - 1, 2 ** 28]) expect(findGrant(words, r, record, other)).toBe(0)
  r.action = actionNumber('s3:PutObject') as number
  expect(findGrant(words, r, record, names.numberOf('b7'))).toBe(0)
})
