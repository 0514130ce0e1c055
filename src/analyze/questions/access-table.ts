import type { Decision } from '../../decision/decision.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { type FoundRegion, findRegions } from '../regions/find-regions.js'
import type { Region } from '../regions/region.js'
import type { Asked } from '../scene/asked.js'
import type { AnalyzeOptions, Subject, Undecided } from '../scene/subject.js'
import { allowed, askedAbout, conjunction } from '../search/goals.js'
import { Inquiry } from '../search/inquiry.js'
import { regionInWords } from '../words/region-words.js'
import { requestInWords } from '../words/request-words.js'
import { type AccessQuestion, askedOf } from './access-question.js'
import { decisionAt, isAllowedAt } from './confirm.js'

/** Everything that is allowed among the requests of a question, a row for each set of them. */
export interface AccessTable {
  readonly rows: readonly AccessRow[]
  /** Why rows may be missing. */
  readonly undecided: readonly Undecided[]
}

export interface AccessRow {
  readonly words: string
  /** Absent where the whole set could not be told. */
  readonly region?: Region
  readonly request: AuthorizationRequest
  readonly decision: Decision
}

/** Everyone who may do an action on a resource: `bucket`, `bucket/key` or an ARN. Both may be patterns. */
export function whoCan(subject: Subject, action: string, resource: string, options?: AnalyzeOptions): AccessTable {
  return allowedAmong(subject, { action, resource }, options)
}

/** Everything that an access key may do. */
export function can(snapshot: Snapshot, accessKey: string, options?: AnalyzeOptions): AccessTable {
  return tableOf(snapshot, { accessKey }, options)
}

/** Everything that is allowed among the requests of a question. */
export function allowedAmong(subject: Subject, question: AccessQuestion, options?: AnalyzeOptions): AccessTable {
  return tableOf(subject, askedOf(subject, question), options)
}

function tableOf(subject: Subject, asked: Asked, options: AnalyzeOptions | undefined): AccessTable {
  const found = findRegions(new Inquiry([subject], options, asked), {
    goalIn: (space) => conjunction(askedAbout(space), allowed(space, 0)),
    isConfirmed: (request, { sides }) => isAllowedAt(sides[0], request),
  })
  return { rows: found.list.flatMap(rowOf), undecided: found.undecided }
}

function rowOf({ scene, request, region }: FoundRegion): readonly AccessRow[] {
  const [side] = scene.sides
  if (side === undefined) return []
  const words = region === undefined ? `among others, ${requestInWords(request)}` : regionInWords(region)
  return [{ words, request, decision: decisionAt(side, request), ...(region !== undefined && { region }) }]
}
