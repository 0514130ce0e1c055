import type { LintReport } from '../report.js'
import type { RuleMeta } from '../rule.js'
import { fingerprintsOf } from './fingerprint.js'
import type { Format, FormatOptions } from './format.js'
import { lineTablesOf } from './line-tables.js'
import { sarifLevels } from './sarif-levels.js'
import { sarifNotifications } from './sarif-notifications.js'
import { SOURCE_ROOT } from './sarif-place.js'
import { sarifResult } from './sarif-result.js'
import { visibleJson } from './visible.js'

/** Above 7 of 10, services show a finding as `high`. Rules say no more than that it is about security. */
const SECURITY_SEVERITY = '8.0'

/** SARIF 2.1.0, what services for findings read. Source: OASIS, Static Analysis Results Interchange Format, version 2.1.0. */
export const sarif: Format = (report, options) => {
  const log = {
    version: '2.1.0',
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    runs: [run(report, options)],
  }
  return `${visibleJson(log, 2)}\n`
}

function run(report: LintReport, options: FormatOptions): object {
  const ruleIndices = new Map(report.rules.map(({ id }, index) => [id, index]))
  const fingerprints = fingerprintsOf(report.findings, options)
  const lineTables = lineTablesOf(options.texts)
  const { version, rulePages } = options
  return {
    tool: { driver: { name: 'grantree', semanticVersion: version, rules: report.rules.map((rule) => sarifRule(rule, rulePages)) } },
    invocations: [{ executionSuccessful: report.problems.length === 0, ...sarifNotifications(report, options, ruleIndices) }],
    originalUriBaseIds: { [SOURCE_ROOT]: { description: { text: 'The folder that the run is about.' } } },
    columnKind: 'utf16CodeUnits',
    newlineSequences: ['\r\n', '\n', '\r'],
    results: report.findings.map((finding, index) => {
      const context = { fingerprint: fingerprints[index] as string, ruleIndex: ruleIndices.get(finding.rule), lineTables }
      return sarifResult(finding, context, options)
    }),
  }
}

function sarifRule({ id, summary, severity, category }: RuleMeta, rulePages: string | undefined): object {
  const isSecurity = severity === 'security'
  return {
    id,
    shortDescription: { text: summary },
    ...(rulePages !== undefined && { helpUri: `${rulePages}${id}.md` }),
    help: { text: `docs/rules/${id}.md tells why, and how to fix it.` },
    defaultConfiguration: { level: sarifLevels[severity] },
    properties: {
      category,
      severity,
      tags: isSecurity ? [category, 'security'] : [category],
      ...(isSecurity && { 'security-severity': SECURITY_SEVERITY }),
    },
  }
}
