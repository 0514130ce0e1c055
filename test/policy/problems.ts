import type { ProblemCode } from '../../src/catalog/problems.js'
import type { Diagnostic, Severity } from '../../src/policy/diagnostic.js'
import { formatPath } from '../../src/policy/json-path.js'

/** A diagnostic as tables write it. */
export interface Problem {
  readonly code: ProblemCode
  readonly severity: Severity
  readonly path: string
  /** `line:column` of its first character. */
  readonly at: string
  /** The text it stands for. */
  readonly found: string
  readonly message: string
  readonly help?: string
  /** S3's message; its code is always `MalformedPolicy`. */
  readonly s3?: string
}

/** The diagnostics of a text, in its order. */
export function problemsOf(text: string, diagnostics: readonly Diagnostic[]): readonly Problem[] {
  return diagnostics
    .toSorted((a, b) => a.span.start.offset - b.span.start.offset)
    .map(({ code, severity, path, span, message, help, s3 }) => {
      if (s3 !== undefined && s3.code !== 'MalformedPolicy') throw new Error(`S3's code is ${s3.code}`)
      return {
        code,
        severity,
        path: formatPath(path),
        at: `${span.start.line}:${span.start.column}`,
        found: text.slice(span.start.offset, span.end.offset),
        message,
        ...(help !== undefined && { help }),
        ...(s3 !== undefined && { s3: s3.message }),
      }
    })
}
