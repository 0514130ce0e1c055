import { canonicalKeyName, findConditionKey } from '../catalog/lookup.js'
import type { ContextValues } from '../operators/evaluate-operator.js'
import type { AuthorizationRequest } from './authorization-request.js'
import type { Caller } from './caller.js'
import { derivedKeys, UNKNOWN } from './derived-keys.js'

/** The condition keys of one request: what it carries, what follows from caller and bucket, and what is not known. */
export interface RequestContext {
  /** The values of a key, by any spelling of its name. */
  valuesOf(key: string): ContextValues
}

/** @param owner the account that owns the bucket, if the request has one */
export function requestContextOf(request: AuthorizationRequest, caller: Caller, owner: string | undefined): RequestContext {
  const known = new Map<string, ContextValues>()
  for (const [name, value] of Object.entries(request.context ?? {})) {
    known.set(canonicalKeyName(name), typeof value === 'string' ? [value] : value)
  }
  for (const { name, derive } of derivedKeys) {
    const value = derive(caller, owner)
    if (value === UNKNOWN) known.set(name, known.get(name) ?? 'unknown')
    else known.set(name, value === undefined ? [] : [value])
  }
  for (const [name, values] of clockKeys(request.time)) known.set(name, values)
  const unknown = new Set((request.unknown ?? []).map(canonicalKeyName))
  return {
    valuesOf(key) {
      const name = canonicalKeyName(key)
      const family = name.slice(0, name.indexOf('/') + 1)
      if (unknown.has(name) || (family !== '' && unknown.has(`${family}*`))) return 'unknown'
      return known.get(name) ?? []
    },
  }
}

/** The value a policy variable stands for: undefined where the key has none, or more than one. */
export function variableValue(context: RequestContext, key: string): string | undefined | { readonly unknown: true } {
  const values = context.valuesOf(key)
  if (values === 'unknown') return { unknown: true }
  return values.length === 1 && findConditionKey(key)?.multiValued === undefined ? values[0] : undefined
}

function clockKeys(time: number | undefined): [string, ContextValues][] {
  return [
    ['aws:CurrentTime', time === undefined ? 'unknown' : [new Date(time).toISOString()]],
    ['aws:EpochTime', time === undefined ? 'unknown' : [String(Math.floor(time / 1000))]],
  ]
}
