import type { Format } from './format.js'
import { findingRecords, problemRecord, summaryRecord, undecidedRecord, unusedSuppressionRecord } from './records.js'
import { visibleJson } from './visible.js'

/** One JSON document a line. The last one is the summary, so that a reader knows that none is missing. */
export const ndjson: Format = (report, options) =>
  [
    ...typed('finding', findingRecords(report, options)),
    ...typed(
      'undecided',
      report.undecided.map((undecided) => undecidedRecord(undecided, options)),
    ),
    ...typed(
      'problem',
      report.problems.map((problem) => problemRecord(problem, options)),
    ),
    ...typed('unused-suppression', report.unusedSuppressions.map(unusedSuppressionRecord)),
    ...typed('summary', [summaryRecord(report)]),
  ].join('')

function typed(type: string, records: readonly object[]): readonly string[] {
  return records.map((record) => `${visibleJson({ type, ...record })}\n`)
}
