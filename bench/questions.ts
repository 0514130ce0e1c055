import type { Question } from '../src/benchmark/decide-contender.js'
import { type AuthorizationRequest, evaluate, parseSnapshot, type Snapshot, type Statement } from '../src/index.js'
import type { Random } from '../test/differential/random.js'
import type { Workload } from './workloads.js'

/** Hands out questions in turn, from the first again after the last. */
export type QuestionSource = (count: number) => readonly Question[]

/** So many requests of a workload with the reference evaluator's verdicts, computed once. Their strings are made anew for each round. */
export function questionsOf(workload: Workload, count: number, random: Random): QuestionSource {
  const verdictOf = referenceFor(workload)
  const pool = Array.from({ length: count }, () => {
    const request = workload.describe(random)
    return { request, verdict: verdictOf(request) }
  })
  return inTurn(pool)
}

export function inTurn<Item>(pool: readonly Item[]): (count: number) => readonly Item[] {
  let next = 0
  return (count) => Array.from({ length: count }, () => pool[next++ % pool.length] as Item)
}

/** How many requests have the whole policy evaluated too; on 20,000 statements one takes a third of a second. */
const WHOLE = 10

/**
 * The reference evaluator on the statements that may apply to a request. It looks at every statement and explains it, which takes too long
 * for thousands of requests on thousands of statements. What is left out cannot apply, so it cannot change the verdict: see `mayApply`.
 * The first requests are evaluated on the whole policy too, and compared.
 */
export function referenceFor({ name, snapshot: json }: Workload): (request: AuthorizationRequest) => Question['verdict'] {
  const { snapshot } = parseSnapshot(json)
  if (snapshot === undefined) throw new Error(`${name}: an invalid snapshot`)
  const outlines = new Map(
    [...snapshot.buckets.values()].map(({ name, policy }) => [name, (policy?.policy?.Statement ?? []).map(outlineOf)]),
  )
  let compared = 0
  return (request) => {
    const { verdict } = evaluate(excerpt(snapshot, outlines, request), request)
    if (compared++ < WHOLE && evaluate(snapshot, request).verdict !== verdict) throw new Error(`${name}: what was left out does apply`)
    return verdict
  }
}

/** What rules a statement out at a glance. */
interface Outline {
  readonly statement: Statement
  /** What each resource begins with, up to its first star, question mark or variable; undefined if it has none. */
  readonly heads: readonly string[] | undefined
  /** The ARNs of users, if they are all that the statement is about. */
  readonly users: readonly string[] | undefined
}

function outlineOf(statement: Statement): Outline {
  const { Resource, Principal } = statement
  const isUsers = Principal?.every(({ type, text }) => type === 'AWS' && text.includes(':user/'))
  return {
    statement,
    heads: Resource?.map(({ text }) => text.split(/[*?$]/, 1)[0] as string),
    users: isUsers ? Principal?.map(({ text }) => text) : undefined,
  }
}

/** False only where nothing can make it apply: every principal is the ARN of another user, or no resource begins as the request's does. */
function mayApply({ heads, users }: Outline, arn: string | undefined, resource: string): boolean {
  if (users !== undefined && (arn === undefined || !users.includes(arn))) return false
  return heads === undefined || heads.some((head) => resource.startsWith(head))
}

function excerpt(snapshot: Snapshot, outlines: ReadonlyMap<string, readonly Outline[]>, request: AuthorizationRequest): Snapshot {
  const bucket = snapshot.buckets.get(request.bucket ?? '')
  const policy = bucket?.policy?.policy
  if (bucket === undefined || policy === undefined) return snapshot
  const arn = request.principal.kind === 'aws' ? request.principal.arn : undefined
  const resource = `arn:aws:s3:::${request.bucket}${request.key === undefined ? '' : `/${request.key}`}`
  const applying = (outlines.get(bucket.name) ?? []).filter((outline) => mayApply(outline, arn, resource))
  const Statement = applying.map(({ statement }) => statement)
  return { ...snapshot, buckets: new Map([[bucket.name, { ...bucket, policy: { diagnostics: [], policy: { ...policy, Statement } } }]]) }
}
