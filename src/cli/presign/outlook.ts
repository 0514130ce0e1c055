import type { Authorizer } from '../../authorizer/authorizer.js'
import type { DecisionWithGrant } from '../../decision/decision.js'
import { evaluateAtBest } from '../../evaluate/evaluate-at-best.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import { RequestContext, UNKNOWN } from '../../request/request-context.js'
import type { RequestPlan } from '../../s3/plan.js'
import type { Snapshot } from '../../snapshot/snapshot.js'
import { planAt, type RequestToCome } from './request-to-come.js'
import { turningPoints } from './turning-points.js'

/** How a request will be answered, as far as that can be told before it is made. */
export type Prospect =
  | { readonly kind: 'allowed'; readonly questions: readonly AuthorizationRequest[] }
  /** On what only the request itself will tell: the names of condition keys. */
  | { readonly kind: 'depends'; readonly question: AuthorizationRequest; readonly keys: readonly string[] }
  | {
      readonly kind: 'denied'
      readonly question: AuthorizationRequest
      readonly decision: DecisionWithGrant
      /** With everything unknown in the caller's favour. */
      readonly atBest: DecisionWithGrant
    }

/** A stretch of time with one prospect, both ends included, in milliseconds since 1970. */
export interface Span {
  readonly from: number
  readonly to: number
  readonly prospect: Prospect
}

export interface Judge {
  readonly authorizer: Authorizer
  readonly snapshot: Snapshot
}

/** The prospects of a request from now until its signature ends. */
export function outlookOf(judge: Judge, request: RequestToCome, key: string): readonly Span[] {
  const spans: Span[] = []
  for (const time of turningPoints(judge.snapshot, request)) {
    const prospect = prospectOfPlan(judge, planAt(request, key, time))
    const last = spans.at(-1)
    if (last !== undefined && isAlike(last.prospect, prospect)) spans[spans.length - 1] = { ...last, to: time }
    else spans.push({ from: time, to: time, prospect })
  }
  return spans
}

function prospectOfPlan(judge: Judge, { questions, ifSourceIsTagged }: RequestPlan): Prospect {
  const prospect = prospectOf(judge, questions)
  const barred = ifSourceIsTagged.find((question) => !judge.authorizer.isAllowed(question))
  // Whether the source has tags is seen when it is copied.
  return prospect.kind !== 'allowed' || barred === undefined
    ? prospect
    : { kind: 'depends', question: barred, keys: ['s3:ExistingObjectTag/*'] }
}

/** All questions must be answered yes: the worst prospect counts. */
function prospectOf(judge: Judge, questions: readonly AuthorizationRequest[]): Prospect {
  const each = questions.map((question) => prospectOfQuestion(judge, question))
  const depends = each.filter(({ kind }) => kind === 'depends') as Extract<Prospect, { kind: 'depends' }>[]
  const [first] = depends
  return (
    each.find(({ kind }) => kind === 'denied') ??
    (first === undefined ? { kind: 'allowed', questions } : { ...first, keys: [...new Set(depends.flatMap(({ keys }) => keys))].sort() })
  )
}

function prospectOfQuestion({ authorizer, snapshot }: Judge, question: AuthorizationRequest): Prospect {
  const decision = authorizer.decide(question)
  // What is unknown never allows: this holds whatever it turns out to be.
  if (decision.verdict === 'Allow') return { kind: 'allowed', questions: [question] }
  const context = RequestContext.from(question.context)
  const isUnknown = (name: string) => question.unknown?.includes(name) === true || context.valueOf(name) === UNKNOWN
  const keys = authorizer.requirements(question).filter(isUnknown)
  const atBest = evaluateAtBest(snapshot, question)
  return keys.length > 0 && atBest.verdict === 'Allow'
    ? { kind: 'depends', question, keys }
    : { kind: 'denied', question, decision, atBest }
}

function isAlike(a: Prospect, b: Prospect): boolean {
  if (a.kind === 'depends' && b.kind === 'depends') return a.keys.join() === b.keys.join()
  if (a.kind === 'denied' && b.kind === 'denied') return a.atBest.reason === b.atBest.reason && a.decision.reason === b.decision.reason
  return a.kind === b.kind
}

/** Whether the request may be allowed at any time. */
export function isOpen(spans: readonly Span[]): boolean {
  return spans.some(({ prospect }) => prospect.kind !== 'denied')
}
