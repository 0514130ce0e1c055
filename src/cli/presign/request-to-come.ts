import type { HttpRequest } from '../../http/http-request.js'
import type { RequestFacts } from '../../s3/facts.js'
import type { RequestPlan } from '../../s3/plan.js'
import type { FormFields } from '../../s3/planning/form-fields.js'
import { planRequest } from '../../s3/planning/plan-request.js'
import { takesHeader } from '../../s3/routing/read-headers.js'
import { routeRequest } from '../../s3/routing/route-request.js'
import type { S3Request } from '../../s3/routing/s3-request.js'
import { InputError } from '../exit-code.js'
import type { Endpoint } from './endpoint.js'

/** A request that somebody will make with what is signed now, as far as it is known. */
export interface RequestToCome {
  readonly http: HttpRequest
  readonly endpoint: Endpoint
  readonly bucket: string
  readonly form?: FormFields
  readonly facts: RequestFacts & { readonly signedAt: number }
  /** Milliseconds since 1970: the last instant at which the signature counts. */
  readonly end: number
  /** The same for people: how long it is said to be good. */
  readonly until: number
}

/** The questions that the request will come to at an instant. @param key of the object */
export function planAt(request: RequestToCome, key: string, time: number): RequestPlan {
  const routed = routeRequest(request.http, request.endpoint.addressing)
  if (routed.kind === 'error') throw new InputError(`S3 would refuse such a request: ${routed.code}: ${routed.message}`)
  if (routed.bucket !== request.bucket || (request.form === undefined && routed.key !== key)) {
    throw new InputError(
      `a URL cannot name bucket \`${request.bucket}\` and this key so that a server understands the same${hintFor(request)}`,
    )
  }
  const form = request.form === undefined ? undefined : { ...request.form, fields: new Map([...request.form.fields, ['key', key]]) }
  const plan = planRequest(routed, { ...request.facts, time }, form)
  if (plan.kind === 'error') throw new InputError(`S3 would refuse such a request: ${plan.code}: ${plan.message}`)
  const unknown = headersOfTheirOwn.filter(([, header]) => mayBeSent(routed, header)).map(([name]) => name)
  const asked = (questions: RequestPlan['questions']) => questions.map((question) => ({ ...question, unknown }))
  return { ...plan, questions: asked(plan.questions), ifSourceIsTagged: asked(plan.ifSourceIsTagged) }
}

function hintFor({ endpoint }: RequestToCome): string {
  return endpoint.addressing === undefined ? '' : '; leave --virtual-host out'
}

/** Condition keys of headers that nobody has to sign: whoever makes the request sends what they like. */
const headersOfTheirOwn: readonly (readonly [name: string, header: string])[] = [
  ['aws:UserAgent', 'user-agent'],
  ['aws:referer', 'referer'],
  ['s3:if-match', 'if-match'],
  ['s3:if-none-match', 'if-none-match'],
]

const ofEveryRequest: ReadonlySet<string> = new Set(['user-agent', 'referer'])

/** Whether the request may still come with the header: no value of it is signed, and it would count. */
function mayBeSent({ http, operation }: S3Request, header: string): boolean {
  if (http.headers.has(header)) return false
  if (ofEveryRequest.has(header)) return true
  return operation.body?.kind !== 'form' && takesHeader(operation, header)
}
