import { type ActionRow, actions } from '../catalog/actions.js'
import type { AccessKey, Grant } from '../grants/access-key.js'
import { bucketActionsUnderPrefix } from '../grants/permission.js'
import { ActionPatterns } from './action-patterns.js'
import type { GrantTerms, NormalGrant, NormalKey } from './normal-key.js'

/** Brings keys into normal form, each grant as what it allows; for as many keys as come, because they have patterns in common. */
export class GrantDesugarer {
  private readonly patterns = new ActionPatterns()

  desugar({ accessKey, account, name, arn, grants, status, notBefore, expiresAt }: AccessKey): NormalKey {
    const isDefaultArn = arn.type === 'user' && arn.text === `arn:aws:iam::${account}:user/${accessKey}`
    return {
      accessKey,
      account,
      name,
      arn: isDefaultArn ? undefined : arn.text,
      isSuspended: status === 'suspended',
      rescues: grants.some((grant) => grant.permission === 'fullaccess' && !isLimited(grant)),
      notBefore,
      expiresAt,
      grants: grants.map((grant) => this.desugarGrant(grant)),
    }
  }

  private desugarGrant(grant: Grant): NormalGrant {
    const { bucket, permission } = grant
    if (permission === undefined) return { bucket, terms: this.termsOf(grant) }
    const on = permission === 'fullaccess' ? undefined : bucket
    return { bucket: on, permission, terms: isLimited(grant) ? this.termsOf(grant) : undefined }
  }

  private termsOf({ permission, actions: own, prefix, sourceIp }: Grant): GrantTerms {
    const covered = own.map((pattern) => this.patterns.coveredBy(pattern))
    const isCovered = (row: ActionRow) =>
      covered.some((set) => set.has(row.name)) &&
      (permission === 'fullaccess' || row.kind !== 'none') &&
      (prefix === undefined || isUnderPrefix(row))
    return {
      patterns: permission === undefined ? own : [],
      actions: actions.flatMap((row, place) => (isCovered(row) ? [place] : [])),
      ...(prefix !== undefined && { prefix }),
      ...(sourceIp !== undefined && { ranges: sourceIp }),
    }
  }
}

function isLimited({ prefix, sourceIp }: Grant): boolean {
  return prefix !== undefined || sourceIp !== undefined
}

function isUnderPrefix({ kind, name }: ActionRow): boolean {
  return kind === 'object' || Object.hasOwn(bucketActionsUnderPrefix, name)
}
