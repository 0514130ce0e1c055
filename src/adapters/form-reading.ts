import { decodeHeader } from '../http/decode-header.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { malformedForm } from './boundary.js'
import type { FilePart, FormLimits } from './form.js'

/** What the headers of a part say: a field's name, or that it is the file. */
export type PartHead = { readonly kind: 'field'; readonly name: string } | { readonly kind: 'file'; readonly file: FilePart }

export interface FormPart {
  readonly headers: PartHeaders
  readonly body: Uint8Array
}

/** The headers of a part by lower-case name, each with its values; one character a byte. */
export type PartHeaders = Readonly<Record<string, readonly string[] | undefined>>

/** @param headers without prototype. Refused unless it is plain what the part is: one `Content-Disposition` with one `name`. */
export function readPartHead(headers: PartHeaders): PartHead | S3Error {
  const [disposition, ...more] = headers['content-disposition'] ?? []
  const parameters = disposition === undefined || more.length > 0 ? undefined : readDisposition(disposition)
  const name = parameters?.get('name')
  if (parameters === undefined || name === undefined || !isFieldName(name))
    return malformedForm('a part has no plain `Content-Disposition`')
  if (name.toLowerCase() !== 'file') return { kind: 'field', name: name.toLowerCase() }
  const path = decodeHeader(parameters.get('filename') ?? '')
  const [contentType, ...moreTypes] = headers['content-type'] ?? []
  if (path === undefined) return s3Error('InvalidArgument', { reason: 'the name of the file is not UTF-8' })
  if (moreTypes.length > 0) return malformedForm('the file has two types')
  const fileName = baseName(path)
  return { kind: 'file', file: { ...(fileName === '' ? {} : { name: fileName }), ...(contentType === undefined ? {} : { contentType }) } }
}

/** Without directories, of either kind. Source: Amazon S3 User Guide, on `${filename}`. */
function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

/** Names of S3's fields are printable ASCII; anything else is a field that another reader may take for one of them. */
function isFieldName(name: string): boolean {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) <= 0x20 || name.charCodeAt(i) >= 0x7f) return false
  return name !== ''
}

/** The parameters of `form-data; name="key"; filename="a.jpg"`. Undefined if it is another type, or can be read in more than one way. */
function readDisposition(text: string): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>()
  let at = text.indexOf(';')
  if (at < 0 || text.slice(0, at).trim().toLowerCase() !== 'form-data') return undefined
  while (at < text.length) {
    const equals = text.indexOf('=', at)
    if (text[at] !== ';' || equals < 0) return undefined
    const name = text
      .slice(at + 1, equals)
      .trimStart()
      .toLowerCase()
    const value = readValue(text, equals + 1)
    // `filename*` of RFC 5987 is not for forms (RFC 7578, 4.2); readers differ on which name wins.
    if (value === undefined || parameters.has(name) || name === '' || name.endsWith('*') || name !== name.trimEnd()) return undefined
    parameters.set(name, value.text)
    at = value.end
  }
  return parameters
}

/** A quoted text or a token, and where the next parameter starts. */
function readValue(text: string, start: number): { readonly text: string; readonly end: number } | undefined {
  // Some readers take a blank beside `=`, others do not.
  if (skipSpaces(text, start) > start) return undefined
  if (text[start] !== '"') {
    const semicolon = text.indexOf(';', start)
    const end = semicolon < 0 ? text.length : semicolon
    const token = text.slice(start, end).trim()
    return token === '' || token.includes('"') ? undefined : { text: token, end }
  }
  const close = closingQuote(text, start)
  if (close < 0) return undefined
  const end = skipSpaces(text, close + 1)
  return { text: text.slice(start + 1, close).replaceAll('\\"', '"'), end }
}

/** Browsers of today write `%22` for a quote, other clients `\"`; a backslash before anything else is itself, as in `C:\photos`. */
function closingQuote(text: string, open: number): number {
  let close = text.indexOf('"', open + 1)
  while (close >= 0 && text[close - 1] === '\\') close = text.indexOf('"', close + 1)
  return close
}

function skipSpaces(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\t') at++
  return at
}

/** What a form says before the content of its file. */
export interface FormStart {
  readonly fields: ReadonlyMap<string, string>
  readonly file: FilePart
  /** What there is of the file. */
  readonly body: Uint8Array
}

/** The fields of a form up to its file, where it stops asking for parts. */
export function readFormStart(parts: Iterator<FormPart | S3Error, void>, limits: FormLimits): FormStart | S3Error {
  const fields = new Map<string, string>()
  let bytes = 0
  for (let next = parts.next(); !next.done; next = parts.next()) {
    if ('kind' in next.value) return next.value
    const { headers, body } = next.value
    const head = readPartHead(headers)
    if (head.kind === 'error') return head
    if (head.kind === 'file') return { fields, file: head.file, body }
    bytes += head.name.length + body.length
    if (bytes > limits.maxFieldBytes || fields.size === limits.maxFields) return fieldsTooLarge(limits)
    const value = decodeField(body)
    const isRepeated = fields.has(head.name)
    if (value === undefined || isRepeated) {
      const reason = isRepeated ? 'a field comes twice' : 'a field is not UTF-8'
      return s3Error('InvalidArgument', { reason, detail: { ArgumentName: head.name } })
    }
    fields.set(head.name, value)
  }
  return missingFile()
}

function decodeField(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** What comes after the file counts for nothing, but it must not be a second file, nor much. @param count of parts after the file, this one included */
export function refuseAfterFile(headers: PartHeaders, count: number, limits: FormLimits): S3Error | undefined {
  const head = readPartHead(headers)
  if (head.kind === 'error') return head
  if (head.kind === 'file') return secondFile()
  return count > limits.maxPartsAfterFile ? malformedForm('too much comes after the file') : undefined
}

export function fieldsTooLarge({ maxFieldBytes }: FormLimits): S3Error {
  return s3Error('MaxPostPreDataLengthExceededError', { detail: { MaxPostPreDataLengthBytes: String(maxFieldBytes) } })
}

const NOT_ONE_FILE = { message: 'POST requires exactly one file upload per request.', detail: { ArgumentName: 'file' } }

export function missingFile(): S3Error {
  return s3Error('InvalidArgument', { ...NOT_ONE_FILE, reason: 'there is no file' })
}

function secondFile(): S3Error {
  return s3Error('InvalidArgument', { ...NOT_ONE_FILE, reason: 'there is a second file' })
}

export function fileTooLarge(maxBytes: number): S3Error {
  return s3Error('EntityTooLarge', { detail: { MaxSizeAllowed: String(maxBytes) } })
}
