import type { Location } from '../../policy/diagnostic.js'
import type { SourceProblem } from '../../sources/found.js'
import { readable } from '../../sources/unknown-text.js'
import type { Undecided } from '../finding.js'
import type { ReportedFinding, UnusedSuppression } from '../report.js'
import { codeFrame } from './code-frame.js'
import { type ColorFunctions, noColors } from './colors.js'
import type { Format, FormatOptions } from './format.js'
import { groupBy } from './group-by.js'
import { summaryLine } from './pretty-summary.js'
import { relativePath } from './relative-path.js'
import { severityColor } from './severity-color.js'
import { visible } from './visible.js'

/** For people at a terminal: findings by file, each with the line it is about. Nothing from a file reaches the terminal unescaped. */
export const pretty: Format = (report, options) => {
  const colors = options.colors ?? noColors
  const open = report.findings.filter(({ suppressed }) => suppressed === undefined)
  const blocks = [
    ...[...groupBy(open, ({ file }) => file)].map(([file, findings]) => fileBlock(file, findings, options, colors)),
    ...undecidedBlock(report.undecided, options, colors),
    ...problemBlock(report.problems, options, colors),
    ...unusedBlock(report.unusedSuppressions, colors),
    [summaryLine(report, colors)],
  ]
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n')
}

type Lines = readonly string[]

function fileBlock(file: string, findings: readonly ReportedFinding[], options: FormatOptions, colors: ColorFunctions): Lines {
  const path = relativePath(file, options.root)
  return [colors.bold(shown(path)), ...findings.flatMap((finding) => ['', ...findingLines(finding, path, options, colors)])]
}

function findingLines(finding: ReportedFinding, path: string, { texts }: FormatOptions, colors: ColorFunctions): Lines {
  const { rule, severity, message, file, address, location, sid, help, witness, fix } = finding
  const text = texts.get(file)
  const where = [
    placeOf(path, location),
    ...(address === '' ? [] : [shown(address)]),
    ...(sid === undefined ? [] : [`statement \`${shown(sid)}\``]),
  ]
  return [
    `  ${severityColor(severity, colors)(severity)}: ${shown(message)} ${colors.dim(`[${shown(rule)}]`)}`,
    `    ${colors.dim(where.join(', '))}`,
    ...(text === undefined ? [] : frameLines(text, finding, colors)),
    ...(help === undefined ? [] : [`    ${colors.cyan('help:')} ${shown(help)}`]),
    ...(witness === undefined ? [] : [`    ${colors.cyan('example:')} ${shown(witness)}`]),
    ...(fix === undefined ? [] : [`    ${colors.cyan('fix:')} this would ${shown(fix.description)}`]),
  ]
}

function frameLines(text: string, { location, severity }: ReportedFinding, colors: ColorFunctions): Lines {
  const { code, mark } = codeFrame(text, location.span)
  return [`    ${code}`, `    ${severityColor(severity, colors)(mark)}`]
}

function undecidedBlock(undecided: readonly Undecided[], { root }: FormatOptions, colors: ColorFunctions): readonly Lines[] {
  if (undecided.length === 0) return []
  const places = groupBy(
    undecided,
    ({ file, location, reason }) => `${placeOf(relativePath(file, root), location)}: because ${shown(reason)}`,
  )
  const lines = Array.from(places, ([place, list]) => `  ${place} ${colors.dim(`[${rulesOf(list)}]`)}`)
  const help = `    ${colors.cyan('help:')} look at these yourself, or lint them as they are deployed, with all values in place`
  return [[colors.bold('undecided'), ...lines, help]]
}

/** What one unknown part keeps many rules from answering is told in one line. */
function rulesOf(undecided: readonly Undecided[]): string {
  const rules = [...new Set(undecided.map(({ rule }) => shown(rule)))]
  return rules.length > 3 ? `${rules.length} rules` : rules.join(', ')
}

function problemBlock(problems: readonly SourceProblem[], { root }: FormatOptions, colors: ColorFunctions): readonly Lines[] {
  if (problems.length === 0) return []
  const lines = problems.flatMap(({ file, message, location, help }) => {
    const path = relativePath(file, root)
    const place = location === undefined ? shown(path) : placeOf(path, location)
    const next = help === undefined ? [] : [`    ${colors.cyan('help:')} ${shown(help)}`]
    return [`  ${place}: ${colors.red(shown(message))}`, ...next]
  })
  return [[colors.bold('not read'), ...lines]]
}

function unusedBlock(unused: readonly UnusedSuppression[], colors: ColorFunctions): readonly Lines[] {
  if (unused.length === 0) return []
  const lines = unused.map(({ description }) => `  ${shown(description)}`)
  return [[colors.bold('suppressions of nothing'), ...lines, `    ${colors.cyan('help:')} remove them`]]
}

function placeOf(path: string, { span: { start } }: Location): string {
  return `${shown(path)}:${start.line}:${start.column}`
}

function shown(text: string): string {
  return visible(readable(text))
}
