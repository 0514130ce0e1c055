import { type PositionedValue, plainValueOf } from '../../policy/positioned-value.js'
import { TEMPLATE_ACCOUNT } from '../template-names.js'
import type { Block } from './block.js'

/**
 * The account that owns the bucket of a policy, where it is known to be the one that deploys: S3 takes a policy from the owner's account
 * only. A policy of another provider may be of any. @param given its id, if it is known
 */
export function ownerOf({ attributes }: Block, policy: PositionedValue, given: string | undefined): string | undefined {
  if (given !== undefined || attributes.has('provider')) return given
  return JSON.stringify(plainValueOf(policy)).includes(TEMPLATE_ACCOUNT) ? TEMPLATE_ACCOUNT : undefined
}
