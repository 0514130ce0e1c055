import type { OperatorName } from '../../catalog/condition-operators.js'
import type { PrincipalType } from '../../catalog/principal-types.js'
import type { CallerArn } from '../../request/caller.js'
import type { Principal } from '../../request/principal.js'

/** What is said of the object or bucket. */
export type ResourceLabel =
  /** A pattern of `bucket` or `bucket/key`. */
  | { readonly kind: 'matches'; readonly pattern: string }
  /** One that no pattern tells from others: it stands for those that are like it. */
  | { readonly kind: 'is'; readonly resource: string }

/** What is said of a condition key. */
export type KeyLabel =
  /** Its value matches, as the operator without `Not` matches. */
  | { readonly kind: 'matches'; readonly operator: OperatorName; readonly value: string }
  /** Its values fulfil a whole condition: for keys with several values. */
  | { readonly kind: 'fulfils'; readonly operator: string; readonly values: readonly string[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'is'; readonly values: readonly string[] }

/** What is said of callers. */
export type CallerLabel =
  | { readonly kind: 'kind'; readonly principal: Principal['kind'] }
  /** What an entry of a Principal element says. */
  | { readonly kind: 'named'; readonly type: PrincipalType; readonly text: string }
  | { readonly kind: 'key'; readonly accessKey: string }
  | { readonly kind: 'member'; readonly account: string }
  /** What the caller's ARN is of. */
  | { readonly kind: 'type'; readonly type: CallerArn['type'] }
  /** A condition key that follows from the caller. */
  | { readonly kind: 'condition'; readonly key: string; readonly label: KeyLabel }
  /** Its own permissions allow what it asks for. */
  | { readonly kind: 'permitted' }
  | { readonly kind: 'is'; readonly principal: Principal }
