import type { PositionedValue } from '../../policy/positioned-value.js'
import type { Assignment } from './assignments.js'
import type { Template } from './template.js'

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
