import type { ActionRow } from '../catalog/actions.js'
import { foldAscii } from '../match/case.js'
import { isInRange, parseAddress } from '../match/cidr.js'
import { matchesWildcard, wildcard } from '../match/wildcard.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import type { EvaluationContext } from '../request/evaluation-context.js'
import type { Grant } from './access-key.js'
import { bucketActionsUnderPrefix } from './permission.js'

/** What a grant asks of a request, in the order in which it is checked. */
export type GrantLimit = 'bucket' | 'action' | 'prefix' | 'source-ip'

/** The first thing about the request that the grant does not allow, or undefined if it allows the request. */
export function checkGrant(
  grant: Grant,
  action: ActionRow,
  request: AuthorizationRequest,
  context: EvaluationContext,
): GrantLimit | undefined {
  if (!coversBucket(grant, action, request)) return 'bucket'
  if (!coversAction(grant, action)) return 'action'
  if (!coversPrefix(grant, action, request, context)) return 'prefix'
  if (!coversAddress(grant, context)) return 'source-ip'
  return undefined
}

/** Actions without a resource, such as ListAllMyBuckets, are on no bucket: only a grant on all of them covers those. */
function coversBucket(grant: Grant, action: ActionRow, request: AuthorizationRequest): boolean {
  return grant.permission === 'fullaccess' || (action.kind !== 'none' && grant.bucket === request.bucket)
}

function coversAction(grant: Grant, action: ActionRow): boolean {
  const name = foldAscii(action.name)
  return grant.actions.some((pattern) => matchesWildcard(wildcard(foldAscii(pattern)), name))
}

function coversPrefix({ prefix }: Grant, action: ActionRow, request: AuthorizationRequest, context: EvaluationContext): boolean {
  if (prefix === undefined) return true
  if (action.kind === 'object') return request.key?.startsWith(prefix) === true
  const condition = bucketActionsUnderPrefix[action.name]
  if (condition !== 'if-prefix-is-listed') return condition === 'always'
  return request.operation === 'HeadBucket' || onlyValue(context, 's3:prefix')?.startsWith(prefix) === true
}

function coversAddress({ sourceIp }: Grant, context: EvaluationContext): boolean {
  if (sourceIp === undefined) return true
  const text = onlyValue(context, 'aws:SourceIp')
  const address = text === undefined ? undefined : parseAddress(text)
  return address !== undefined && sourceIp.some(({ range }) => isInRange(address, range))
}

/** The value of a key that has exactly one; unknown counts as none, because a grant needs certainty. */
function onlyValue(context: EvaluationContext, key: string): string | undefined {
  const values = context.valuesOf(key)
  return values !== 'unknown' && values.length === 1 ? values[0] : undefined
}
