import { severities } from '../finding.js'
import type { LintReport } from '../report.js'
import type { ColorFunctions } from './colors.js'
import { type Counts, countsOf } from './counts.js'
import { severityColor } from './severity-color.js'

/** `3 errors, 1 security in 2 files; 4 suppressed`, or what was looked at if nothing was found. */
export function summaryLine(report: LintReport, colors: ColorFunctions): string {
  const counts = countsOf(report)
  return [findingsPart(report, counts, colors), ...restParts(counts)].join('; ')
}

function findingsPart({ findings, files, policies }: LintReport, counts: Counts, colors: ColorFunctions): string {
  const found = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) =>
      severityColor(severity, colors)(amount(counts[severity], severity, severity === 'security' ? severity : `${severity}s`)),
    )
  if (found.length === 0) return `no findings in ${amount(policies, 'policy', 'policies')} of ${amount(files, 'file', 'files')}`
  const filesWithFindings = new Set(findings.filter(({ suppressed }) => suppressed === undefined).map(({ file }) => file)).size
  return `${found.join(', ')} in ${amount(filesWithFindings, 'file', 'files')}`
}

function restParts({ suppressed, undecided, problems }: Counts): readonly string[] {
  return [
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
    ...(undecided > 0 ? [`${undecided} undecided`] : []),
    ...(problems > 0 ? [`${problems} not read`] : []),
  ]
}

function amount(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
