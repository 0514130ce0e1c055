import type { OperatorName, SetPrefix } from '../catalog/condition-operators.js'
import type { PrincipalType } from '../catalog/principal-types.js'
import type { Location } from './diagnostic.js'

/** A text of the policy and where it stands. Numbers and booleans among condition values are here as their text. */
export interface Text {
  readonly text: string
  readonly location: Location
}

/** A policy. Element names and their capitals are AWS's; a single value stands as a list of one. */
export interface Policy {
  readonly Version?: PolicyVersion
  readonly Id?: Text
  readonly Statement: readonly Statement[]
  readonly location: Location
}

/** Without a Version, 2008-10-17 counts. Variables exist since 2012-10-17. */
export type PolicyVersion = '2008-10-17' | '2012-10-17'

/** One statement. It has exactly one of each pair Principal/NotPrincipal, Action/NotAction, Resource/NotResource. */
export interface Statement {
  readonly Sid?: Text
  readonly Effect: Effect
  readonly Principal?: readonly PrincipalEntry[]
  readonly NotPrincipal?: readonly PrincipalEntry[]
  readonly Action?: readonly Text[]
  readonly NotAction?: readonly Text[]
  readonly Resource?: readonly Text[]
  readonly NotResource?: readonly Text[]
  /** All of them must hold. */
  readonly Condition: readonly Condition[]
  readonly location: Location
}

export type Effect = 'Allow' | 'Deny'

/** One of the principals listed: `type` is the member it stands under, or `*` for the bare `"*"`. */
export interface PrincipalEntry extends Text {
  readonly type: PrincipalType | '*'
}

/** One key under one operator: `{"StringLike": {"s3:prefix": ["home/*"]}}`. */
export interface Condition {
  readonly operator: ConditionOperator
  readonly key: Text
  readonly values: readonly Text[]
}

/** `ForAllValues:StringLikeIfExists` is `name` StringLike with `prefix` ForAllValues and `ifExists`. */
export interface ConditionOperator {
  readonly name: OperatorName
  readonly prefix?: SetPrefix
  readonly ifExists: boolean
  readonly location: Location
}

/** The operator as policies spell it. */
export function formatOperator({ name, prefix, ifExists }: Omit<ConditionOperator, 'location'>): string {
  return `${prefix === undefined ? '' : `${prefix}:`}${name}${ifExists ? 'IfExists' : ''}`
}
