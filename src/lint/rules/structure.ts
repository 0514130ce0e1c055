import type { Rule } from '../rule.js'
import { duplicateKey } from './structure/duplicate-key.js'

/** The rules of the category, in the order of their ids. */
export const structureRules: readonly Rule[] = [duplicateKey]
