import type { Assignment } from './assignments.js'
import type { Template } from './template.js'

/**
 * The account of a template that is for any account. It is a made-up id and not an unknown text: within one template it is the same
 * wherever it stands, it owns the buckets, and it is not one of the accounts that the template spells out, which would not be spelled out
 * otherwise. So a policy for `arn:aws:iam::${AWS::AccountId}:root` can be analysed. No account of AWS has this id.
 */
export const TEMPLATE_ACCOUNT = '000000000000'

/** What values of a template are worked out with. */
export interface Scope {
  readonly template: Template
  readonly account: string
  readonly region?: string
  /** Which conditions hold; those that are missing may hold or not. */
  readonly assignment: Assignment
  /** Why parts are unknown, by their names. */
  readonly reasons: Map<string, string>
  /** The resources whose names are being worked out. */
  readonly naming: Set<string>
}
