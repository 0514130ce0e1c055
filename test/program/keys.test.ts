import fc from 'fast-check'
import { expect, test } from 'vitest'
import { actionNumber } from '../../src/catalog/action-numbers.js'
import { actions } from '../../src/catalog/actions.js'
import { keyStages } from '../../src/compile/stages.js'
import { keyProblem as plainKeyProblem } from '../../src/evaluate/key-status.js'
import type { AccessKey, Grant } from '../../src/grants/access-key.js'
import { checkGrant } from '../../src/grants/check-grant.js'
import { permissionActions, permissions } from '../../src/grants/permission.js'
import { type IpRange, parseRange } from '../../src/match/cidr.js'
import { findGrant, firstGrant } from '../../src/program/find-grant.js'
import { GRANT_INDEX } from '../../src/program/key-layout.js'
import { loadKeys } from '../../src/program/key-program.js'
import { keyProblem } from '../../src/program/key-status.js'
import { createRegisters } from '../../src/program/registers.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { type CallerArn, callerArnOf } from '../../src/request/caller.js'
import { evaluationContextOf } from '../../src/request/evaluation-context.js'

const arn = callerArnOf('arn:aws:iam::1:user/k') as CallerArn
const plainKey: AccessKey = { accessKey: 'k', account: '1', arn, grants: [], status: 'active' }

function loaded(key: AccessKey) {
  const keys = loadKeys(keyStages([key]).layout)
  return { keys, row: keys.rows.get('k') as number }
}

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
      const { keys, row } = loaded(key)
      expect(keyProblem(keys, row, now === undefined ? {} : { time: now })?.reason).toBe(plainKeyProblem(key, now))
    }),
    { numRuns: 3_000 },
  )
})

const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 3 })
const bucket = fc.constantFrom('a', 'b', 'ab', 'B')
const range = fc
  .constantFrom('10.0.0.1', '10.0.0.0/31', '::1', '::ffff:10.0.0.2', '0.0.0.0/0')
  .map((own) => ({ text: own, range: parseRange(own) as IpRange }))
const patterns = fc.constantFrom('s3:*', '*', 's3:Get*', 's3:get*', 's3:List*', 's3:?utObject', 's3:CreateBucket', 's3:ListAllMyBuckets')
const what: fc.Arbitrary<Pick<Grant, 'permission' | 'actions'>> = fc.oneof(
  fc.constantFrom(...permissions).map((permission) => ({ permission, actions: permissionActions[permission] })),
  fc.array(patterns, { maxLength: 3 }).map((own) => ({ actions: own })),
)
const grant: fc.Arbitrary<Grant> = fc
  .tuple(what, bucket, fc.record({ prefix: text, sourceIp: fc.array(range, { maxLength: 2 }) }, { requiredKeys: [] }))
  .map(([own, name, limits]) => ({ ...own, bucket: own.permission === 'fullaccess' ? '' : name, ...limits }))

const request: fc.Arbitrary<AuthorizationRequest> = fc
  .record({
    action: fc.oneof(fc.constantFrom(...actions.map(({ name }) => name)), fc.constantFrom('s3:ListBucket', 's3:GetObject', 's3:PutObject')),
    bucket,
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

test('a grant is found if and only if one allows the request, and the first is the first that does', () => {
  fc.assert(
    fc.property(fc.array(grant, { maxLength: 5 }), request, (grants, asked) => {
      const { keys, row } = loaded({ ...plainKey, grants })
      const action = actions[actionNumber(asked.action) as number] as (typeof actions)[number]
      const context = evaluationContextOf(asked, { kind: 'key', account: '1', arn, userId: 'k' }, '1')
      const allowing = [...grants.keys()].filter((at) => checkGrant(grants[at] as Grant, action, asked, context) === undefined)
      const r = createRegisters()
      r.action = actionNumber(asked.action) as number
      r.key = action.kind === 'object' ? (asked.key ?? '') : ''
      r.operation = asked.operation
      r.context = asked.context as Readonly<Record<string, string>>
      r.unknown = asked.unknown
      const on = action.kind === 'none' ? undefined : asked.bucket
      const [some, first] = [findGrant(keys, r, row, on), firstGrant(keys, r, row, on)]
      const indexOf = (place: number) => (place === 0 ? undefined : keys.words[place + GRANT_INDEX])
      expect(allowing.length === 0 ? [indexOf(some)] : allowing).toContain(indexOf(some))
      expect(indexOf(first)).toBe(allowing[0])
    }),
    { numRuns: 5_000 },
  )
})
