import type { Format } from './format.js'
import { findingRecords, problemRecord, ruleRecord, summaryRecord, undecidedRecord, unusedSuppressionRecord } from './records.js'
import { visibleJson } from './visible.js'

/** Of the members' names and meanings; members are only added without a new number. */
const FORMAT_VERSION = 1

/** One JSON document with everything in it. */
export const json: Format = (report, options) => {
  const document = {
    formatVersion: FORMAT_VERSION,
    tool: { name: 'grantree', version: options.version },
    summary: summaryRecord(report),
    findings: findingRecords(report, options),
    undecided: report.undecided.map((undecided) => undecidedRecord(undecided, options)),
    problems: report.problems.map((problem) => problemRecord(problem, options)),
    unusedSuppressions: report.unusedSuppressions.map(unusedSuppressionRecord),
    rules: report.rules.map(ruleRecord),
  }
  return `${visibleJson(document, 2)}\n`
}
