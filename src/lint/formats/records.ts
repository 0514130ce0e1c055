import type { Location } from '../../policy/diagnostic.js'
import { formatPath } from '../../policy/json-path.js'
import type { SourceProblem } from '../../sources/found.js'
import { readable } from '../../sources/unknown-text.js'
import type { Undecided } from '../finding.js'
import type { LintReport, ReportedFinding, UnusedSuppression } from '../report.js'
import type { RuleMeta } from '../rule.js'
import { countsOf } from './counts.js'
import { fingerprintsOf } from './fingerprint.js'
import type { FormatOptions } from './format.js'
import { relativePath } from './relative-path.js'

/*
 * The parts of a report as plain objects for JSON. The order of members is part of the format, and so are their names; docs/lint-output.md
 * has them all.
 */

export function findingRecords({ findings }: LintReport, options: FormatOptions): readonly object[] {
  const fingerprints = fingerprintsOf(findings, options)
  return findings.map((finding, index) => findingRecord(finding, fingerprints[index] as string, options))
}

function findingRecord(finding: ReportedFinding, fingerprint: string, { root }: FormatOptions): object {
  const { rule, messageId, severity, message, file, address, location, sid, help, witness, fix, suppressed } = finding
  return {
    rule,
    messageId,
    severity,
    message,
    file: relativePath(file, root),
    address,
    ...placeRecord(location),
    sid: sid && readable(sid),
    help,
    witness: witness && readable(witness),
    fix: fix && { description: fix.description, edits: fix.edits.map(({ start, end, text }) => ({ start, end, text })) },
    suppressed: suppressed && { by: suppressed.by, reason: suppressed.reason, expires: suppressed.expires },
    fingerprint,
  }
}

export function undecidedRecord({ rule, file, address, location, reason }: Undecided, { root }: FormatOptions): object {
  return { rule, file: relativePath(file, root), address, ...placeRecord(location), reason: readable(reason) }
}

export function problemRecord({ file, message, location, help }: SourceProblem, { root }: FormatOptions): object {
  return { file: relativePath(file, root), message, ...(location && placeRecord(location)), help }
}

export function unusedSuppressionRecord({ description, location }: UnusedSuppression): object {
  return { description, ...(location && placeRecord(location)) }
}

export function ruleRecord({ id, severity, category, summary, recommended, fixable, analysis }: RuleMeta): object {
  return { id, severity, category, summary, recommended, fixable, analysis }
}

export function summaryRecord(report: LintReport): object {
  return { files: report.files, policies: report.policies, ...countsOf(report) }
}

function placeRecord({ path, span: { start, end } }: Location): object {
  return {
    path: formatPath(path),
    start: { line: start.line, column: start.column, offset: start.offset },
    end: { line: end.line, column: end.column, offset: end.offset },
  }
}
