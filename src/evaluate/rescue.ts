import { rescuingActions } from '../catalog/rescuing-actions.js'
import type { AccessKey } from '../grants/access-key.js'
import type { Caller } from '../request/caller.js'
import { isRootOf } from './identity-side.js'

/** Whether the caller may do this whatever the bucket's policy says: docs/semantics.md, S9. */
export function isRescued(action: string, caller: Caller, key: AccessKey | undefined, owner: string): boolean {
  return rescuingActions.has(action) && (isRootOf(caller, owner) || isUnlimitedKeyOf(key, owner))
}

function isUnlimitedKeyOf(key: AccessKey | undefined, owner: string): boolean {
  return (
    key?.account === owner &&
    key.grants.some(({ permission, sourceIp, prefix }) => permission === 'fullaccess' && sourceIp === undefined && prefix === undefined)
  )
}
