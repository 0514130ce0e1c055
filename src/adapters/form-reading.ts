import { decodeHeader } from '../http/decode-header.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { malformedForm } from './boundary.js'
import type { FilePart, FormLimits } from './form.js'

/** What the headers of a part say: a field's name, or that it is the file. */
export type PartHead = { readonly kind: 'field'; readonly name: string } | ({ readonly kind: 'file' } & FilePart)

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
  return { kind: 'file', ...(fileName === '' ? {} : { name: fileName }), ...(contentType === undefined ? {} : { contentType }) }
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
      .trim()
      .toLowerCase()
    const value = readValue(text, equals + 1)
    // `filename*` of RFC 5987 is not for forms (RFC 7578, 4.2); readers differ on which name wins.
    if (value === undefined || parameters.has(name) || name === '' || name.endsWith('*')) return undefined
    parameters.set(name, value.text)
    at = value.end
  }
  return parameters
}

/** A quoted text or a token, and where the next parameter starts. */
function readValue(text: string, from: number): { readonly text: string; readonly end: number } | undefined {
  const start = skipSpaces(text, from)
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

/** The fields of a form as they come in, counted. */
export class FieldCollector {
  readonly fields = new Map<string, string>()
  private bytes = 0

  constructor(private readonly limits: FormLimits) {}

  /** Counts bytes of a name or value; the error if they are too many. */
  count(bytes: number): S3Error | undefined {
    this.bytes += bytes
    if (this.bytes <= this.limits.maxFieldBytes) return undefined
    return s3Error('MaxPostPreDataLengthExceededError', { detail: { MaxPostPreDataLengthBytes: String(this.limits.maxFieldBytes) } })
  }

  /** Announces a field before its value is there. */
  open(name: string): S3Error | undefined {
    if (this.fields.has(name)) return s3Error('InvalidArgument', { reason: 'a field comes twice', detail: { ArgumentName: name } })
    if (this.fields.size === this.limits.maxFields)
      return s3Error('MaxPostPreDataLengthExceededError', { reason: 'there are too many fields' })
    this.fields.set(name, '')
    return this.count(name.length)
  }

  close(name: string, value: Uint8Array): S3Error | undefined {
    try {
      this.fields.set(name, new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value))
      return undefined
    } catch {
      return s3Error('InvalidArgument', { reason: 'a field is not UTF-8', detail: { ArgumentName: name } })
    }
  }
}

export const NOT_ONE_FILE = { message: 'POST requires exactly one file upload per request.', detail: { ArgumentName: 'file' } }

export function missingFile(): S3Error {
  return s3Error('InvalidArgument', { ...NOT_ONE_FILE, reason: 'there is no file' })
}

export function secondFile(): S3Error {
  return s3Error('InvalidArgument', { ...NOT_ONE_FILE, reason: 'there is a second file' })
}

export function fileTooLarge(maxBytes: number): S3Error {
  return s3Error('EntityTooLarge', { detail: { MaxSizeAllowed: String(maxBytes) } })
}
