import type { Rule } from '../rule.js'
import { actionsRules } from './actions.js'
import { conditionsRules } from './conditions.js'
import { exposureRules } from './exposure.js'
import { grantsRules } from './grants.js'
import { principalsRules } from './principals.js'
import { semanticsRules } from './semantics.js'
import { structureRules } from './structure.js'

/** Every rule there is. */
export const allRules: readonly Rule[] = [
  ...structureRules,
  ...actionsRules,
  ...principalsRules,
  ...conditionsRules,
  ...exposureRules,
  ...semanticsRules,
  ...grantsRules,
]

const byId = new Map(allRules.map((rule) => [rule.meta.id, rule]))

export function findRule(id: string): Rule | undefined {
  return byId.get(id)
}
