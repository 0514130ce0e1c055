import type { Policy, Statement } from '../policy/ast.js'
import type { Problem } from '../policy/diagnostic.js'

/** Knowledge about where the policy will be stored. */
export interface ValidationOptions {
  /** The name of the bucket; without it, resources of another bucket are not found. */
  readonly bucket?: string
}

/** Receives the problems of one policy. */
export type Report = (problem: Problem) => void

/** A check of one statement. */
export type StatementCheck = (statement: Statement, policy: Policy, options: ValidationOptions, report: Report) => void
