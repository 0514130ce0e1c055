import type { RequestPlan } from '../s3/plan.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { DecidedQuestion } from './look-up.js'
import type { PlanCase } from './plan-case.js'

/** What S3 refuses although policies and grants allow it. */
export function serviceRefusal(plan: RequestPlan, planCase: PlanCase, questions: readonly DecidedQuestion[]): S3Error | undefined {
  return anonymousRefusal(planCase) ?? aclRefusal(plan, planCase) ?? strangersRefusal(planCase, questions)
}

function anonymousRefusal({ request, principal }: PlanCase): S3Error | undefined {
  if (request.operation.isSignedOnly !== true || principal.kind !== 'anonymous') return undefined
  return s3Error('AccessDenied', { reason: `${request.operation.name} is not for anonymous callers` })
}

/** Every bucket is without ACLs ("BucketOwnerEnforced"): one that gives anybody anything cannot be set. */
function aclRefusal({ givesByAcl }: RequestPlan, { options }: PlanCase): S3Error | undefined {
  return givesByAcl && options.accessControlLists !== 'pass' ? s3Error('AccessControlListNotSupported') : undefined
}

/** Bucket policies are seen and changed by the bucket owner's account alone. */
function strangersRefusal({ authorizer, request }: PlanCase, [first]: readonly DecidedQuestion[]): S3Error | undefined {
  if (request.operation.ownerAccountOnly !== true || first === undefined) return undefined
  const { owner, caller } = authorizer.explain(first.question)
  if (owner !== undefined && caller?.account === owner) return undefined
  return s3Error('MethodNotAllowed', { reason: 'the caller is not of the account that owns the bucket' })
}
