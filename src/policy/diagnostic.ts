import { type ProblemCode, problems } from '../catalog/problems.js'
import { flatText } from '../match/flat-text.js'
import type { JsonPath } from './json-path.js'
import type { Span } from './position.js'

/**
 * `error`: the document has no meaning. `refused`: S3 would not store the policy although its meaning is clear. `warning`: the
 * rest.
 */
export type Severity = 'error' | 'refused' | 'warning'

/** What S3 answers to a PutBucketPolicy with this problem: HTTP 400 with this code and message. */
export interface S3Response {
  readonly code: string
  readonly message: string
}

/** One problem of one document. */
export interface Diagnostic {
  /** Stable, part of the API. */
  readonly code: ProblemCode
  readonly severity: Severity
  /** For people; may improve between versions. */
  readonly message: string
  readonly path: JsonPath
  readonly span: Span
  /** A next step, such as `did you mean \`s3:GetObject\`?` */
  readonly help?: string
  readonly s3?: S3Response
}

/** Where something stands in a document. */
export interface Location {
  readonly path: JsonPath
  readonly span: Span
}

/** A next step. Suggestions are costly, so they can be left to be made when the problem is listed. */
export type Help = string | (() => string | undefined)

export interface Problem {
  readonly code: ProblemCode
  readonly location: Location
  readonly message: string
  readonly help?: Help | undefined
  /** What stands for `{}` in S3's message. */
  readonly s3Detail?: string
}

/** A message repeats names from the document; a document with long ones and many problems must not grow by repetition. */
const MAX_MESSAGE = 500

function shorten(message: string): string {
  return message.length <= MAX_MESSAGE ? message : `${message.slice(0, MAX_MESSAGE).toWellFormed()}…`
}

/** The diagnostic of a problem, with the severity and S3's answer that the catalogue has for its code. */
export function diagnosticOf({ code, location, message, help: given, s3Detail }: Problem): Diagnostic {
  const help = typeof given === 'function' ? given() : given
  const { severity, s3Message } = problems[code]
  return {
    code,
    severity,
    // Parts of the document's text would keep all of it alive.
    message: flatText(shorten(message)),
    path: location.path.map((step) => (typeof step === 'string' ? flatText(step) : step)),
    span: location.span,
    ...(help === undefined ? {} : { help: flatText(help) }),
    ...(s3Message === undefined ? {} : { s3: { code: 'MalformedPolicy', message: s3Message.replace('{}', () => s3Detail ?? '') } }),
  }
}

export function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error')
}
