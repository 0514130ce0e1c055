import { type ActionRow, actions } from '../catalog/actions.js'
import { actionsCoveredBy } from '../catalog/lookup.js'
import type { AccessKey, Grant } from '../grants/access-key.js'
import { bucketActionsUnderPrefix } from '../grants/permission.js'
import type { GrantTerms, NormalGrant, NormalKey } from './normal-key.js'

/** The second stage: a key with each grant as what it allows. */
export function desugarGrants({ accessKey, account, name, arn, grants, status, notBefore, expiresAt }: AccessKey): NormalKey {
  const isDefaultArn = arn.type === 'user' && arn.text === `arn:aws:iam::${account}:user/${accessKey}`
  return {
    accessKey,
    account,
    ...(name !== undefined && { name }),
    ...(!isDefaultArn && { arn: arn.text }),
    isSuspended: status === 'suspended',
    rescues: grants.some(
      ({ permission, prefix, sourceIp }) => permission === 'fullaccess' && prefix === undefined && sourceIp === undefined,
    ),
    ...(notBefore !== undefined && { notBefore }),
    ...(expiresAt !== undefined && { expiresAt }),
    grants: grants.map(normaliseGrant).sort((a, b) => compare(a.bucket, b.bucket) || a.index - b.index),
  }
}

function normaliseGrant(grant: Grant, index: number): NormalGrant {
  return { index, bucket: grant.permission === 'fullaccess' ? '' : grant.bucket, terms: termsOf(grant) }
}

function termsOf({ permission, actions: patterns, prefix, sourceIp }: Grant): GrantTerms {
  const covered = new Set(patterns.flatMap((pattern) => actionsCoveredBy(pattern).map(({ name }) => name)))
  const onEveryBucket = permission === 'fullaccess'
  return {
    ...(permission !== undefined && { permission }),
    patterns,
    actions: actions
      .filter((row) => covered.has(row.name) && (onEveryBucket || row.kind !== 'none') && (prefix === undefined || isUnderPrefix(row)))
      .map(({ name }) => name),
    ...(prefix !== undefined && { prefix }),
    ...(sourceIp !== undefined && { ranges: sourceIp }),
  }
}

function isUnderPrefix({ kind, name }: ActionRow): boolean {
  return kind === 'object' || Object.hasOwn(bucketActionsUnderPrefix, name)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
