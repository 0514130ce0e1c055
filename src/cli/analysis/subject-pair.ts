import type { Subject } from '../../analyze/scene/subject.js'
import type { Policy } from '../../policy/ast.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { InputError } from '../exit-code.js'
import { listNames } from '../render/list-names.js'
import { type Loaded, type PolicyPlace, subjectOf } from './load-subject.js'

/** Two subjects to compare. A policy beside a snapshot is that snapshot with the policy on the bucket. */
export function subjectPair(before: Loaded, after: Loaded, place: PolicyPlace): readonly [Subject, Subject] {
  const { bucket, owner } = place
  if (before.kind === 'snapshot' && after.kind === 'snapshot') refusePlace(place)
  if (before.kind === after.kind) return [subjectOf(before, place), subjectOf(after, place)]
  if (owner !== undefined) throw new InputError('--owner is for policies alone; the snapshot says who owns the bucket')
  if (bucket === undefined) {
    const policy = before.kind === 'policy' ? before : after
    throw new InputError(`\`${policy.path}\` is a policy and the other a snapshot: say with --bucket which bucket the policy is for`)
  }
  return [inSnapshot(before, after, bucket), inSnapshot(after, before, bucket)]
}

/** A snapshot says itself what it is about. */
export function refusePlace({ bucket, owner }: PolicyPlace): void {
  const option = bucket !== undefined ? '--bucket' : owner !== undefined ? '--owner' : undefined
  if (option !== undefined) throw new InputError(`${option} is for policies; a snapshot has its buckets and their owners`)
}

function inSnapshot(loaded: Loaded, other: Loaded, bucket: string): Snapshot {
  if (loaded.kind === 'snapshot') return loaded.snapshot
  return withPolicy((other as Extract<Loaded, { kind: 'snapshot' }>).snapshot, bucket, loaded.policy)
}

function withPolicy(snapshot: Snapshot, name: string, policy: Policy): Snapshot {
  const bucket = snapshot.buckets.get(name)
  if (bucket === undefined) throw new InputError(`there is no bucket \`${name}\`; the snapshot has ${listNames(snapshot.buckets.keys())}`)
  return { ...snapshot, buckets: new Map(snapshot.buckets).set(name, { ...bucket, policy: { policy, diagnostics: [] } }) }
}
