import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ActionRow, actions } from '../../src/catalog/actions.js'
import type { Grant, SourceRange } from '../../src/grants/access-key.js'
import { checkGrant } from '../../src/grants/check-grant.js'
import { type Permission, permissionActions, permissions } from '../../src/grants/permission.js'
import { type IpRange, parseRange } from '../../src/match/cidr.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { evaluationContextOf } from '../../src/request/evaluation-context.js'

function rangeOf(text: string): SourceRange {
  return { text, range: parseRange(text) as IpRange }
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 4 })
const bucket = fc.constantFrom('b', 'c')

const range: fc.Arbitrary<SourceRange> = fc
  .tuple(fc.constantFrom('10.0.0.1', '10.0.0.2', '::1'), fc.integer({ min: 24, max: 32 }))
  .map(([address, length]) => rangeOf(`${address}/${length}`))

/** Requests that often meet a grant: few buckets, keys and addresses, and all actions. */
const question: fc.Arbitrary<readonly [ActionRow, AuthorizationRequest]> = fc
  .record({
    action: fc.constantFrom(...actions),
    bucket,
    key: text,
    prefix: fc.option(fc.oneof(text, fc.array(text, { maxLength: 2 }))),
    address: fc.option(fc.constantFrom('10.0.0.1', '10.0.0.2', '::1', '::ffff:10.0.0.1', 'x')),
    isHead: fc.boolean(),
    unknown: fc.subarray(['s3:prefix', 'aws:SourceIp']),
  })
  .map(({ action, bucket, key, prefix, address, isHead, unknown }) => [
    action,
    {
      principal: { kind: 'key', accessKey: 'k' },
      action: action.name,
      bucket,
      key,
      ...(isHead && { operation: 'HeadBucket' }),
      context: { ...(prefix !== null && { 's3:prefix': prefix }), ...(address !== null && { 'aws:SourceIp': address }) },
      unknown,
    },
  ])

const pattern = fc.constantFrom('s3:*', '*', 's3:Get*', 's3:get*', 's3:List*', 's3:?utObject', 's3:DeleteObject', 's3:CreateBucket')

const what: fc.Arbitrary<Pick<Grant, 'permission' | 'actions'>> = fc.oneof(
  fc.constantFrom(...permissions).map((permission) => ({ permission, actions: permissionActions[permission] })),
  fc.array(pattern, { maxLength: 3 }).map((actions) => ({ actions })),
)

const grant: fc.Arbitrary<Grant> = fc
  .record({ what, bucket, prefix: fc.option(text), sourceIp: fc.option(fc.array(range, { maxLength: 2 })) })
  .map(({ what, bucket, prefix, sourceIp }) => ({
    ...what,
    bucket: what.permission === 'fullaccess' ? '' : bucket,
    ...(prefix !== null && { prefix }),
    ...(sourceIp !== null && { sourceIp }),
  }))

function allows(grant: Grant, [action, request]: readonly [ActionRow, AuthorizationRequest]): boolean {
  return checkGrant(grant, action, request, evaluationContextOf(request, { kind: 'key', account: '1' }, '1')) === undefined
}

/** Whatever the narrowed grant allows, the grant allows. */
function neverAddsAccess<Change>(change: fc.Arbitrary<Change>, narrow: (grant: Grant, change: Change) => Grant): void {
  fc.assert(
    fc.property(grant, change, question, (wide, by, asked) => {
      if (allows(narrow(wide, by), asked)) expect(allows(wide, asked)).toBe(true)
    }),
    { numRuns: 2000 },
  )
}

const of = (grant: Grant, permission: Permission): Grant => ({ ...grant, permission, actions: permissionActions[permission] })

describe('narrowing a grant never adds access', () => {
  test('a longer prefix, or a first one', () => {
    neverAddsAccess(text, (wide, more) => ({ ...wide, prefix: (wide.prefix ?? '') + more }))
  })

  test('fewer addresses, or the first limit on them', () => {
    neverAddsAccess(fc.array(range, { maxLength: 2 }), (wide, some) => ({ ...wide, sourceIp: wide.sourceIp?.slice(1) ?? some }))
  })

  test('smaller blocks of addresses', () => {
    neverAddsAccess(fc.integer({ min: 0, max: 128 }), ({ sourceIp = [], ...wide }, length) => ({
      ...wide,
      sourceIp: sourceIp.map(({ text, range: { bytes, length: old } }) => ({
        text,
        range: { bytes, length: Math.min(Math.max(old, length), bytes.length * 8) },
      })),
    }))
  })

  test('fewer actions', () => {
    neverAddsAccess(fc.nat(3), (wide, index) => ({ ...wide, actions: wide.actions.filter((_, at) => at !== index) }))
  })

  test.each<[Permission, Permission]>([
    ['readwrite', 'read'],
    ['readwrite', 'write'],
    ['fullaccess', 'readwrite'],
    ['fullaccess', 'read'],
    ['fullaccess', 'write'],
  ])('from %s to %s', (wide, narrow) => {
    fc.assert(
      fc.property(grant, question, (any, asked) => {
        const bucket = wide === 'fullaccess' ? '' : 'b'
        if (allows(of({ ...any, bucket: 'b' }, narrow), asked)) expect(allows(of({ ...any, bucket }, wide), asked)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('from fullaccess to all actions of one bucket', () => {
    fc.assert(
      fc.property(grant, question, (any, asked) => {
        const { permission: _, ...rest } = any
        if (allows({ ...rest, bucket: 'b', actions: ['s3:*'] }, asked)) {
          expect(allows(of({ ...any, bucket: '' }, 'fullaccess'), asked)).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

test('a request that is known less of is never allowed more', () => {
  fc.assert(
    fc.property(grant, question, fc.constantFrom('s3:prefix', 'aws:SourceIp'), (any, [action, request], key) => {
      const dimmer: AuthorizationRequest = { ...request, unknown: [...(request.unknown ?? []), key] }
      if (allows(any, [action, dimmer])) expect(allows(any, [action, request])).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('a grant is of one bucket: no other bucket ever gets access by it, but by fullaccess', () => {
  fc.assert(
    fc.property(grant, question, (any, asked) => {
      const [action, request] = asked
      if (any.permission !== 'fullaccess' && allows(any, asked)) {
        expect(request.bucket).toBe(any.bucket)
        expect(action.kind).not.toBe('none')
      }
    }),
    { numRuns: 2000 },
  )
})
