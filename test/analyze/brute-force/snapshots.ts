import type { BucketJson, GrantJson, KeyJson, SnapshotJson } from '../../../src/index.js'
import { between, chance, choose, pick, type Random, times } from '../../differential/random.js'
import { mutatePolicy } from './mutations.js'
import type { PlainPolicy } from './plain.js'
import { generatePolicy, shortText } from './policies.js'
import * as words from './vocabulary.js'

const BOUNDS = [words.NOW, words.NOW + 1, words.NOW - 1000, '2026-09-22'] as const

function grant(random: Random): GrantJson {
  const bucket = chance(random, 0.85) ? 'b' : 'c'
  return {
    ...choose<GrantJson>(random, [
      [3, () => ({ bucket, permission: 'read' })],
      [2, () => ({ bucket, permission: 'readwrite' })],
      [1, () => ({ bucket, permission: 'write' })],
      [1.5, () => ({ bucket: '', permission: 'fullaccess' })],
      [2, () => ({ bucket, actions: times(between(random, 1, 2), () => pick(random, words.ACTION_PATTERNS)) })],
    ]),
    ...(chance(random, 0.35) && { prefix: shortText(random, 2, 0) }),
    ...(chance(random, 0.25) && { sourceIp: times(between(random, 1, 2), () => pick(random, words.ADDRESSES)) }),
  }
}

function accessKey(random: Random, name: string): KeyJson {
  const account = pick(random, ['1', '1', '2'])
  return {
    accessKey: name,
    account,
    ...(chance(random, 0.2) && { arn: `arn:aws:iam::${account}:${pick(random, ['user/a', 'root', 'user/p/b', 'role/r'])}` }),
    grants: times(between(random, 0, 2), () => grant(random)),
    ...(chance(random, 0.1) && { status: 'suspended' as const }),
    ...(chance(random, 0.15) && { notBefore: pick(random, BOUNDS) }),
    ...(chance(random, 0.15) && { expiresAt: pick(random, BOUNDS) }),
  }
}

function bucket(random: Random, name: string): BucketJson {
  return {
    name,
    owner: pick(random, ['1', '1', '1', '2']),
    ...(chance(random, 0.9) && { policy: generatePolicy(random) }),
    ...(chance(random, 0.3) && { publicAccessBlock: { RestrictPublicBuckets: chance(random, 0.8) } }),
  }
}

/** One or two buckets, up to two access keys, and what is known of accounts. */
export function generateSnapshot(random: Random): SnapshotJson {
  return {
    buckets: chance(random, 0.85) ? [bucket(random, 'b')] : [bucket(random, 'b'), bucket(random, 'c')],
    keys: ['K1', 'K2'].slice(0, between(random, 0, 2)).map((name) => accessKey(random, name)),
    ...(chance(random, 0.5) && {
      accounts: [{ id: '2', canonicalId: 'C1', ...(chance(random, 0.2) && { publicAccessBlock: { RestrictPublicBuckets: true } }) }],
    }),
  }
}

const replacedAt = <T>(list: readonly T[], at: number, item: T): T[] => list.map((old, index) => (index === at ? item : old))

function mutateBucket(random: Random, old: BucketJson): BucketJson {
  const { policy, ...rest } = old
  return choose<BucketJson>(random, [
    [6, () => ({ ...old, policy: policy === undefined ? generatePolicy(random) : mutatePolicy(random, policy as PlainPolicy) })],
    [0.5, () => rest],
    [0.7, () => ({ ...old, owner: old.owner === '1' ? '2' : '1' })],
    [1, () => ({ ...old, publicAccessBlock: { RestrictPublicBuckets: old.publicAccessBlock?.RestrictPublicBuckets !== true } })],
  ])
}

function mutateGrant(random: Random, old: GrantJson): GrantJson {
  const { prefix, sourceIp, ...rest } = old
  return choose<GrantJson>(random, [
    [1, () => rest],
    [2, () => ({ ...old, prefix: (prefix ?? '') + pick(random, ['a', 'b', '/']) })],
    [2, () => ({ ...old, sourceIp: [pick(random, words.ADDRESSES), ...(chance(random, 0.5) ? [sourceIp ?? []].flat() : [])] })],
    [1, () => grant(random)],
  ])
}

function mutateKey(random: Random, old: KeyJson): KeyJson {
  const { grants } = old
  const at = Math.floor(random() * grants.length)
  const chosen = grants[at]
  return choose<KeyJson>(random, [
    [2, () => ({ ...old, grants: [...grants, grant(random)] })],
    [chosen === undefined ? 0 : 1, () => ({ ...old, grants: grants.filter((_, index) => index !== at) })],
    [chosen === undefined ? 0 : 4, () => ({ ...old, grants: replacedAt(grants, at, mutateGrant(random, chosen as GrantJson)) })],
    [0.7, () => ({ ...old, status: old.status === 'suspended' ? 'active' : 'suspended' })],
    [1, () => ({ ...old, expiresAt: pick(random, BOUNDS) })],
    [1, () => ({ ...old, notBefore: pick(random, BOUNDS) })],
  ])
}

/** The snapshot changed in one place. */
export function mutateSnapshot(random: Random, old: SnapshotJson): SnapshotJson {
  const { buckets = [], keys = [] } = old
  const at = Math.floor(random() * buckets.length)
  const keyAt = Math.floor(random() * keys.length)
  const key = keys[keyAt]
  return choose<SnapshotJson>(random, [
    [5, () => ({ ...old, buckets: replacedAt(buckets, at, mutateBucket(random, buckets[at] as BucketJson)) })],
    [key === undefined ? 0 : 5, () => ({ ...old, keys: replacedAt(keys, keyAt, mutateKey(random, key as KeyJson)) })],
    [
      keys.length < 2 ? 0.5 : 0,
      () => ({ ...old, keys: [...keys, accessKey(random, keys.some((each) => each.accessKey === 'K1') ? 'K2' : 'K1')] }),
    ],
    [key === undefined ? 0 : 0.4, () => ({ ...old, keys: keys.filter((_, index) => index !== keyAt) })],
    [0.3, () => ({ ...old, accounts: [] })],
  ])
}
