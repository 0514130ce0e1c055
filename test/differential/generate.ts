import type { AccessKey, Account, Bucket, Grant, PublicAccessBlock, Request, Snapshot } from './format.js'
import { generatePolicy, type Statement } from './policies.js'
import { between, chance, choose, pick, type Random, times } from './random.js'
import { generateRequest } from './requests.js'
import * as words from './vocabulary.js'

export type Case = { readonly snapshot: Snapshot; readonly requests: readonly Request[] }

export function publicAccessBlock(random: Random, probability: number): { publicAccessBlock?: PublicAccessBlock } {
  if (!chance(random, 0.4)) return {}
  const isOn = () => chance(random, 0.5)
  const publicAccessBlock = { BlockPublicAcls: isOn(), IgnorePublicAcls: isOn(), BlockPublicPolicy: isOn() }
  return { publicAccessBlock: chance(random, probability) ? { ...publicAccessBlock, RestrictPublicBuckets: true } : publicAccessBlock }
}

function grant(random: Random, buckets: readonly string[]): Grant {
  const bucket = pick(random, chance(random, 0.9) ? buckets : words.BUCKETS)
  return {
    ...choose<Grant>(random, [
      [2, () => ({ bucket, permission: 'read' })],
      [2, () => ({ bucket, permission: 'readwrite' })],
      [1, () => ({ bucket, permission: 'write' })],
      [2, () => ({ bucket: '', permission: 'fullaccess' })],
      [2, () => ({ bucket, actions: times(between(random, 1, 2), () => pick(random, words.ACTION_PATTERNS)) })],
      [1, () => ({ bucket, actions: [pick(random, words.OBJECT_ACTIONS), 's3:CreateBucket'] })],
    ]),
    ...(chance(random, 0.25) && { prefix: pick(random, words.PREFIXES) }),
    ...(chance(random, 0.2) && {
      sourceIp: times(between(random, 1, 2), () => pick(random, ['10.0.0.0/24', '2001:db8::/32', '10.0.0.1', '::ffff:0:0/96'])),
    }),
  }
}

export function accessKey(random: Random, accessKey: string, buckets: readonly string[]): AccessKey {
  const account = pick(random, words.LIKELY_ACCOUNTS)
  const arn = () =>
    choose(random, [
      [2, () => `user/${pick(random, words.USERS)}`],
      [1, () => 'root'],
      [0.5, () => 'role/team/app'],
    ])
  return {
    accessKey,
    account,
    ...(chance(random, 0.2) && { arn: `arn:aws:iam::${account}:${arn()}` }),
    grants: times(between(random, 0, 3), () => grant(random, buckets)),
    ...(chance(random, 0.3) && { status: chance(random, 0.2) ? 'suspended' : 'active' }),
    ...(chance(random, 0.12) && { notBefore: pick(random, words.BOUNDS) }),
    ...(chance(random, 0.12) && { expiresAt: pick(random, words.BOUNDS) }),
  }
}

export function account(random: Random, id: string, canonicalId: string): Account {
  return { id, ...publicAccessBlock(random, 0.15), ...(chance(random, 0.7) && { canonicalId }) }
}

/**
 * A small snapshot and some requests to it, from `least` to `most`, valid after S13. The same sequence of numbers gives the same case.
 */
export function generateCase(random: Random, [least, most]: readonly [least: number, most: number] = [8, 12]): Case {
  const names = words.BUCKETS.slice(0, between(random, 1, 3))
  const policies = new Map(names.flatMap((name) => (chance(random, 0.95) ? [[name, generatePolicy(random, name)] as const] : [])))
  const buckets = names.map((name): Bucket => {
    const policy = policies.get(name)?.policy
    return {
      name,
      owner: pick(random, words.LIKELY_ACCOUNTS.slice(0, 4)),
      ...(policy !== undefined && { policy }),
      ...publicAccessBlock(random, 0.25),
    }
  })
  const keys = ['AK11', 'AK12', 'AK41', 'AK42'].slice(0, between(random, 0, 4)).map((name) => accessKey(random, name, names))
  const accounts = words.ACCOUNTS.map((id, at) => account(random, id, pick(random, words.CANONICAL_IDS.slice(at, at + 1))))
  const snapshot = { buckets, keys, ...(chance(random, 0.8) && { accounts }) }
  const statements = new Map<string, readonly Statement[]>([...policies].map(([name, each]) => [name, each.statements]))
  return { snapshot, requests: times(between(random, least, most), () => generateRequest(random, snapshot, statements)) }
}
