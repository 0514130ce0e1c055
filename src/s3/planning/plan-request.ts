import { findAction } from '../../catalog/lookup.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import { RequestContext } from '../../request/request-context.js'
import type { S3Error } from '../../s3-error/s3-error.js'
import type { ObjectToDelete, S3Body } from '../../xml/body.js'
import type { Subject } from '../context/key-source.js'
import { QuestionContext } from '../context/question-context.js'
import type { RequestFacts } from '../facts.js'
import { aclHeaders } from '../operations/names.js'
import type { AskRow } from '../operations/operation-row.js'
import { operations } from '../operations/operations.js'
import type { ObjectPlan, RequestPlan, ResponseTrim } from '../plan.js'
import { operationsThatTake } from '../routing/read-headers.js'
import type { S3Request } from '../routing/s3-request.js'
import type { Asked } from './asked.js'
import { conditions } from './conditions.js'
import type { FormFields } from './form-fields.js'
import { readAsked } from './read-asked.js'

/**
 * The questions that S3 asks before it carries a request out, each with the condition keys that the request brings along. Never throws.
 * @param body what has been read of the request's body, or the fields of its form. Where permissions hang on it and it is missing, the
 * request is refused; where condition keys do, they are unknown.
 */
export function planRequest(request: S3Request, facts: RequestFacts, body?: S3Body | FormFields): RequestPlan | S3Error {
  const asked = readAsked(request, facts, body)
  if (asked.kind === 'error') return asked
  const questions: AuthorizationRequest[] = []
  const ifSourceIsTagged: AuthorizationRequest[] = []
  const trims: ResponseTrim[] = []
  let ifMissing: AuthorizationRequest | undefined
  const target: Subject = { versionId: request.query.get('versionId'), etag: undefined }
  for (const ask of request.operation.asks) {
    if (ask.requirement === 'per-object' || !isDue(asked, ask)) continue
    if (ask.on === 'source') {
      const list = ask.requirement === 'source-tagged' ? ifSourceIsTagged : questions
      list.push(...sourceQuestions(asked, ask))
      continue
    }
    const question = questionOf(asked, ask, request.bucket, asked.key, target)
    if (ask.requirement === undefined) questions.push(question)
    else if (ask.requirement === 'soft') trims.push({ headers: ask.headers ?? [], question })
    else if (ask.requirement === 'source-tagged') ifSourceIsTagged.push(question)
    else ifMissing = question
  }
  const plan: RequestPlan = { kind: 'plan', questions, ifSourceIsTagged, trims, givesByAcl: givesByAcl(asked) }
  if (ifMissing !== undefined) (plan as Writable<RequestPlan>).ifMissing = ifMissing
  if (asked.body?.kind === 'delete') (plan as Writable<RequestPlan>).objects = objectPlans(asked, asked.body.objects)
  return plan
}

/** A document that sets an ACL gives something away unless it is shown not to. A canned one in the query shows nothing: not every server reads it there. */
function givesByAcl(asked: Asked): boolean {
  if (!withAcl.has(asked.request.operation)) return false
  return conditions['sets-acl'](asked) || (asked.request.operation.setsAcl === true && !asked.request.http.headers.has('x-amz-acl'))
}

function isDue(asked: Asked, { when }: AskRow, object?: ObjectToDelete): boolean {
  return when === undefined || conditions[when](asked, object)
}

const withAcl = operationsThatTake(aclHeaders)

type Writable<T> = { -readonly [Name in keyof T]: T[Name] }

function questionOf(
  asked: Asked,
  ask: AskRow,
  bucket: string | undefined,
  key: string | undefined,
  subject: Subject,
): AuthorizationRequest {
  const action = subject.versionId !== undefined && ask.versionAction !== undefined ? ask.versionAction : ask.action
  const question: Writable<AuthorizationRequest> = {
    principal: asked.principal,
    action,
    operation: asked.request.operation.name,
    context: RequestContext.lazy(new QuestionContext(asked, action, subject)),
  }
  if (bucket !== undefined) question.bucket = bucket
  if (key !== undefined && objectActions.has(ask.action)) question.key = key
  if (asked.facts.time !== undefined) question.time = asked.facts.time
  return question
}

/** Where servers may read the source in two ways, both objects must be allowed: nobody knows which one the server copies. */
function sourceQuestions(asked: Asked, ask: AskRow): readonly AuthorizationRequest[] {
  const { source } = asked
  if (source === undefined) return []
  const { bucket, key, literalKey, versionId } = source
  const subject: Subject = { versionId, etag: undefined }
  const keys = literalKey === undefined ? [key] : [key, literalKey]
  return keys.map((one) => questionOf(asked, ask, bucket, one, subject))
}

function objectPlans(asked: Asked, objects: readonly ObjectToDelete[]): readonly ObjectPlan[] {
  const asks = asked.request.operation.asks.filter(({ requirement }) => requirement === 'per-object')
  return objects.map((object) => {
    const { key, versionId, etag } = object
    const due = asks.filter((ask) => isDue(asked, ask, object))
    const questions = due.map((ask) => questionOf(asked, ask, asked.request.bucket, key, { versionId, etag }))
    return versionId === undefined ? { key, questions } : { key, versionId, questions }
  })
}

/** The actions that are done to objects: questions about buckets have no key. */
const objectActions: ReadonlySet<string> = new Set(
  operations.flatMap(({ asks }) => asks.map(({ action }) => action)).filter((action) => findAction(action)?.kind === 'object'),
)
