import { parseArn } from '../../match/arn.js'
import { hasWildcard } from '../../match/wildcard.js'
import type { Policy } from '../../policy/ast.js'
import { nothingBlocked, type PublicAccessBlock, stricterBlock } from '../../public-access/public-access-block.js'
import { publicStatements } from '../../public-access/public-policy.js'
import type { Bucket, Snapshot } from '../../snapshot/snapshot.js'
import type { Asked } from './asked.js'
import { accountsNamedIn } from './named-accounts.js'
import { isPolicySubject, type PolicySubject, type Subject } from './subject.js'

/** One bucket as one of the subjects has it. Questions that compare subjects have a side for each. */
export interface Side {
  /** What a request is decided on: of a policy alone, the request's bucket with the policy. */
  readonly snapshotFor: (bucket: string | undefined) => Snapshot
  /** Whether there is such a bucket. */
  readonly exists: boolean
  readonly owner: string
  readonly policy?: Policy
  /** The policy cannot be read: the bucket is quarantined. */
  readonly isUnreadable: boolean
  /** RestrictPublicBuckets acts. */
  readonly restricts: boolean
}

/** What requests are about: objects and listings of one bucket, or nothing at all. */
export interface Scene {
  readonly place: { readonly kind: 'bucket'; readonly name: string } | { readonly kind: 'any-bucket' } | { readonly kind: 'nothing' }
  readonly sides: readonly Side[]
  /** What the question is about, if it is not about all requests. */
  readonly asked?: Asked
}

/** The scene of a bucket's requests, or of those on nothing. */
export function sceneAt(scenes: readonly Scene[], bucket: string | undefined): Scene | undefined {
  return scenes.find(({ place }) =>
    place.kind === 'bucket' ? place.name === bucket : (place.kind === 'nothing') === (bucket === undefined),
  )
}

/** The scenes of a question: requests of different scenes have nothing to do with each other. */
export function scenesOf(subjects: readonly Subject[], asked?: Asked): readonly Scene[] {
  return placesOf(subjects).map((scene) => ({ ...scene, ...(asked !== undefined && { asked }) }))
}

function placesOf(subjects: readonly Subject[]): readonly Scene[] {
  const policies = subjects.filter(isPolicySubject)
  if (policies.length === 0) return scenesOfSnapshots(subjects as readonly Snapshot[])
  const given = new Set(policies.flatMap(({ bucket }) => bucket ?? []))
  const owner = ownerOf(policies)
  const names = given.size > 0 ? [...given] : [onlyBucketOf(policies.map(({ policy }) => policy))]
  return names.map((name) => ({
    place: name === undefined ? { kind: 'any-bucket' } : { kind: 'bucket', name },
    sides: subjects.map((subject) => {
      if (!isPolicySubject(subject)) return sideOf(subject, name ?? '')
      return sideOfPolicy(subject, subject.owner ?? owner, subject.bucket === undefined || subject.bucket === name)
    }),
  }))
}

function scenesOfSnapshots(snapshots: readonly Snapshot[]): readonly Scene[] {
  const names = new Set(snapshots.flatMap(({ buckets }) => [...buckets.keys()]))
  const scenes = Array.from(
    names,
    (name): Scene => ({
      place: { kind: 'bucket', name },
      sides: snapshots.map((snapshot) => sideOf(snapshot, name)),
    }),
  )
  return [...scenes, { place: { kind: 'nothing' }, sides: snapshots.map((snapshot) => sideOf(snapshot, '')) }]
}

function sideOf(snapshot: Snapshot, name: string): Side {
  const bucket = snapshot.buckets.get(name)
  const snapshotFor = () => snapshot
  if (bucket === undefined) return { snapshotFor, exists: false, owner: '', isUnreadable: false, restricts: false }
  const policy = bucket.policy?.policy
  const accountBlock = snapshot.accounts.get(bucket.owner)?.publicAccessBlock ?? nothingBlocked
  const { RestrictPublicBuckets } = stricterBlock(bucket.publicAccessBlock, accountBlock)
  return {
    snapshotFor,
    exists: true,
    owner: bucket.owner,
    isUnreadable: bucket.policy !== undefined && policy === undefined,
    restricts: policy !== undefined && restrictsBy(policy, RestrictPublicBuckets),
    ...(policy !== undefined && { policy }),
  }
}

/** RestrictPublicBuckets acts on public policies only. */
function restrictsBy(policy: Policy, isSet: boolean): boolean {
  return isSet && publicStatements(policy).length > 0
}

/** @param isHere whether the policy is on the scene's bucket */
function sideOfPolicy(subject: PolicySubject, owner: string, isHere: boolean): Side {
  const { policy, bucket: own, publicAccessBlock: block = nothingBlocked } = subject
  if (!isHere) return sideOf(snapshotOfPolicy(policy, own ?? '', owner, block), '')
  return {
    snapshotFor: (bucket) => snapshotOfPolicy(policy, bucket ?? '', owner, block),
    exists: true,
    owner,
    policy,
    isUnreadable: false,
    restricts: restrictsBy(policy, block.RestrictPublicBuckets),
  }
}

/** The snapshot that has one bucket with this policy, and nothing else. */
function snapshotOfPolicy(policy: Policy, name: string, owner: string, publicAccessBlock: PublicAccessBlock): Snapshot {
  const bucket: Bucket = { name, owner, publicAccessBlock, policy: { policy, diagnostics: [] } }
  return { buckets: new Map([[name, bucket]]), keys: new Map(), accounts: new Map() }
}

/** An account that none of the policies names: who owns the bucket must not decide by accident. */
function ownerOf(subjects: readonly PolicySubject[]): string {
  const given = subjects.find(({ owner }) => owner !== undefined)?.owner
  if (given !== undefined) return given
  const named = new Set(subjects.flatMap(({ policy }) => [...accountsNamedIn(policy)]))
  let owner = 100_000_000_001
  while (named.has(String(owner))) owner++
  return String(owner)
}

/** The bucket that all Resource elements name, if they name one and none may mean another. */
function onlyBucketOf(policies: readonly Policy[]): string | undefined {
  const names = new Set<string | undefined>()
  for (const { Statement } of policies) {
    for (const { Resource = [] } of Statement) for (const { text } of Resource) names.add(bucketOf(text))
  }
  const [name, ...others] = names
  return others.length === 0 ? name : undefined
}

function bucketOf(resource: string): string | undefined {
  const name = parseArn(resource)?.[5].split('/')[0]
  return name === undefined || name === '' || hasWildcard(name) || name.includes('$') ? undefined : name
}
