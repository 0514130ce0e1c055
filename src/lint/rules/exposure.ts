import type { Rule } from '../rule.js'

/** The rules of the category, in the order of their ids. */
export const exposureRules: readonly Rule[] = []
