import type { ActionRow } from '../catalog/actions.js'
import type { GrantReference } from '../decision/decision.js'
import type { AccessKey } from '../grants/access-key.js'
import { checkGrant } from '../grants/check-grant.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import type { Caller } from '../request/caller.js'
import type { EvaluationContext } from '../request/evaluation-context.js'
import type { IdentitySide } from './explanation.js'

/** The embedder's verdict on an `aws` caller, the grants of a key; nobody else has permissions of its own. */
export function evaluateIdentity(
  request: AuthorizationRequest,
  action: ActionRow | undefined,
  key: AccessKey | undefined,
  caller: Caller,
  owner: string | undefined,
  context: EvaluationContext,
): IdentitySide {
  const { principal } = request
  if (principal.kind === 'aws')
    return { kind: 'verdict', verdict: principal.identityVerdict ?? (isRootOf(caller, owner) ? 'Allow' : 'ImplicitDeny') }
  if (key === undefined) return { kind: 'none' }
  return {
    kind: 'grants',
    grants: key.grants.map((grant, index) => {
      const failed = action === undefined ? 'action' : checkGrant(grant, action, request, context)
      return { index, grant, ...(failed !== undefined && { failed }) }
    }),
  }
}

/** Whether the caller's own permissions allow the request. */
export function identityAllows(identity: IdentitySide): boolean {
  switch (identity.kind) {
    case 'none':
      return false
    case 'verdict':
      return identity.verdict === 'Allow'
    case 'grants':
      return identity.grants.some(({ failed }) => failed === undefined)
  }
}

/** The first grant that allows the request. */
export function decidingGrant(identity: IdentitySide): GrantReference | undefined {
  if (identity.kind !== 'grants') return undefined
  const outcome = identity.grants.find(({ failed }) => failed === undefined)
  if (outcome === undefined) return undefined
  const { bucket, permission } = outcome.grant
  return { index: outcome.index, bucket, ...(permission !== undefined && { permission }) }
}

export function isRootOf({ arn, account }: Caller, owner: string | undefined): boolean {
  return arn?.type === 'root' && owner !== undefined && account === owner
}
