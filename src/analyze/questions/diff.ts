import type { Decision } from '../../decision/decision.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { type Finding, Inquiry } from '../inquiry.js'
import type { AnalyzeOptions, Subject, Undecided } from '../subject.js'
import { onlyBy } from './compare.js'
import { decisionAt } from './confirm.js'

/** What a new state allows that the old one did not, and the other way round. */
export interface AccessDiff {
  /** What `after` allows, compared with `before`. */
  readonly relation: 'equal' | 'less' | 'more' | 'incomparable' | 'undecided'
  readonly newlyAllowed: readonly Change[]
  readonly newlyDenied: readonly Change[]
  readonly undecided: readonly Undecided[]
}

/** A set of requests whose verdict is another, with one of them. */
export interface Change {
  readonly request: AuthorizationRequest
  readonly before: Decision
  readonly after: Decision
  readonly beforeSnapshot: Snapshot
  readonly afterSnapshot: Snapshot
}

export function diff(before: Subject, after: Subject, options?: AnalyzeOptions): AccessDiff {
  const inquiry = new Inquiry([before, after], options)
  const more = inquiry.find(onlyBy(1, 0))
  const less = inquiry.find(onlyBy(0, 1))
  const undecided = [more, less].flatMap((finding) => (finding.kind === 'undecided' ? finding.undecided : []))
  return {
    relation: relationOf(more, less),
    newlyAllowed: changesOf(more),
    newlyDenied: changesOf(less),
    undecided,
  }
}

function relationOf(more: Finding, less: Finding): AccessDiff['relation'] {
  if (more.kind === 'found' && less.kind === 'found') return 'incomparable'
  if (more.kind === 'undecided' || less.kind === 'undecided') return 'undecided'
  if (more.kind === 'found') return 'more'
  return less.kind === 'found' ? 'less' : 'equal'
}

function changesOf(finding: Finding): readonly Change[] {
  if (finding.kind !== 'found') return []
  const { request, scene } = finding
  const [before, after] = scene.sides
  if (before === undefined || after === undefined) return []
  return [
    {
      request,
      before: decisionAt(before, request),
      after: decisionAt(after, request),
      beforeSnapshot: before.snapshotFor(request.bucket),
      afterSnapshot: after.snapshotFor(request.bucket),
    },
  ]
}
