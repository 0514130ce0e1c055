import { type Diagnostic, formatPath, validatePolicyText } from '../../src/index.js'

/** Members of a statement as JSON text. Undefined leaves a member out. */
export type StatementChanges = Readonly<Record<string, string | undefined>>

const members: StatementChanges = { Effect: '"Allow"', Principal: '"*"', Action: '"s3:GetObject"', Resource: '"arn:aws:s3:::b/*"' }

/** The text of a statement that S3 takes on the bucket `b`, with changes: one member a line. A name may stand in marks: `«"Efect"»`. */
export function statement(changes: StatementChanges = {}): string {
  const lines = Object.entries({ ...members, ...changes }).flatMap(([name, value]) =>
    value === undefined ? [] : [`    ${name.startsWith('«') ? name : JSON.stringify(name)}: ${value}`],
  )
  return `{\n${lines.join(',\n')}\n  }`
}

/** The text of a policy with this statement, or these. */
export function policy(statements: string = statement(), version = '2012-10-17'): string {
  return `{\n  "Version": "${version}",\n  "Statement": ${statements}\n}`
}

/** The text of a policy of one statement with these changes. */
export function policyWith(changes: StatementChanges, version?: string): string {
  return policy(statement(changes), version)
}

/** Where something stands, as `line:column-line:column`. */
export interface Marked {
  readonly text: string
  readonly places: readonly string[]
}

/** The text without its marks `«…»`, and where they were. */
export function unmark(marked: string): Marked {
  const places: string[] = []
  let text = ''
  let start = ''
  for (const character of marked) {
    if (character === '«') start = placeOfEnd(text)
    else if (character === '»') places.push(`${start}-${placeOfEnd(text)}`)
    else text += character
  }
  return { text, places }
}

function placeOfEnd(text: string): string {
  const lines = text.split('\n')
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`
}

/** A problem as tables write it. */
export interface Found {
  readonly code: string
  readonly path: string
  readonly place: string
}

/** All problems of a policy for the bucket `b`. */
export function problemsOf(text: string): readonly Diagnostic[] {
  return validatePolicyText(text, { bucket: 'b' })
}

export function codesOf(text: string): readonly string[] {
  return problemsOf(text).map(({ code }) => code)
}

export function foundIn({ code, path, span: { start, end } }: Diagnostic): Found {
  return { code, path: formatPath(path), place: `${start.line}:${start.column}-${end.line}:${end.column}` }
}
