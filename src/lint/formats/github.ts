import type { Span } from '../../policy/position.js'
import type { SourceProblem } from '../../sources/found.js'
import { readable } from '../../sources/unknown-text.js'
import type { Severity, Undecided } from '../finding.js'
import type { ReportedFinding } from '../report.js'
import type { Format, FormatOptions } from './format.js'
import { relativePath } from './relative-path.js'
import { visible } from './visible.js'

type Level = 'error' | 'warning' | 'notice'

const levels: Readonly<Record<Severity, Level>> = { error: 'error', security: 'error', warning: 'warning', suggestion: 'notice' }

/** Workflow commands, one a line, which GitHub Actions shows beside the code. Suppressed findings are left out. */
export const github: Format = ({ findings, undecided, problems, unusedSuppressions }, options) =>
  [
    ...findings.filter(({ suppressed }) => suppressed === undefined).map((finding) => findingCommand(finding, options)),
    ...undecided.map((each) => undecidedCommand(each, options)),
    ...problems.map((problem) => problemCommand(problem, options)),
    ...unusedSuppressions.map(({ description }) => command('warning', { title: 'unused suppression' }, [description])),
  ].join('')

function findingCommand({ rule, severity, message, file, location, sid, help, witness }: ReportedFinding, options: FormatOptions): string {
  const statement = sid === undefined ? '' : ` (statement \`${sid}\`)`
  const lines = [message + statement, help && `help: ${help}`, witness && `example: ${witness}`]
  return command(levels[severity], { ...placeOf(file, location.span, options), title: `${severity}: ${rule}` }, lines)
}

function undecidedCommand({ rule, file, location, reason }: Undecided, options: FormatOptions): string {
  return command('notice', { ...placeOf(file, location.span, options), title: `undecided: ${rule}` }, [`not decided, because ${reason}`])
}

function problemCommand({ file, message, location, help }: SourceProblem, options: FormatOptions): string {
  return command('error', { ...placeOf(file, location?.span, options), title: 'not read' }, [message, help && `help: ${help}`])
}

type Properties = Readonly<Record<string, string | number>>

/** GitHub takes columns only where a place is on one line. */
function placeOf(path: string, span: Span | undefined, { root }: FormatOptions): Properties {
  const file = relativePath(path, root)
  if (span === undefined) return { file }
  const { start, end } = span
  const place = { file, line: start.line, endLine: end.line }
  return start.line === end.line ? { ...place, col: start.column, endColumn: end.column } : place
}

function command(level: Level, properties: Properties, lines: readonly (string | undefined)[]): string {
  const given = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  const message = lines.filter((line) => line !== undefined).map((line) => visible(readable(line)))
  return `::${level} ${given.join(',')}::${escapeData(message.join('\n'))}\n`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(visible(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
