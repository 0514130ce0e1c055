import { type AccessDiff, diff } from '../../../src/analyze.js'
import { chance, mulberry32, pick } from '../../differential/random.js'
import { generatePair } from '../brute-force/pairs.js'
import type { Pair, PlainPolicy, PlainStatement, PlainSubject } from '../brute-force/plain.js'
import { generatePolicy, statement } from '../brute-force/policies.js'
import { sceneOf } from '../brute-force/scene.js'

export type Relation = AccessDiff['relation']

/** A pair of subjects, and numbers for whatever a law still has to choose. */
export interface Draw {
  readonly seed: number
  readonly pair: Pair
  readonly random: () => number
}

export function drawOf(seed: number): Draw {
  const random = mulberry32(seed)
  return { seed, pair: generatePair(random), random }
}

/** A policy alone; every second one speaks of a given owner. */
export function policyOf(seed: number): {
  readonly policy: PlainPolicy
  readonly random: () => number
  readonly given: { readonly bucket: string; readonly owner: string }
} {
  const random = mulberry32(seed)
  return { policy: generatePolicy(random), random, given: { bucket: 'b', owner: pick(random, ['1', '1', '2', '9']) } }
}

export function compare(before: PlainSubject, after: PlainSubject): AccessDiff {
  const scene = sceneOf({ before, after })
  return diff(scene.before.subject, scene.after.subject)
}

export function withStatements(policy: PlainPolicy, Statement: readonly PlainStatement[]): PlainPolicy {
  return { ...policy, Statement }
}

export function statementWith(random: () => number, Effect: 'Allow' | 'Deny'): PlainStatement {
  return { ...statement(random), Effect }
}

export function shuffled<T>(random: () => number, list: readonly T[]): readonly T[] {
  return list
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item)
}

/** The statement as two, each with some of its actions; at least one has one. */
export function splitByAction(random: () => number, old: PlainStatement): readonly PlainStatement[] {
  const { Action } = old
  if (Action === undefined) return [old]
  const first = Action.filter(() => chance(random, 0.5))
  const second = Action.filter((action) => !first.includes(action))
  return [first, second].flatMap((actions) => (actions.length === 0 ? [] : { ...old, Action: actions }))
}
