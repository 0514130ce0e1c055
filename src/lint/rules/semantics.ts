import type { Rule } from '../rule.js'
import { allowsNothing } from './semantics/allows-nothing.js'
import { mergeableStatements } from './semantics/mergeable-statements.js'
import { newAccess } from './semantics/new-access.js'
import { redundantStatement } from './semantics/redundant-statement.js'
import { shadowedStatement } from './semantics/shadowed-statement.js'
import { unreachableStatement } from './semantics/unreachable-statement.js'

/** The rules of the category, in the order of their ids. */
export const semanticsRules: readonly Rule[] = [
  allowsNothing,
  mergeableStatements,
  newAccess,
  redundantStatement,
  shadowedStatement,
  unreachableStatement,
]
