import type { Verdict } from '../decision/decision.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import { freshRequest, type RequestShape } from './fresh.js'
import type { Contender } from './paired.js'

/** A request, and the reference evaluator's verdict on it. */
export interface Question {
  readonly request: AuthorizationRequest
  readonly verdict: Verdict
}

/** Whatever decides. */
export interface Decider {
  decide(request: AuthorizationRequest): { readonly verdict: Verdict }
}

/** What is to decide, and on what. */
export interface DecideContender {
  readonly name: string
  readonly decider: Decider
  /** As many questions as asked for; the strings of their requests may be old. */
  readonly questions: (count: number) => readonly Question[]
  readonly operations: number
  readonly shape?: RequestShape
}

/** The requests of a run. */
export type Requests = readonly AuthorizationRequest[]

const verdicts: readonly Verdict[] = ['Allow', 'ExplicitDeny', 'ImplicitDeny']
const UNANSWERED = 255

/** Decides fresh requests, and compares every verdict with the reference's. */
export function decideContender(subject: DecideContender): Contender<Requests> {
  return contenderOf(subject, (requests, answers) => decideAll(subject.decider, requests, answers, 0, requests.length))
}

/** How many decisions are timed together where each of them is asked about: a reading of the clock may cost a fifth of a decision. */
export const BATCH = 16

/** The same in batches, each of which is timed. @param onBatch told how many nanoseconds each decision of a batch took on the average */
export function batchedContender(
  subject: DecideContender,
  clock: () => number,
  onBatch: (nanoseconds: number) => void,
): Contender<Requests> {
  return contenderOf(subject, (requests, answers) => {
    for (let from = 0; from < requests.length; from += BATCH) {
      const to = Math.min(from + BATCH, requests.length)
      const start = clock()
      decideAll(subject.decider, requests, answers, from, to)
      onBatch((clock() - start) / (to - from))
    }
  })
}

function contenderOf(
  { name, questions, operations, shape = 'plain' }: DecideContender,
  decide: (requests: Requests, answers: Uint8Array) => void,
): Contender<Requests> {
  const expected = new Uint8Array(operations)
  const answers = new Uint8Array(operations).fill(UNANSWERED)
  // V8 forgets the shapes of objects that are all garbage, and what it compiled for them. A gateway always has some requests at work.
  const alive: Requests[] = []
  return {
    name,
    operations,
    prepare: () =>
      questions(operations).map(({ request, verdict }, index) => {
        expected[index] = codeOf(verdict)
        return freshRequest(request, shape)
      }),
    run: (requests) => {
      alive[0] = requests
      decide(requests, answers)
    },
    check: (requests) => {
      const wrong = answers.findIndex((answer, index) => answer !== expected[index])
      if (wrong >= 0) {
        const [answer, verdict] = [answers, expected].map((codes) => verdicts[codes[wrong] as number] ?? 'no answer')
        throw new Error(`${name}: ${answer}, and the reference says ${verdict}, for ${JSON.stringify(requests[wrong])}`)
      }
      answers.fill(UNANSWERED)
    },
  }
}

/** One function for all deciders: its calls see all kinds of requests and programs, as a gateway's do. */
function decideAll(decider: Decider, requests: Requests, answers: Uint8Array, from: number, to: number): void {
  for (let index = from; index < to; index++) {
    answers[index] = codeOf(decider.decide(requests[index] as AuthorizationRequest).verdict)
  }
}

/** The place in the list of verdicts; comparing constants costs next to nothing beside a decision. */
function codeOf(verdict: Verdict): number {
  return verdict === 'Allow' ? 0 : verdict === 'ExplicitDeny' ? 1 : 2
}
