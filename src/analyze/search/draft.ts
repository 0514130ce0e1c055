import type { ActionRow } from '../../catalog/actions.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'
import type { CallerSample } from '../callers/caller-sample.js'
import type { KeyValues } from '../dimensions/key-dimension.js'
import { shortResource } from '../scene/resource-arn.js'

/** A request as it is chosen, dimension by dimension. */
export interface Draft {
  readonly action: ActionRow
  readonly caller: CallerSample
  /** The ARN. */
  readonly resource: string
  readonly keys: ReadonlyMap<string, KeyValues>
  /** Absent where nothing asks for it. */
  readonly time?: number
  /** Absent where any bucket may be meant. */
  readonly bucket?: string
  readonly isHeadBucket: boolean
}

export function requestOf({ action, caller, resource, bucket, keys, time, isHeadBucket }: Draft): AuthorizationRequest {
  const path = shortResource(resource)
  const slash = bucket?.length ?? path.indexOf('/')
  const context: Record<string, string | readonly string[]> = { ...caller.context }
  for (const [key, [value, ...others]] of keys) if (value !== undefined) context[key] = others.length === 0 ? value : [value, ...others]
  return {
    principal: caller.principal,
    action: action.name,
    ...(isHeadBucket && { operation: 'HeadBucket' }),
    ...(action.kind !== 'none' && { bucket: action.kind === 'bucket' ? path : path.slice(0, slash) }),
    ...(action.kind === 'object' && { key: path.slice(slash + 1) }),
    ...(time !== undefined && { time }),
    ...(Object.keys(context).length > 0 && { context }),
  }
}
