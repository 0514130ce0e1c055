import { canonicalKeyName, findConditionKey } from '../catalog/lookup.js'
import type { ContextValues } from '../operators/evaluate-operator.js'
import type { AuthorizationRequest } from './authorization-request.js'
import type { Caller } from './caller.js'
import { derivedKeys } from './derived-keys.js'
import { RequestContext, UNKNOWN } from './request-context.js'

/** The condition keys of one request: what it carries, what follows from caller and bucket, and what is not known. */
export interface EvaluationContext {
  /** The values of a key, by any spelling of its name. */
  valuesOf(key: string): ContextValues
}

/** @param owner the account that owns the bucket, if the request has one */
export function evaluationContextOf(request: AuthorizationRequest, caller: Caller, owner: string | undefined): EvaluationContext {
  const given = RequestContext.from(request.context)
  const derived = new Map<string, ContextValues | typeof UNKNOWN>(clockKeys(request.time))
  for (const { name, derive } of derivedKeys) {
    const value = derive(caller, owner)
    derived.set(name, value === undefined ? [] : value === UNKNOWN ? value : [value])
  }
  const unknown = new Set((request.unknown ?? []).map(canonicalKeyName))
  return {
    valuesOf(key) {
      const name = canonicalKeyName(key)
      const family = name.slice(0, name.indexOf('/') + 1)
      const value = given.valueOf(name)
      if (value === UNKNOWN || unknown.has(name) || (family !== '' && unknown.has(`${family}*`))) return 'unknown'
      const values = typeof value === 'string' ? [value] : value
      const follows = derived.get(name)
      return follows === UNKNOWN ? (values ?? 'unknown') : (follows ?? values ?? [])
    },
  }
}

/** The value a policy variable stands for: undefined where the key has none, or more than one. */
export function variableValue(context: EvaluationContext, key: string): string | undefined | { readonly unknown: true } {
  const values = context.valuesOf(key)
  if (values === 'unknown') return { unknown: true }
  return values.length === 1 && findConditionKey(key)?.multiValued === undefined ? values[0] : undefined
}

function clockKeys(time: number | undefined): [string, ContextValues][] {
  const isKnown = time !== undefined && Number.isFinite(time)
  return [
    ['aws:CurrentTime', isKnown ? [new Date(time).toISOString()] : 'unknown'],
    ['aws:EpochTime', isKnown ? [String(Math.floor(time / 1000))] : 'unknown'],
  ]
}
