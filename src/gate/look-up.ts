import type { Authorizer } from '../authorizer/authorizer.js'
import type { Decision } from '../decision/decision.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import { RequestContext, UNKNOWN } from '../request/request-context.js'
import type { Eventually } from '../sigv4/eventually.js'

/**
 * Tells the values of condition keys that no request carries: tags of the stored object, the caller's organization. Asked only for keys that
 * can still change the answer. A text or a list is the value, `null` says that the key is absent, and what is left out is not known:
 * it allows nothing and lifts no Deny.
 *
 * Copies that take the source's tags along ask for `s3:ExistingObjectTag/*` of the source: `null` says that it has no tags, and then nobody needs
 * permission to read and write them.
 */
export type LookUp = (question: AuthorizationRequest, keys: readonly string[]) => LookedUp | undefined | Promise<LookedUp | undefined>

export type LookedUp = Readonly<Record<string, string | readonly string[] | null | undefined>>

/** A question as it was decided at last, with what was looked up for it. */
export interface DecidedQuestion {
  readonly question: AuthorizationRequest
  readonly decision: Decision
}

/** Decides a question, and looks up what it lacks where that could turn a denial. An Allow stands: it holds whatever is not known. */
export function decideQuestion(
  authorizer: Authorizer,
  question: AuthorizationRequest,
  lookUp: LookUp | undefined,
): Eventually<DecidedQuestion> {
  const decision = authorizer.decide(question)
  if (decision.verdict === 'Allow' || lookUp === undefined) return { question, decision }
  return decideCompleted(authorizer, question, decision, lookUp)
}

async function decideCompleted(
  authorizer: Authorizer,
  question: AuthorizationRequest,
  decision: Decision,
  lookUp: LookUp,
): Promise<DecidedQuestion> {
  const context = RequestContext.from(question.context)
  const keys = authorizer.requirements(question).filter((name) => context.valueOf(name) === UNKNOWN)
  if (keys.length === 0) return { question, decision }
  const found = await lookUp(question, keys)
  if (found === undefined) return { question, decision }
  const told = keys.filter((name) => found[name] !== undefined)
  if (told.length === 0) return { question, decision }
  const values = Object.fromEntries(told.map((name) => [name, found[name] ?? []]))
  const completed = { ...question, context: context.withValues(values) }
  return { question: completed, decision: authorizer.decide(completed) }
}
