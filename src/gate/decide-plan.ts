import type { Authorizer } from '../authorizer/authorizer.js'
import type { Reason } from '../decision/decision.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import type { ObjectPlan, RequestPlan } from '../s3/plan.js'
import type { S3ErrorCode } from '../s3-error/codes.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { isPromise } from '../sigv4/eventually.js'
import type { GateOptions } from './gate-options.js'
import { type DecidedQuestion, decideQuestion } from './look-up.js'
import type { DecidedObject, Outcome, Permitted, Refused } from './outcome.js'
import type { PlanCase } from './plan-case.js'
import { serviceRefusal } from './service-refusal.js'

/** Asks the plan's questions, in order, until one is answered no. */
export async function decidePlan(plan: RequestPlan, planCase: PlanCase): Promise<Outcome> {
  const { options, authorizer } = planCase
  const questions: DecidedQuestion[] = []
  for (const question of plan.ifSourceIsTagged.length === 0 ? plan.questions : await questionsOf(plan, planCase)) {
    const answer = decideQuestion(authorizer, question, options.lookUp)
    const decided = isPromise(answer) ? await answer : answer
    if (decided.decision.verdict !== 'Allow') return refusal(planCase, decided)
    questions.push(decided)
  }
  // Only preflights ask nothing. A plan that comes to no question by mistake is no yes.
  if (questions.length === 0 && plan.objects === undefined && planCase.request.operation.asks.length > 0)
    return refusal(planCase, undefined)
  const objects = plan.objects && (await decideObjects(plan.objects, authorizer, options))
  const barred = objects?.find(({ isAllowed }) => !isAllowed)?.questions.at(-1)
  if (barred !== undefined && (options.partialDeletes !== true || isOfWholeRequest(barred))) return refusal(planCase, barred)
  const error = serviceRefusal(plan, planCase, questions)
  return error === undefined ? permission(plan, planCase, questions, objects) : refusal(planCase, undefined, error)
}

/** With the questions on the source's tags, unless it is known to have none. */
async function questionsOf(
  { questions, ifSourceIsTagged }: RequestPlan,
  { options: { lookUp }, request: { operation } }: PlanCase,
): Promise<readonly AuthorizationRequest[]> {
  const actions = operation.asks.flatMap(({ on, action, versionAction }) => (on === 'source' ? [action, versionAction] : []))
  // A source that can be read in two ways has tags if either has.
  for (const question of ifSourceIsTagged) {
    if (!actions.includes(question.action)) continue
    const found = await lookUp?.(question, [EXISTING_TAGS])
    if (found?.[EXISTING_TAGS] !== null) return [...questions, ...ifSourceIsTagged]
  }
  return questions
}

/** Asked of the hook to learn whether an object has tags at all. */
const EXISTING_TAGS = 's3:ExistingObjectTag/*'

async function decideObjects(
  plans: readonly ObjectPlan[],
  authorizer: Authorizer,
  { lookUp }: GateOptions,
): Promise<readonly DecidedObject[]> {
  const objects: DecidedObject[] = []
  for (const { questions: asked, ...object } of plans) {
    const questions: DecidedQuestion[] = []
    for (const question of asked) {
      const decided = await decideQuestion(authorizer, question, lookUp)
      questions.push(decided)
      if (decided.decision.verdict !== 'Allow') break
    }
    objects.push({ ...object, isAllowed: questions.every(({ decision }) => decision.verdict === 'Allow'), questions })
  }
  return objects
}

function permission(
  plan: RequestPlan,
  { options, authorizer, request, authentication, principal, body }: PlanCase,
  questions: readonly DecidedQuestion[],
  objects: readonly DecidedObject[] | undefined,
): Permitted {
  const isAllowed = async (question: AuthorizationRequest): Promise<boolean> =>
    (await decideQuestion(authorizer, question, options.lookUp)).decision.verdict === 'Allow'
  return {
    kind: 'permitted',
    request,
    authentication,
    principal,
    questions,
    ...(objects === undefined ? {} : { objects }),
    ...(body?.kind === 'document' ? { body } : {}),
    ...(body?.kind === 'post-form' ? { form: body } : {}),
    mayLearnThatMissing: async () => plan.ifMissing !== undefined && (await isAllowed(plan.ifMissing)),
    hiddenHeaders: async () => {
      const hidden: string[] = []
      for (const { headers, question } of plan.trims) if (!(await isAllowed(question))) hidden.push(...headers)
      return hidden
    },
  }
}

function refusal({ authorizer, request, authentication }: PlanCase, refused: DecidedQuestion | undefined, error?: S3Error): Refused {
  return {
    kind: 'refused',
    error: error ?? s3Error(codes[refused?.decision.reason ?? 'no-allow'] ?? 'AccessDenied'),
    request,
    authentication,
    ...(refused === undefined ? {} : { refusal: refused }),
    explain: () => (refused === undefined ? undefined : authorizer.explain(refused.question)),
  }
}

/** Whether it is the caller or the bucket that is refused, and not one object of several. */
function isOfWholeRequest({ decision }: DecidedQuestion): boolean {
  return codes[decision.reason] !== undefined
}

/** Denials that S3 calls something else than AccessDenied. */
const codes: Readonly<Partial<Record<Reason, S3ErrorCode>>> = {
  'unknown-key': 'InvalidAccessKeyId',
  'key-suspended': 'InvalidAccessKeyId',
  'unknown-bucket': 'NoSuchBucket',
}
