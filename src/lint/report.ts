import type { Location } from '../policy/diagnostic.js'
import type { SourceProblem } from '../sources/found.js'
import type { Finding, Undecided } from './finding.js'
import type { RuleMeta } from './rule.js'

/** What came of linting files, all of them together. */
export interface LintReport {
  /** How many files were read. */
  readonly files: number
  /** How many policies were found in them. */
  readonly policies: number
  /** Grouped by file, in the order of the text; suppressed ones too. */
  readonly findings: readonly ReportedFinding[]
  readonly undecided: readonly Undecided[]
  /** Files, or parts of them, that could not be read. */
  readonly problems: readonly SourceProblem[]
  /** Suppressions that suppressed nothing. */
  readonly unusedSuppressions: readonly UnusedSuppression[]
  /** The rules that were switched on. */
  readonly rules: readonly RuleMeta[]
}

export interface ReportedFinding extends Finding {
  /** Absent if it counts. */
  readonly suppressed?: Suppression
}

/** Why a finding does not count. */
export interface Suppression {
  readonly reason: string
  /** Where it is written that it does not. */
  readonly by: 'config' | 'baseline'
  /** A date, ISO 8601. */
  readonly expires?: string
}

export interface UnusedSuppression {
  /** What it would suppress, in words. */
  readonly description: string
  /** In the file that has it. */
  readonly location?: Location
}
