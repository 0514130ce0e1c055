import type { Colors } from 'picocolors/types.js'
import type { Diagnostic } from '../../policy/diagnostic.js'
import { formatPath } from '../../policy/json-path.js'
import { printable } from './printable.js'

/** One line a problem, `file:line:column: severity: message [code]`, and its next step below it. */
export function renderDiagnostics(source: string, diagnostics: readonly Diagnostic[], subject: Subject, colors: Colors): string {
  return diagnostics.map((diagnostic) => renderDiagnostic(source, diagnostic, subject, colors)).join('')
}

/** S3 has an answer to policies; other files it never sees. */
export type Subject = 'policy' | 'other'

function renderDiagnostic(source: string, diagnostic: Diagnostic, subject: Subject, colors: Colors): string {
  const { code, severity, message, span, path, help, s3 } = diagnostic
  const color = severity === 'warning' ? colors.yellow : colors.red
  const place = `${printable(source)}:${span.start.line}:${span.start.column}`
  const lines = [
    `${colors.bold(place)}: ${color(severity)}: ${printable(message)} ${colors.dim(`[${code}]`)}`,
    ...(path.length > 0 ? [`    at ${printable(formatPath(path))}`] : []),
    ...(help === undefined ? [] : [`    help: ${printable(help)}`]),
    ...(s3 === undefined || subject === 'other' ? [] : [`    S3 says: ${s3.code}: ${printable(s3.message)}`]),
  ]
  return `${lines.join('\n')}\n`
}
