import type { Colors } from 'picocolors/types.js'
import type { LintReport } from '../../lint/report.js'
import { printable, printableJson } from '../render/printable.js'

export interface FormatOptions {
  /** By path, as findings name their files. */
  readonly texts: ReadonlyMap<string, string>
  /** No colours if absent. */
  readonly colors?: Colors
  readonly version: string
  readonly root?: string
}

export type Format = (report: LintReport, options: FormatOptions) => string

/** What a report is written as, by the values of --format. */
export const formats: Readonly<Record<string, Format>> = { pretty, json }

function pretty({ findings, undecided, problems, unusedSuppressions, files, policies }: LintReport): string {
  const counted = findings.filter(({ suppressed }) => suppressed === undefined)
  const at = (file: string, location?: (typeof findings)[number]['location']) =>
    location === undefined ? file : `${file}:${location.span.start.line}:${location.span.start.column}`
  const lines = [
    ...problems.map(({ file, location, message }) => `${at(file, location)}: problem: ${message}`),
    ...counted.map(({ file, location, severity, message, rule }) => `${at(file, location)}: ${severity}: ${message} [${rule}]`),
    ...undecided.map(({ file, location, rule, reason }) => `${at(file, location)}: undecided: because ${reason} [${rule}]`),
    ...unusedSuppressions.map(({ description }) => `note: ${description}`),
    `${counted.length} findings, ${findings.length - counted.length} suppressed, ${undecided.length} undecided, in ${policies} policies of ${files} files`,
  ]
  return lines.map((line) => `${printable(line)}\n`).join('')
}

function json(report: LintReport): string {
  return `${printableJson(report, 2)}\n`
}
