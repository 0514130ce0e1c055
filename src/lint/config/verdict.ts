import { severities } from '../finding.js'
import type { LintReport } from '../report.js'
import type { FailLevel } from './config.js'

export interface Limits {
  readonly failLevel: FailLevel
  /** How many findings below the fail level are taken, at most. */
  readonly maxWarnings?: number
  readonly allowUndecided: boolean
}

/** What a report comes to. `failed`: findings at the fail level. `too-many`: more findings below it than are taken. */
export type Verdict = 'passed' | 'failed' | 'too-many' | 'undecided'

/** Findings win over undecided places: they are certain. */
export function verdictOf({ findings, undecided }: LintReport, { failLevel, maxWarnings, allowUndecided }: Limits): Verdict {
  const counted = findings.filter(({ suppressed }) => suppressed === undefined)
  const grave = counted.filter(({ severity }) => failLevel !== 'none' && severities.indexOf(severity) <= severities.indexOf(failLevel))
  if (grave.length > 0) return 'failed'
  if (maxWarnings !== undefined && counted.length > maxWarnings) return 'too-many'
  return undecided.length > 0 && !allowUndecided ? 'undecided' : 'passed'
}
