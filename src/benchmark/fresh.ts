import type { AuthorizationRequest } from '../request/authorization-request.js'
import type { Principal } from '../request/principal.js'
import { type ContextRecord, isRequestContext, RequestContext } from '../request/request-context.js'

/** Units of text at a time: all of any key, because a text that is put together of two is in two pieces, and far fewer than a call may have of arguments. */
const CHUNK = 32_768

/**
 * A copy that shares nothing with the text and that nobody has hashed: a Map has to hash it anew, as it has to with what a gateway reads
 * from the network. A constant of a program, and a text that was a key before, carry their hash with them.
 */
export function fresh(text: string): string {
  let copy = ''
  for (let from = 0; from < text.length; from += CHUNK) {
    const units: number[] = []
    for (let at = from; at < Math.min(text.length, from + CHUNK); at++) units.push(text.charCodeAt(at))
    copy += String.fromCharCode(...units)
  }
  return copy
}

/** `plain`: the context is a record, as it comes; `prebuilt`: it is a RequestContext, made before the clock runs. */
export type RequestShape = 'plain' | 'prebuilt'

/** A copy of a request in fresh strings, frozen: nobody can leave anything in it for the next time. */
export function freshRequest(request: AuthorizationRequest, shape: RequestShape): AuthorizationRequest {
  const { principal, action, operation, bucket, key, time, context, unknown } = request
  const copied = context === undefined ? undefined : freshContext(context, shape)
  return Object.freeze({
    principal: freshPrincipal(principal),
    action: fresh(action),
    ...(operation !== undefined && { operation: fresh(operation) }),
    ...(bucket !== undefined && { bucket: fresh(bucket) }),
    ...(key !== undefined && { key: fresh(key) }),
    ...(time !== undefined && { time }),
    ...(copied !== undefined && { context: copied }),
    ...(unknown !== undefined && { unknown: Object.freeze(unknown.map(fresh)) }),
  })
}

/** Members that tell one case from another: an embedder writes them as constants, and does not read them from the network. */
const constants: ReadonlySet<string> = new Set(['kind', 'identityVerdict'])

function freshPrincipal(principal: Principal): Principal {
  const texts = Object.entries(principal).map(([name, value]) => [name, constants.has(name) ? value : fresh(value)])
  return Object.freeze(Object.fromEntries(texts)) as Principal
}

function freshContext(context: ContextRecord | RequestContext, shape: RequestShape): ContextRecord | RequestContext {
  if (isRequestContext(context)) return context
  const values = Object.entries(context).map(([name, value]) => [name, typeof value === 'string' ? fresh(value) : value.map(fresh)])
  const record = Object.freeze(Object.fromEntries(values)) as ContextRecord
  return shape === 'plain' ? record : RequestContext.of(record)
}
