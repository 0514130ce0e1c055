import type { ObjectToDelete } from '../../xml/body.js'
import type { ConditionName } from '../operations/operation-row.js'
import { type Asked, hasUnseenBody, mayBeUpload, settingOf } from './asked.js'

/** @param object of those questions that are asked for each object of the body */
type Condition = (asked: Asked, object?: ObjectToDelete) => boolean

/**
 * When a permission is asked. Where it cannot be told, it is. Source: Amazon S3 User Guide, "Required permissions for Amazon S3 API
 * operations".
 */
export const conditions: Readonly<Record<ConditionName, Condition>> = {
  'body-has-tags': (asked) => (asked.body?.kind === 'create-bucket' ? asked.body.tags.length > 0 : hasUnseenBody(asked)),
  'bypasses-governance': (asked) => isOn(asked, 'x-amz-bypass-governance-retention'),
  'copies-tags': (asked) => (settingOf(asked, 'x-amz-tagging-directive') ?? 'COPY') === 'COPY',
  'enables-object-lock': (asked) => isOn(asked, 'x-amz-bucket-object-lock-enabled'),
  'if-match': (asked) => has(asked, 'if-match'),
  // `If-Match: *` asks only whether there is an object, which the answer to a DELETE does not tell apart.
  'if-match-etag': (asked, object) => ((object === undefined ? settingOf(asked, 'if-match') : object.etag) ?? '*') !== '*',
  'replaces-tags': (asked) =>
    has(asked, 'x-amz-tagging') && (settingOf(asked, 'x-amz-tagging-directive') === 'REPLACE' || mayBeUpload(asked)),
  'sends-tags': (asked) => has(asked, 'x-amz-tagging'),
  'sets-acl': (asked) => has(asked, ...grants) || !ownersAcls.has(settingOf(asked, 'x-amz-acl')),
  'sets-bucket-acl': (asked) => has(asked, ...grants) || (settingOf(asked, 'x-amz-acl') ?? 'private') !== 'private',
  'sets-legal-hold': (asked) => has(asked, 'x-amz-object-lock-legal-hold'),
  'sets-ownership': (asked) => has(asked, 'x-amz-object-ownership'),
  'sets-retention': (asked) => has(asked, ...retention),
}

/** The ACLs that give nothing to anybody but the bucket's owner, and none at all. */
const ownersAcls: ReadonlySet<unknown> = new Set([undefined, 'private', 'bucket-owner-full-control'])

const grants: readonly string[] = [
  'x-amz-grant-full-control',
  'x-amz-grant-read',
  'x-amz-grant-read-acp',
  'x-amz-grant-write',
  'x-amz-grant-write-acp',
]

/** An event hold keeps an object as a retention does. */
const retention: readonly string[] = [
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-object-lock-event-hold',
  'x-amz-object-lock-event-hold-duration-days',
  'x-amz-object-lock-event-hold-duration-years',
]

function has(asked: Asked, ...names: readonly string[]): boolean {
  for (const name of names) if (settingOf(asked, name) !== undefined) return true
  return false
}

/** Whatever is not plainly `false` may count as `true` where the request is carried out. */
function isOn(asked: Asked, name: string): boolean {
  const value = settingOf(asked, name)
  return value !== undefined && (typeof value !== 'string' || value.toLowerCase() !== 'false')
}
