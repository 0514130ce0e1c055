import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { PlanCase } from './decide-plan.js'
import type { DecidedQuestion } from './look-up.js'

/** What S3 refuses although policies and grants allow it. */
export function serviceRefusal(planCase: PlanCase, questions: readonly DecidedQuestion[]): S3Error | undefined {
  return aclRefusal(planCase) ?? strangersRefusal(planCase, questions)
}

/** The ACLs that say no more than that the bucket's owner owns what is in it. */
const emptyAcls: ReadonlySet<string> = new Set(['private', 'bucket-owner-full-control'])

/** Every bucket is without ACLs ("BucketOwnerEnforced"): one that gives anybody anything cannot be set. */
function aclRefusal({ options, request, body }: PlanCase): S3Error | undefined {
  if (options.accessControlLists === 'pass') return undefined
  const canned = request.header('x-amz-acl') ?? (body?.kind === 'form' ? body.received.fields.get('acl') : undefined)
  if (canned !== undefined) return emptyAcls.has(canned) ? undefined : s3Error('AccessControlListNotSupported')
  return request.operation.setsAcl
    ? s3Error('AccessControlListNotSupported', { reason: 'the ACL is given by grants, not as `private`' })
    : undefined
}

/** Bucket policies are seen and changed by the bucket owner's account alone, whoever else is allowed to. */
function strangersRefusal({ authorizer, request }: PlanCase, [first]: readonly DecidedQuestion[]): S3Error | undefined {
  if (!request.operation.isForOwnerAlone || first === undefined) return undefined
  const { owner, caller } = authorizer.explain(first.question)
  return owner !== undefined && caller?.account === owner
    ? undefined
    : s3Error('MethodNotAllowed', { reason: 'the caller is not of the account that owns the bucket' })
}
