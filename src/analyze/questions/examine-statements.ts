import { evaluate } from '../../evaluate/evaluate.js'
import type { Policy } from '../../policy/ast.js'
import { isPublicPolicy } from '../../public-access/public-policy.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import type { Scene } from '../scene/scene.js'
import type { AnalyzeOptions, Subject, Undecided } from '../scene/subject.js'
import { type Finding, Inquiry } from '../search/inquiry.js'
import { appliesWithout, verdictChangesWithout } from '../search/statement-goals.js'
import { onlyBy } from './compare.js'
import { type Witness, witnessOf } from './witness.js'

/** What a statement is good for. */
export interface StatementReport {
  /** The bucket, where it is known. */
  readonly bucket?: string
  /** Its place in the policy. */
  readonly index: number
  readonly sid?: string
  /**
   * `unreachable`: it applies to no request. `shadowed`: an Allow that applies only where Deny statements do too. `redundant`: no verdict changes
   * without it. `needed`: some verdict does.
   */
  readonly status: 'needed' | 'unreachable' | 'shadowed' | 'redundant' | 'undecided'
  /** The fewest statements found that shadow it or make it redundant, by their places. */
  readonly by: readonly number[]
  /** Of a needed statement: a request whose verdict changes without it. */
  readonly witness?: Witness
  readonly undecided: readonly Undecided[]
}

/** Examines every statement of every policy, each as if it alone were taken away. */
export function examineStatements(subject: Subject, options?: AnalyzeOptions): readonly StatementReport[] {
  const inquiry = new Inquiry([subject], options)
  return inquiry.scenes.flatMap((scene) => {
    const statements = scene.sides[0]?.policy?.Statement ?? []
    return statements.map((statement, index) => ({
      ...(scene.place.kind === 'bucket' && { bucket: scene.place.name }),
      index,
      ...(statement.Sid !== undefined && { sid: statement.Sid.text }),
      ...new StatementExam(inquiry, scene, index, options).run(),
    }))
  })
}

type Outcome = Pick<StatementReport, 'status' | 'by' | 'witness' | 'undecided'>

class StatementExam {
  private readonly policy: Policy

  constructor(
    private readonly inquiry: Inquiry,
    private readonly scene: Scene,
    private readonly index: number,
    private readonly options: AnalyzeOptions | undefined,
  ) {
    this.policy = scene.sides[0]?.policy as Policy
  }

  run(): Outcome {
    const change = this.inquiry.find(
      { goalIn: (space) => verdictChangesWithout(space, this.index), isConfirmed: (request) => this.changes(request) },
      [this.scene],
    )
    if (change.kind === 'found') return this.needed(change.request)
    const lifted = this.findLifted()
    if (lifted.kind === 'found') return this.needed(lifted.request)
    if (lifted.kind === 'undecided') return undecided(lifted)
    const reach = this.findApplying([])
    if (reach.kind === 'none') return { status: 'unreachable', by: [], undecided: [] }
    if (change.kind === 'undecided') return undecided(change)
    if (reach.kind === 'undecided') return undecided(reach)
    const others = this.others(({ Effect }) => Effect === 'Deny')
    const isAllow = this.policy.Statement[this.index]?.Effect === 'Allow'
    if (isAllow && this.findApplying(others).kind === 'none') return { status: 'shadowed', by: this.fewest(others), undecided: [] }
    const all = isAllow ? [...others, ...this.others(({ Effect }) => Effect === 'Allow')] : others
    return { status: 'redundant', by: this.fewest(all), undecided: [] }
  }

  private needed(request: AuthorizationRequest): Outcome {
    return { status: 'needed', by: [], witness: witnessOf(request, this.scene), undecided: [] }
  }

  /** A request that RestrictPublicBuckets refuses for no statement but this one, the only one that makes the policy public. */
  private findLifted(): Finding {
    const [side] = this.scene.sides
    const { place } = this.scene
    if (side === undefined || place.kind !== 'bucket' || !side.restricts) return { kind: 'none' }
    const before = side.snapshotFor(place.name)
    const after = withoutStatement(before, place.name, this.index)
    if (isPublicPolicy(after.buckets.get(place.name)?.policy?.policy as Policy)) return { kind: 'none' }
    return new Inquiry([before, after], this.options).find(onlyBy(1, 0))
  }

  /** A request to which the statement applies and none of the others. */
  private findApplying(others: readonly number[]): Finding {
    const isConfirmed = (request: AuthorizationRequest): boolean => {
      const { policy } = evaluate(this.snapshotFor(request), request)
      if (policy.kind !== 'statements') return false
      return policy.statements[this.index]?.applies === true && !others.some((other) => policy.statements[other]?.applies)
    }
    return this.inquiry.find({ goalIn: (space) => appliesWithout(space, this.index, others), isConfirmed }, [this.scene])
  }

  /** Of statements that together cover this one, as few as are found by leaving out one after the other. */
  private fewest(statements: readonly number[]): readonly number[] {
    if (this.findApplying(statements).kind !== 'none') return []
    let left = statements
    for (const statement of statements) {
      const without = left.filter((other) => other !== statement)
      if (this.findApplying(without).kind === 'none') left = without
    }
    return left
  }

  private others(isOne: (statement: Policy['Statement'][number]) => boolean): readonly number[] {
    return this.policy.Statement.flatMap((statement, index) => (index !== this.index && isOne(statement) ? [index] : []))
  }

  /** Whether the engine's verdict is another without the statement. */
  private changes(request: AuthorizationRequest): boolean {
    const snapshot = this.snapshotFor(request)
    return evaluate(snapshot, request).verdict !== evaluate(withoutStatement(snapshot, request.bucket ?? '', this.index), request).verdict
  }

  private snapshotFor(request: AuthorizationRequest): Snapshot {
    return this.scene.sides[0]?.snapshotFor(request.bucket) as Snapshot
  }
}

function undecided({ undecided: reason }: Extract<Finding, { kind: 'undecided' }>): Outcome {
  return { status: 'undecided', by: [], undecided: [reason] }
}

function withoutStatement(snapshot: Snapshot, name: string, index: number): Snapshot {
  const bucket = snapshot.buckets.get(name)
  const policy = bucket?.policy?.policy
  if (bucket === undefined || policy === undefined) return snapshot
  const rest = { ...policy, Statement: policy.Statement.filter((_, at) => at !== index) }
  return { ...snapshot, buckets: new Map(snapshot.buckets).set(name, { ...bucket, policy: { policy: rest, diagnostics: [] } }) }
}
