import type { PositionedValue } from '../../policy/positioned-value.js'
import type { Assignment } from './assignments.js'
import type { Template } from './template.js'

/**
 * The account of a template that is for any account. It is a made-up id and not an unknown text: within one template it is the same
 * wherever it stands, it owns the buckets, and it is not one of the accounts that the template spells out, which would not be spelled out
 * otherwise. So a policy for `arn:aws:iam::${AWS::AccountId}:root` can be analysed. No account of AWS has this id.
 */
export const TEMPLATE_ACCOUNT = '000000000000'

/** A policy has 20 KiB; functions that give much more are no part of one. */
export const BUDGET = 10_000_000

/** What values of a template are worked out with. */
export interface Scope {
  readonly template: Template
  readonly account: string
  readonly region?: string
  readonly assignment: Assignment
  /** Works out the functions in a value; undefined for `AWS::NoValue`. */
  readonly resolve: (value: PositionedValue, scope: Scope) => PositionedValue | undefined
  /** Why parts are unknown, by their names. */
  readonly reasons: Map<string, string>
  /** The names of resources that have been worked out, or are being worked out. */
  readonly names: Map<string, string>
  /** How many characters and list items functions may still give. */
  readonly budget: { left: number }
}
