import { HeaderList } from '../../src/http/header-list.js'
import type { HttpRequest } from '../../src/http/http-request.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { type RequestContext, UNKNOWN } from '../../src/request/request-context.js'
import type { Addressing } from '../../src/s3/addressing.js'
import type { RequestFacts } from '../../src/s3/facts.js'
import type { RequestPlan } from '../../src/s3/plan.js'
import type { FormFields } from '../../src/s3/planning/form-fields.js'
import { planRequest } from '../../src/s3/planning/plan-request.js'
import { routeRequest } from '../../src/s3/routing/route-request.js'
import type { S3Request } from '../../src/s3/routing/s3-request.js'
import type { S3Error } from '../../src/s3-error/s3-error.js'
import type { S3Body } from '../../src/xml/body.js'

export type Headers = Readonly<Record<string, string | readonly string[]>>

/** `GET /photos/a.jpg` with `Host: s3.example.com`, unless the headers name another or none. */
export function http(line: string, headers: Headers = {}): HttpRequest {
  const space = line.indexOf(' ')
  const pairs = Object.entries({ host: 's3.example.com', ...headers }).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, one] as const),
  )
  return { method: line.slice(0, space), target: line.slice(space + 1), headers: HeaderList.of(pairs) }
}

export const addressing: Addressing = { baseDomains: ['s3.example.com', 'example.org'], websiteDomains: ['s3-website.example.com'] }

export function route(line: string, headers?: Headers): S3Request | S3Error {
  return routeRequest(http(line, headers), addressing)
}

/** The operation, or code and status of the error. */
export function routed(line: string, headers?: Headers): string {
  const answer = route(line, headers)
  return answer.kind === 'error' ? `${answer.status} ${answer.code}` : answer.operation.name
}

export const facts: RequestFacts = {
  principal: { kind: 'key', accessKey: 'AKIAEXAMPLE' },
  time: Date.UTC(2026, 8, 21, 14, 13, 20),
  authType: 'REST-HEADER',
  signatureVersion: 'AWS4-HMAC-SHA256',
  signedAt: Date.UTC(2026, 8, 21, 14, 13, 15),
  contentSha256: 'UNSIGNED-PAYLOAD',
  sourceIp: '192.0.2.7',
  secureTransport: true,
  tlsVersion: '1.3',
  region: 'eu-central-1',
}

export interface Extra {
  readonly headers?: Headers | undefined
  readonly facts?: { readonly [Name in keyof RequestFacts]?: RequestFacts[Name] | undefined }
  readonly body?: S3Body | FormFields
}

export function plan(line: string, { headers, facts: other, body }: Extra = {}): RequestPlan | S3Error {
  const request = route(line, headers)
  return request.kind === 'error' ? request : planRequest(request, { ...facts, ...other } as RequestFacts, body)
}

/** The plan of a request that must have one. */
export function planned(line: string, extra?: Extra): RequestPlan {
  const answer = plan(line, extra)
  if (answer.kind === 'error') throw new Error(`${line}: ${answer.code} ${answer.reason ?? answer.message}`)
  return answer
}

/** `s3:GetObject photos/a.jpg`. */
export function told({ action, bucket, key }: AuthorizationRequest): string {
  return [action, key === undefined ? bucket : `${bucket}/${key}`].filter((part) => part !== undefined).join(' ')
}

/** The questions of a request, or code and status of its error. */
export function asked(line: string, extra?: Extra): readonly string[] | string {
  const answer = plan(line, extra)
  return answer.kind === 'error' ? `${answer.status} ${answer.code}` : answer.questions.map(told)
}

/** A condition key of a question: `unknown` in words, because a symbol shows badly. */
export function valueIn(question: AuthorizationRequest | undefined, name: string): unknown {
  if (question === undefined) throw new Error('no such question')
  const value = (question.context as RequestContext).valueOf(name)
  return value === UNKNOWN ? { unknown: true } : value
}

/** The value of a condition key in the first question about this action. */
export function keyOf(line: string, action: string, name: string, extra?: Extra): unknown {
  const { questions, ifSourceIsTagged, trims, ifMissing, objects = [] } = planned(line, extra)
  const all = [
    ...questions,
    ...ifSourceIsTagged,
    ...trims.map(({ question }) => question),
    ...objects.flatMap((object) => object.questions),
  ]
  return valueIn(
    [...all, ...(ifMissing === undefined ? [] : [ifMissing])].find((question) => question.action === action),
    name,
  )
}
