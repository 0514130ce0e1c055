import { type AuthorizationRequest, derivedKeyErrors, evaluate, parseRequest, type Snapshot, type Verdict } from '../../../src/index.js'
import { chance, pick, type Random } from '../../differential/random.js'
import { mentionsOf } from './mentions.js'
import type { PlainSubject } from './plain.js'
import type { Scene } from './scene.js'
import { type Aim, type Choice, everyChoice, openOptions, randomChoice, requestAt, type Space, sizeOf, spaceOf } from './space.js'
import { type Outcome, Table } from './table.js'
import { type Bounds, outsideUniverse } from './universe.js'

/** One request and what both sides say to it. */
export interface Judged {
  readonly choice: Choice
  readonly before: Outcome
  readonly after: Outcome
}

/** A systematic sample of the universe, judged by both sides of a scene. */
export interface Sweep {
  readonly scene: Scene
  readonly space: Space
  /** Whether the whole space was looked at. */
  readonly isWhole: boolean
  readonly judged: readonly Judged[]
  readonly requestOf: (judged: Judged) => AuthorizationRequest
}

/** The whole space if it is no larger than the limit; else as many places at random, most of them where some statement applies. */
export function sweep(scene: Scene, limit: number, random: Random): Sweep {
  const space = spaceOf(scene, random)
  const tables = [new Table(scene.before.snapshot, space), new Table(scene.after.snapshot, space)] as const
  const isWhole = sizeOf(space, limit) <= limit
  const choices = isWhole
    ? everyChoice(space)
    : someChoices(
        space,
        limit,
        random,
        tables.flatMap((table) => table.aims()),
      )
  const judged = Array.from(choices, (choice) => ({ choice, before: tables[0].judge(choice), after: tables[1].judge(choice) }))
  const result: Sweep = { scene, space, isWhole, judged, requestOf: ({ choice }) => requestAt(space, choice) }
  for (let left = 2; left > 0 && judged.length > 0; left -= 1) replay(result, pick(random, judged))
  return result
}

function* someChoices(space: Space, limit: number, random: Random, aims: readonly Aim[]): Generator<Choice> {
  let last: Choice | undefined
  for (let left = limit; left > 0; left -= 1) {
    if (last !== undefined && chance(random, 0.3)) yield flipped(space, random, last)
    else {
      last = aims.length > 0 && chance(random, 0.85) ? randomChoice(space, random, pick(random, aims)) : randomChoice(space, random)
      yield last
    }
  }
}

/** The same place but for one condition key or the time. */
function flipped(space: Space, random: Random, choice: Choice): Choice {
  const key = Math.floor(random() * (space.keys.length + 1))
  if (key === space.keys.length) return { ...choice, time: Math.floor(random() * space.times.length) }
  const [from, to] = openOptions(space, choice.target, choice.caller, key)
  return { ...choice, values: choice.values.map((value, at) => (at === key ? from + Math.floor(random() * (to - from)) : value)) }
}

/** The request, after the evaluator itself has said the same of it; anything else is a fault of this search. */
export function replay(found: Sweep, judged: Judged): AuthorizationRequest {
  const request = found.requestOf(judged)
  const { before, after } = found.scene
  const said = [verdictOn(before.snapshot, request), verdictOn(after.snapshot, request)]
  const outside = outsideUniverse(request, boundsOf(found.scene))
  if (said[0] !== judged.before.verdict || said[1] !== judged.after.verdict || outside.length > 0) {
    throw new Error(`the search is wrong: ${JSON.stringify({ pair: found.scene.pair, request, said, outside })}`)
  }
  return request
}

export function boundsOf({ buckets, hasAnyBucket, before, after, pair }: Scene): Bounds {
  const { bounds } = mentionsOf(pair)
  return {
    buckets,
    anyBucket: hasAnyBucket,
    snapshots: [before.snapshot, after.snapshot],
    text: JSON.stringify(pair),
    mentionedOn: (bucket) =>
      new Set(mentionsOf({ before: onlyOn(pair.before, bucket), after: onlyOn(pair.after, bucket) }).conditions.keys()),
    limitsKeys: bounds.length > 0,
    hasPlaceless: 'snapshot' in pair.before || 'snapshot' in pair.after,
  }
}

/** The subject with the policy of one bucket only. */
function onlyOn(subject: PlainSubject, bucket: string | undefined): PlainSubject {
  if ('policy' in subject) return subject
  const { buckets = [], ...rest } = subject.snapshot
  return { snapshot: { ...rest, keys: [], buckets: buckets.filter(({ name }) => name === bucket) } }
}

/** What the evaluator says of a request that has to be valid. */
export function verdictOn(snapshot: Snapshot, request: AuthorizationRequest): Verdict {
  const { request: read, diagnostics } = parseRequest(request)
  const location = { path: [], span: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } } }
  const problems = read === undefined ? diagnostics : derivedKeyErrors(snapshot, read, location)
  if (read === undefined || problems.length > 0) throw new Error(`an invalid request: ${JSON.stringify({ request, problems })}`)
  return evaluate(snapshot, read).verdict
}
