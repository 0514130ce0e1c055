import type { AuthorizationRequest } from '../../request/authorization-request.js'
import { RequestContext } from '../../request/request-context.js'
import { principalInWords } from './callers.js'
import { listOf, quoted } from './lists.js'

/** One request as people say it: "GetObject on `photos/raw/x` by an anonymous caller, with `aws:SourceIp` `203.0.113.7`". */
export function requestInWords({ principal, action, operation, bucket, key, time, context }: AuthorizationRequest): string {
  const place = bucket === undefined ? '' : ` on ${quoted([bucket, ...(key === undefined ? [] : [key])].join('/'))}`
  const keys = context === undefined || context instanceof RequestContext ? [] : Object.entries(context)
  const values = keys.map(([name, value]) => `${quoted(name)} ${listOf([value].flat().map(quoted), 'and')}`)
  const identity = principal.kind === 'aws' && principal.identityVerdict === 'Allow' ? ', whose own permissions allow it' : ''
  const details = [
    ...(operation === undefined ? [] : [`as ${operation}`]),
    ...(values.length === 0 ? [] : [`with ${listOf(values, 'and')}`]),
    ...(time === undefined ? [] : [`at ${new Date(time).toISOString()}`]),
  ]
  return [`${action.slice('s3:'.length)}${place} by ${principalInWords(principal)}${identity}`, ...details].join(', ')
}
