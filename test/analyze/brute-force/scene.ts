import { parsePolicy, parseSnapshot, type Snapshot } from '../../../src/index.js'
import type { Subject } from './analyser.js'
import { entriesOf, type Pair, type PlainPolicy, type PlainSubject, policiesOf } from './plain.js'

/** One side of a pair: as the analyser gets it, and as requests are replayed on it. */
export interface Side {
  readonly plain: PlainSubject
  readonly subject: Subject
  /** Of a policy alone: every bucket name that is tried, each with this policy. */
  readonly snapshot: Snapshot
}

export interface Scene {
  readonly pair: Pair
  readonly before: Side
  readonly after: Side
  /** The names of buckets that requests are on. */
  readonly buckets: readonly string[]
  /** Whether other names are in the universe too. */
  readonly hasAnyBucket: boolean
}

/** An account that none of the generated policies names. */
export const FRESH = 'fresh'

export function sceneOf(pair: Pair): Scene {
  const { names, any } = bucketsOf(pair)
  return { pair, before: sideOf(pair.before, names), after: sideOf(pair.after, names), buckets: names, hasAnyBucket: any }
}

/** The pair of a subject with itself, to ask about it alone. */
export const alone = (subject: PlainSubject): Pair => ({ before: subject, after: subject })

export function readPolicy(policy: PlainPolicy) {
  const { policy: read, diagnostics } = parsePolicy(JSON.stringify(policy))
  if (read === undefined) throw new Error(`a policy without meaning: ${JSON.stringify(diagnostics)}`)
  return read
}

function readSnapshot(json: object): Snapshot {
  const { snapshot, diagnostics } = parseSnapshot(json)
  if (snapshot === undefined) throw new Error(`an invalid snapshot: ${JSON.stringify(diagnostics)}`)
  return snapshot
}

function sideOf(plain: PlainSubject, names: readonly string[]): Side {
  if ('snapshot' in plain) {
    const snapshot = readSnapshot(plain.snapshot)
    return { plain, subject: snapshot, snapshot }
  }
  const { policy, ...given } = plain
  return { plain, subject: { policy: readPolicy(policy), ...given }, snapshot: policySnapshot(plain, names) }
}

/** A policy alone as a snapshot: the same policy on each of the buckets. */
export function policySnapshot({ policy, owner = FRESH }: { policy: PlainPolicy; owner?: string }, names: readonly string[]): Snapshot {
  return readSnapshot({ buckets: names.map((name) => ({ name, owner, policy })) })
}

/** The bucket that is given; else the only one that every Resource names; else any. */
function bucketsOf({ before, after }: Pair): { names: readonly string[]; any: boolean } {
  const names = [before, after].flatMap((side) =>
    'snapshot' in side ? (side.snapshot.buckets ?? []).map(({ name }) => name) : [side.bucket],
  )
  const given = names.filter((name) => name !== undefined)
  if (given.length > 0 || 'snapshot' in before) return { names: [...new Set(given)], any: false }
  const patterns = [before, after].flatMap(policiesOf).flatMap(({ Statement }) => Statement.flatMap(({ Resource = [] }) => Resource))
  const listed = [...new Set(patterns.map(bucketPart))]
  const [only] = listed
  if (listed.length === 1 && only !== undefined) return { names: [only], any: false }
  return { names: ['b', 'c', 'ab', 'z'], any: true }
}

/** The bucket's name in a pattern, or undefined if it is none or has wildcards. */
function bucketPart(pattern: string): string | undefined {
  const name = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:([^/]*)/.exec(pattern)?.[1]
  return name === undefined || name === '' || /[*?$]/.test(name) ? undefined : name
}

/** Every principal that the pair's policies name. */
export function principalsOf(pair: Pair): readonly (readonly [kind: string, text: string])[] {
  return [pair.before, pair.after]
    .flatMap(policiesOf)
    .flatMap(({ Statement }) => Statement.flatMap(({ Principal, NotPrincipal }) => [...entriesOf(Principal), ...entriesOf(NotPrincipal)]))
}

/** The scene with this owner for the policies that have none: any account will do that nobody names. */
export function withOwner(scene: Scene, owner: string): Scene {
  const { before, after } = scene.pair
  if (owner === FRESH || JSON.stringify(scene.pair).includes(owner) || (hasOwner(before) && hasOwner(after))) return scene
  const given = (side: Side): Side => {
    const { plain } = side
    return 'policy' in plain && plain.owner === undefined
      ? { ...side, plain: { ...plain, owner }, snapshot: policySnapshot({ ...plain, owner }, scene.buckets) }
      : side
  }
  return { ...scene, before: given(scene.before), after: given(scene.after) }
}

const hasOwner = (subject: PlainSubject): boolean => 'snapshot' in subject || subject.owner !== undefined
