import type { Rule } from '../rule.js'
import { unreachableStatement } from './semantics/unreachable-statement.js'

/** The rules of the category, in the order of their ids. */
export const semanticsRules: readonly Rule[] = [unreachableStatement]
