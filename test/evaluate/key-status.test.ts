import { describe, expect, test } from 'vitest'
import type { Reason } from '../../src/decision/decision.js'
import { keyProblem } from '../../src/evaluate/key-status.js'
import { snapshotOf } from './ask.js'

const T = 1790000000000

function problem(key: Readonly<Record<string, unknown>>, time?: number): Reason | 'works' {
  const { keys } = snapshotOf({ keys: [{ accessKey: 'k', account: '1', grants: [], ...key }] })
  const parsed = keys.get('k')
  if (parsed === undefined) throw new Error('no key')
  return keyProblem(parsed, time) ?? 'works'
}

describe('when a key works, S2 lines 2 to 5', () => {
  test.each<[string, Readonly<Record<string, unknown>>, number | undefined, Reason | 'works']>([
    ['no bound, no time', {}, undefined, 'works'],
    ['no bound, some time', {}, T, 'works'],
    ['suspended', { status: 'suspended' }, T, 'key-suspended'],
    ['suspended and expired', { status: 'suspended', expiresAt: T - 1 }, T, 'key-suspended'],
    ['suspended, bound and no time', { status: 'suspended', notBefore: T }, undefined, 'key-suspended'],
    ['notBefore and no time', { notBefore: 0 }, undefined, 'key-time-unknown'],
    ['expiresAt and no time', { expiresAt: T }, undefined, 'key-time-unknown'],
    ['both and no time', { notBefore: 0, expiresAt: T }, undefined, 'key-time-unknown'],
    ['a millisecond too early', { notBefore: T }, T - 1, 'key-not-yet-valid'],
    ['in its first millisecond', { notBefore: T }, T, 'works'],
    ['later', { notBefore: T }, T + 1, 'works'],
    ['a nanosecond too early', { notBefore: '2026-09-21T14:13:20.000000001Z' }, T, 'key-not-yet-valid'],
    ['after that nanosecond', { notBefore: '2026-09-21T14:13:20.000000001Z' }, T + 1, 'works'],
    ['in its last millisecond', { expiresAt: T }, T - 1, 'works'],
    ['at its end', { expiresAt: T }, T, 'key-expired'],
    ['after its end', { expiresAt: T }, T + 1, 'key-expired'],
    ['a nanosecond before its end', { expiresAt: '2026-09-21T14:13:20.000000001Z' }, T, 'works'],
    ['after that end', { expiresAt: '2026-09-21T14:13:20.000000001Z' }, T + 1, 'key-expired'],
    ['between both', { notBefore: T - 1, expiresAt: T + 1 }, T, 'works'],
    ['before both', { notBefore: T, expiresAt: T + 1 }, T - 1, 'key-not-yet-valid'],
    ['after both', { notBefore: T - 2, expiresAt: T - 1 }, T, 'key-expired'],
    ['too early is said first, where both hold', { notBefore: T + 1, expiresAt: T - 1 }, T, 'key-not-yet-valid'],
    ['never', { notBefore: T, expiresAt: T }, T, 'key-expired'],
    ['time zero', { notBefore: 0 }, 0, 'works'],
    ['time zero, expired before 1970', { expiresAt: -1 }, 0, 'key-expired'],
  ])('%s', (_, key, time, expected) => {
    expect(problem(key, time)).toBe(expected)
  })
})
