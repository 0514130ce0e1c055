import type { AuthorizationRequest } from '../../request/authorization-request.js'
import type { CallerLabel, KeyLabel, ResourceLabel } from './labels.js'
import type { Terms } from './term.js'

/** A set of requests: these actions, by any of these callers, on any of these resources, if all of these conditions hold. */
export interface Region {
  /** What the actions are done to. */
  readonly kind: 'bucket' | 'object' | 'none'
  /** In the catalogue's spelling. */
  readonly actions: readonly string[]
  /** The same in patterns that the policies use, among the actions of this kind. */
  readonly actionTerms: Terms<string>
  /**
   * Members of the owner's account whose own permissions allow the request are passed over where none of them is in the set: what a policy gives
   * is nothing to them.
   */
  readonly callers: Terms<CallerLabel>
  /** Of the bucket, where it is known. Absent for actions on nothing. */
  readonly bucket?: string
  /** Patterns of `bucket` or `bucket/key`. */
  readonly resources: Terms<ResourceLabel>
  readonly conditions: readonly KeyCondition[]
  /** Only as HeadBucket, or never as that. */
  readonly operation?: 'HeadBucket' | 'not HeadBucket'
  /** When; absent: at any time. */
  readonly times?: readonly TimeSpan[]
  /** One of the requests. */
  readonly request: AuthorizationRequest
}

/** A condition key and the values that it must have. */
export interface KeyCondition {
  readonly key: string
  readonly values: Terms<KeyLabel>
}

/** From an instant on, and before another; without bounds at any time. */
export interface TimeSpan {
  readonly from?: string
  readonly before?: string
}
