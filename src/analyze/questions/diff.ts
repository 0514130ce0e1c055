import type { Decision } from '../../decision/decision.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { type FoundRegion, type FoundRegions, findRegions } from '../regions/find-regions.js'
import type { Region } from '../regions/region.js'
import type { AnalyzeOptions, Subject, Undecided } from '../scene/subject.js'
import { Inquiry } from '../search/inquiry.js'
import { regionInWords } from '../words/region-words.js'
import { requestInWords } from '../words/request-words.js'
import { onlyBy } from './compare.js'
import { decisionAt } from './confirm.js'

/** What a new state allows that the old one did not, and the other way round. */
export interface AccessDiff {
  /** What `after` allows, compared with `before`. */
  readonly relation: 'equal' | 'less' | 'more' | 'incomparable' | 'undecided'
  readonly newlyAllowed: readonly Change[]
  readonly newlyDenied: readonly Change[]
  readonly undecided: readonly UndecidedChange[]
}

/** Why there may be more changes of one kind. */
export interface UndecidedChange extends Undecided {
  readonly about: 'newly-allowed' | 'newly-denied'
}

/** A set of requests whose verdict is another, with one of them. */
export interface Change {
  /** The set in words, or the request where only that is known. */
  readonly words: string
  /** Absent where the whole set could not be told. */
  readonly region?: Region
  readonly request: AuthorizationRequest
  readonly before: Decision
  readonly after: Decision
  readonly beforeSnapshot: Snapshot
  readonly afterSnapshot: Snapshot
}

/** What `after` allows and `before` does not, and the other way round. */
export function diff(before: Subject, after: Subject, options?: AnalyzeOptions): AccessDiff {
  const inquiry = new Inquiry([before, after], options)
  const more = findRegions(inquiry, onlyBy(1, 0))
  const less = findRegions(inquiry, onlyBy(0, 1))
  return {
    relation: relationOf(more, less),
    newlyAllowed: more.list.flatMap(changeOf),
    newlyDenied: less.list.flatMap(changeOf),
    undecided: [
      ...more.undecided.map((one) => ({ ...one, about: 'newly-allowed' as const })),
      ...less.undecided.map((one) => ({ ...one, about: 'newly-denied' as const })),
    ],
  }
}

/** Whether nothing is allowed after that was not allowed before. What is undecided never passes for safe. */
export function noNewAccess({ newlyAllowed, undecided }: AccessDiff): 'passed' | 'failed' | 'undecided' {
  if (newlyAllowed.length > 0) return 'failed'
  return undecided.some(({ about }) => about === 'newly-allowed') ? 'undecided' : 'passed'
}

function relationOf(more: FoundRegions, less: FoundRegions): AccessDiff['relation'] {
  if (more.list.length > 0 && less.list.length > 0) return 'incomparable'
  if (more.undecided.length > 0 || less.undecided.length > 0) return 'undecided'
  if (more.list.length > 0) return 'more'
  return less.list.length > 0 ? 'less' : 'equal'
}

function changeOf({ scene, request, region }: FoundRegion): readonly Change[] {
  const [before, after] = scene.sides
  if (before === undefined || after === undefined) return []
  return [
    {
      words: region === undefined ? `among others, ${requestInWords(request)}` : regionInWords(region),
      ...(region !== undefined && { region }),
      request,
      before: decisionAt(before, request),
      after: decisionAt(after, request),
      beforeSnapshot: before.snapshotFor(request.bucket),
      afterSnapshot: after.snapshotFor(request.bucket),
    },
  ]
}
