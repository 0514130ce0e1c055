import type { Decision } from '../decision/decision.js'
import type { Explanation } from '../evaluate/explanation.js'
import type { IncomingRequest } from '../gate/incoming-request.js'
import type { DecidedQuestion } from '../gate/look-up.js'
import type { Outcome } from '../gate/outcome.js'

/** One request in the operator's log: plain data, without secrets and signatures. */
export interface LogEntry {
  /** ISO 8601. */
  readonly time: string
  readonly requestId: string
  readonly outcome: 'permitted' | 'refused'
  /** The access key that signed; absent for anonymous requests and for signatures that do not hold. */
  readonly accessKey?: string
  readonly sourceIp?: string
  readonly method: string
  readonly operation?: string
  readonly bucket?: string
  readonly key?: string
  /** Of refusals: what the client was told. */
  readonly status?: number
  readonly code?: string
  /** What exactly was wrong, where no policy was asked. */
  readonly problem?: string
  /** The question that was answered no. */
  readonly action?: string
  readonly decision?: Decision
  /** Every statement and grant: matched, or the first thing that did not. */
  readonly explanation?: Pick<Explanation, 'caller' | 'resource' | 'owner' | 'identity' | 'policy'>
}

export function logEntry(outcome: Outcome, { http, time, connection }: IncomingRequest, requestId: string): LogEntry {
  const { request, authentication } = outcome
  return {
    time: new Date(time).toISOString(),
    requestId,
    outcome: outcome.kind,
    ...optional('accessKey', authentication?.accessKey),
    ...optional('sourceIp', connection.sourceIp),
    method: http.method,
    ...optional('operation', request?.operation.name),
    ...optional('bucket', request?.bucket),
    ...optional('key', request?.key),
    ...(outcome.kind === 'refused' ? { status: outcome.error.status, code: outcome.error.code, ...refusal(outcome) } : {}),
  }
}

function refusal(outcome: Extract<Outcome, { kind: 'refused' }>): Partial<LogEntry> {
  const { error, refusal: asked } = outcome
  const explanation = outcome.explain()
  return {
    ...optional('problem', error.reason ?? (asked === undefined ? error.message : undefined)),
    ...(asked === undefined ? {} : { action: asked.question.action, decision: asked.decision }),
    ...(explanation === undefined ? {} : { explanation: briefly(explanation) }),
  }
}

function briefly({ caller, resource, owner, identity, policy }: Explanation): NonNullable<LogEntry['explanation']> {
  return { ...optional('caller', caller), ...optional('resource', resource), ...optional('owner', owner), identity, policy }
}

/** A word or two on why, for a response header: `ImplicitDeny no-allow s3:GetObject`. */
export function decisionInBrief({ question, decision }: DecidedQuestion): string {
  const { verdict, reason, statement } = decision
  return `${verdict} ${reason} ${question.action}${statement === undefined ? '' : ` statement ${statement.index + 1}`}`
}

function optional<const Name extends string, Value>(name: Name, value: Value | undefined): { readonly [N in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]: Value })
}
