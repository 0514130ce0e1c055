import { type ActionRow, actions } from '../catalog/actions.js'
import type { AccessKey, Grant } from '../grants/access-key.js'
import { bucketActionsUnderPrefix } from '../grants/permission.js'
import { ActionPatterns } from './action-patterns.js'
import type { GrantTerms, NormalGrant, NormalKey } from './normal-key.js'

/** The second stage: keys with each grant as what it allows. */
export function desugarGrants(keys: readonly AccessKey[]): readonly NormalKey[] {
  const patterns = new ActionPatterns()
  return keys.map((key) => normaliseKey(key, patterns))
}

function normaliseKey(
  { accessKey, account, name, arn, grants, status, notBefore, expiresAt }: AccessKey,
  patterns: ActionPatterns,
): NormalKey {
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
    grants: grants
      .map((grant, index) => normaliseGrant(grant, index, patterns))
      .sort((a, b) => compare(a.bucket, b.bucket) || a.index - b.index),
  }
}

function normaliseGrant(grant: Grant, index: number, patterns: ActionPatterns): NormalGrant {
  return { index, bucket: grant.permission === 'fullaccess' ? '' : grant.bucket, terms: termsOf(grant, patterns) }
}

function termsOf({ permission, actions: own, prefix, sourceIp }: Grant, patterns: ActionPatterns): GrantTerms {
  const covered = own.map((pattern) => patterns.coveredBy(pattern))
  const onEveryBucket = permission === 'fullaccess'
  return {
    ...(permission !== undefined && { permission }),
    patterns: own,
    actions: actions
      .filter(
        (row) =>
          covered.some((set) => set.has(row.name)) &&
          (onEveryBucket || row.kind !== 'none') &&
          (prefix === undefined || isUnderPrefix(row)),
      )
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
