import type { Explanation } from '../evaluate/explanation.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** What no case has ever put to use: such a statement or grant could be wrong and no test would tell. */
export interface CoverageReport {
  readonly statements: Covered<UncoveredStatement>
  readonly grants: Covered<UncoveredGrant>
}

export interface Covered<Item> {
  readonly total: number
  readonly covered: number
  readonly uncovered: readonly Item[]
}

export interface UncoveredStatement {
  readonly bucket: string
  readonly index: number
  readonly sid?: string
}

export interface UncoveredGrant {
  readonly accessKey: string
  readonly index: number
}

/** Collects which statements have applied and which grants have allowed in at least one case. */
export class Coverage {
  private readonly statements = new Tally<UncoveredStatement>()
  private readonly grants = new Tally<UncoveredGrant>()
  private readonly snapshots = new Map<Snapshot, number>()

  add(snapshot: Snapshot, { request, policy, identity }: Explanation): void {
    const scope = this.expect(snapshot)
    if (policy.kind === 'statements') {
      for (const { index, applies } of policy.statements) {
        if (applies) this.statements.cover(keyOf(scope, request.bucket, index))
      }
    }
    if (identity.kind === 'grants' && request.principal.kind === 'key') {
      for (const { index, failed } of identity.grants) {
        if (failed === undefined) this.grants.cover(keyOf(scope, request.principal.accessKey, index))
      }
    }
  }

  report(): CoverageReport {
    return { statements: this.statements.report(), grants: this.grants.report() }
  }

  /** Lists everything a snapshot holds, once, and returns the snapshot's number. */
  expect(snapshot: Snapshot): number {
    const known = this.snapshots.get(snapshot)
    if (known !== undefined) return known
    const scope = this.snapshots.size
    this.snapshots.set(snapshot, scope)
    for (const { name, policy } of snapshot.buckets.values()) {
      for (const [index, { Sid }] of (policy?.policy?.Statement ?? []).entries()) {
        this.statements.expect(keyOf(scope, name, index), { bucket: name, index, ...(Sid && { sid: Sid.text }) })
      }
    }
    for (const { accessKey, grants } of snapshot.keys.values()) {
      for (const index of grants.keys()) this.grants.expect(keyOf(scope, accessKey, index), { accessKey, index })
    }
    return scope
  }
}

class Tally<Item> {
  private readonly expected = new Map<string, Item>()
  private readonly covered = new Set<string>()

  expect(key: string, item: Item): void {
    this.expected.set(key, item)
  }

  cover(key: string): void {
    this.covered.add(key)
  }

  report(): Covered<Item> {
    const uncovered = [...this.expected].flatMap(([key, item]) => (this.covered.has(key) ? [] : [item]))
    return { total: this.expected.size, covered: this.expected.size - uncovered.length, uncovered }
  }
}

function keyOf(...parts: readonly unknown[]): string {
  return JSON.stringify(parts)
}
