import { type PositionedValue, plainValueOf } from '../../policy/positioned-value.js'
import { TEMPLATE_ACCOUNT } from '../template-names.js'
import type { Block } from './block.js'

/**
 * The account that a `data.aws_caller_identity` is of: the one that deploys, by its id or by one that is made up for it. That of another
 * provider may be any. @param given the id, if it is known
 */
export function callerAccount(identity: Block | undefined, given: string | undefined): string | undefined {
  if (identity === undefined) return given
  return hasProvider(identity) ? undefined : (given ?? TEMPLATE_ACCOUNT)
}

/** The account that owns the bucket of a policy, where it is known to be the one that deploys: S3 takes a policy from the owner's account only. */
export function ownerOf(resource: Block, policy: PositionedValue, given: string | undefined): string | undefined {
  if (given !== undefined || hasProvider(resource)) return given
  return JSON.stringify(plainValueOf(policy)).includes(TEMPLATE_ACCOUNT) ? TEMPLATE_ACCOUNT : undefined
}

/** Whether it says which provider it is of, which may be one of another account. */
function hasProvider({ attributes }: Block): boolean {
  return attributes.has('provider')
}
