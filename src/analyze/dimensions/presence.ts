import type { CallerNature } from '../callers/caller-sample.js'
import type { ActionClass } from './action-classes.js'
import { familyOf } from './action-classes.js'

/** Whether requests have a condition key. */
export type Presence = 'absent' | 'present' | 'either'

/** The keys that every request has. Source: IAM User Guide, "AWS global condition context keys", where it says "always". */
const alwaysPresent: ReadonlySet<string> = new Set(['aws:SecureTransport', 'aws:RequestedRegion', 'aws:ViaAWSService'])

/** The keys that come with a signed request or a session. Source: the same page, and that of Amazon S3's condition keys. */
const absentForAnonymous: ReadonlySet<string> = new Set([
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'aws:PrincipalTag/',
  'aws:MultiFactorAuthPresent',
  'aws:MultiFactorAuthAge',
  'aws:TokenIssueTime',
  'aws:FederatedProvider',
  'aws:SourceIdentity',
  'aws:AssumedRoot',
  's3:authType',
  's3:signatureversion',
  's3:signatureAge',
])

export function presenceOf(key: string, { lacks }: ActionClass, nature: CallerNature): Presence {
  if (lacks.has(key) || (nature === 'anonymous' && absentForAnonymous.has(familyOf(key)))) return 'absent'
  return alwaysPresent.has(key) ? 'present' : 'either'
}
