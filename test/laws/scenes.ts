import fc from 'fast-check'
import { evaluate, parseRequest, parseSnapshot, type Verdict } from '../../src/index.js'
import type { Request, Snapshot } from '../differential/format.js'
import { generateCase } from '../differential/generate.js'
import { mulberry32 } from '../differential/random.js'

/** A random snapshot and its requests; two of them, so that one can lend the other a statement. */
export interface Scene {
  readonly snapshot: Snapshot
  readonly requests: readonly Request[]
  readonly donor: Snapshot
  /** For choices of the law itself: 0 ≤ pick(n) < n. */
  readonly pick: (limit: number) => number
}

/** Scenes by seed: fast-check prints the seed of one that breaks a law. */
export const scenes: fc.Arbitrary<Scene> = fc.nat({ max: 0x7fffffff }).map((seed) => {
  const random = mulberry32(seed)
  const { snapshot, requests } = generateCase(random)
  return { snapshot, requests, donor: generateCase(random).snapshot, pick: (limit) => Math.floor(random() * limit) }
})

/** The verdicts on several requests. */
export function verdicts(snapshot: Snapshot, requests: readonly Request[]): readonly Verdict[] {
  const parsed = parseSnapshot(snapshot).snapshot
  if (parsed === undefined) throw new Error('the generator made an invalid snapshot')
  return requests.map((request) => {
    const { request: valid, diagnostics } = parseRequest(request)
    if (valid === undefined) throw new Error(`the generator made an invalid request: ${JSON.stringify(diagnostics)}`)
    return evaluate(parsed, valid).verdict
  })
}

export interface PlainStatement {
  readonly Effect: string
  readonly [element: string]: unknown
}

/** The statements of a policy that a law can change: an object without an `error`. */
export function statementsOf(policy: object | string | undefined): readonly PlainStatement[] | undefined {
  if (typeof policy !== 'object') return undefined
  const { Statement: statements } = policy as { Statement?: unknown }
  const list = Array.isArray(statements) ? statements : [statements]
  const bucket = { name: 'b', owner: '1', policy }
  const isReadable = parseSnapshot({ buckets: [bucket] }).snapshot?.buckets.get('b')?.policy?.policy !== undefined
  return isReadable ? (list as PlainStatement[]) : undefined
}

/** The snapshot with each readable policy's statements changed. */
export function mapStatements(snapshot: Snapshot, change: (statements: readonly PlainStatement[]) => readonly unknown[]): Snapshot {
  return {
    ...snapshot,
    buckets: snapshot.buckets.map((bucket) => {
      const statements = statementsOf(bucket.policy)
      return statements === undefined ? bucket : { ...bucket, policy: { ...(bucket.policy as object), Statement: change(statements) } }
    }),
  }
}
