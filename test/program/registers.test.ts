import { describe, expect, test } from 'vitest'
import { Authorizer } from '../../src/authorizer/authorizer.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { snapshot, workloads } from './workloads.js'

/** Every text, function and object of a kind of its own that can be reached from the registers, the empty text aside. */
function reachable(authorizer: Authorizer): readonly unknown[] {
  const { registers } = authorizer as unknown as { readonly registers: object }
  const seen = new Set<unknown>([registers])
  for (const each of seen) {
    if (typeof each === 'object' && each !== null && !ArrayBuffer.isView(each))
      for (const value of Reflect.ownKeys(each)) seen.add(Reflect.get(each, value))
  }
  return [...seen].filter((each) => {
    if (typeof each === 'string') return each !== ''
    if (typeof each !== 'object' || each === null) return typeof each === 'function' || typeof each === 'symbol'
    return !(Array.isArray(each) && each.length === 0) && !ArrayBuffer.isView(each) && Object.getPrototypeOf(each) !== Object.prototype
  })
}

describe('nothing of a request can be reached from the registers after its decision', () => {
  test.each(Object.entries(workloads))('%s', (_, [reason, request]) => {
    const authorizer = Authorizer.from(snapshot)
    expect(authorizer.decide(request).reason).toBe(reason)
    expect(reachable(authorizer)).toEqual([])
  })

  test.each<[string, AuthorizationRequest]>([
    [
      'an object action without a key',
      { principal: { kind: 'anonymous' }, action: 's3:GetObject', bucket: 'docs', context: { 's3:prefix': 'x' } },
    ],
    ['no kind of principal', { principal: { kind: 'nobody' } as never, action: 's3:ListBucket', bucket: 'docs', unknown: ['x'] }],
  ])('of a refused one too: %s', (_, request) => {
    const authorizer = Authorizer.from(snapshot)
    expect(() => authorizer.decide(request)).toThrow(TypeError)
    expect(reachable(authorizer)).toEqual([])
  })

  test('a request that asks the authorizer again while it is being read gets both answers', () => {
    const authorizer = Authorizer.from(snapshot)
    const inner: string[] = []
    const [, asked] = workloads['denied'] as readonly [string, AuthorizationRequest]
    const [reason, request] = workloads['grants alone'] as readonly [string, AuthorizationRequest]
    const nested = {
      ...request,
      get bucket() {
        inner.push(authorizer.decide(asked).reason)
        return 'plain'
      },
    }
    expect([authorizer.decide(nested).reason, new Set(inner)]).toEqual([reason, new Set(['policy-denies'])])
    expect(reachable(authorizer)).toEqual([])
  })
})
