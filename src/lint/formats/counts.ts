import type { Severity } from '../finding.js'
import type { LintReport } from '../report.js'

/** How many of each. Suppressed findings count as `suppressed` only. */
export interface Counts extends Readonly<Record<Severity, number>> {
  readonly suppressed: number
  readonly undecided: number
  readonly problems: number
  readonly unusedSuppressions: number
}

export function countsOf({ findings, undecided, problems, unusedSuppressions }: LintReport): Counts {
  const open = findings.filter(({ suppressed }) => suppressed === undefined)
  const count = (severity: Severity): number => open.filter((finding) => finding.severity === severity).length
  return {
    error: count('error'),
    security: count('security'),
    warning: count('warning'),
    suggestion: count('suggestion'),
    suppressed: findings.length - open.length,
    undecided: undecided.length,
    problems: problems.length,
    unusedSuppressions: unusedSuppressions.length,
  }
}
