import type { AuthorizationRequest } from '../../request/authorization-request.js'
import { type S3Error, s3Error } from '../../s3-error/s3-error.js'
import { commonHeaders } from '../operations/names.js'
import type { RequestPlan } from '../plan.js'
import { METADATA, naming } from '../routing/parameters.js'
import type { S3Request } from '../routing/s3-request.js'
import type { ServerProfile } from './server-profile.js'

/** What the server would take for another request than the one that has been planned; undefined if nothing. */
export function checkServer(request: S3Request, plan: RequestPlan, profile: ServerProfile): S3Error | undefined {
  return checkSubresource(request, profile) ?? checkHoisted(request, profile) ?? (profile.cleansKeys ? checkKeys(plan) : undefined)
}

function checkSubresource({ http, operation }: S3Request, { bucket, object }: ServerProfile): S3Error | undefined {
  const { scope, subresource } = operation
  if (subresource === undefined) return undefined
  const known = (scope === 'bucket' ? bucket : object)[http.method]
  return known?.includes(subresource) ? undefined : s3Error('NotImplemented', { reason: `the server has no ${operation.name}` })
}

/** Headers that change neither what is done nor what is stored under which conditions. */
const harmless: ReadonlySet<string> = new Set(commonHeaders)

function checkHoisted({ hoisted }: S3Request, { readsHeadersInQuery }: ServerProfile): S3Error | undefined {
  if (readsHeadersInQuery || hoisted === undefined) return undefined
  for (const name of hoisted.keys()) {
    if (harmless.has(name) || name.startsWith(METADATA) || name.startsWith(CHECKSUM)) continue
    return s3Error('NotImplemented', { ...naming('Parameter', name), reason: 'the server reads no such header from the query' })
  }
  return undefined
}

function checkKeys({ questions, objects = [], ifSourceIsTagged }: RequestPlan): S3Error | undefined {
  const asked: readonly AuthorizationRequest[] = [...questions, ...ifSourceIsTagged, ...objects.flatMap((object) => object.questions)]
  return asked.some(({ key }) => key !== undefined && isCleaned(key))
    ? s3Error('InvalidArgument', { reason: 'the server would clean the key, and so take it for another one' })
    : undefined
}

/** Whether a cleaned key is another one: it has an empty segment before the last one, a `.` or `..`, or a `\`. */
function isCleaned(key: string): boolean {
  if (key.includes('\\')) return true
  const segments = key.split('/')
  return segments.some((segment, at) => (segment === '' && at < segments.length - 1) || segment === '.' || segment === '..')
}

const CHECKSUM = 'x-amz-checksum-'
