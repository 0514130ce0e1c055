import type { Principal } from '../../request/principal.js'
import type { ContextRecord } from '../../request/request-context.js'

/** A caller that stands for all like it. */
export interface CallerSample {
  readonly principal: Principal
  /** The condition keys that such callers bring with them. */
  readonly context: ContextRecord
}

/** Which condition keys callers can carry depends on this. */
export type CallerNature = 'anonymous' | 'service' | 'other'

export function natureOf({ kind }: Principal): CallerNature {
  return kind === 'anonymous' || kind === 'service' ? kind : 'other'
}

/** @param keys the condition keys that anything asks about */
export function callerSample(principal: Principal, keys: ReadonlySet<string>): CallerSample {
  const context = Object.entries(contextOf(principal)).filter(([key]) => keys.has(key))
  return { principal, context: Object.fromEntries(context) }
}

function contextOf(principal: Principal): ContextRecord {
  if (principal.kind === 'anonymous') return {}
  if (principal.kind === 'service') return { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': principal.service }
  return { 'aws:PrincipalIsAWSService': 'false' }
}
