import type { HeaderList } from '../http/header-list.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'

/** RFC 2046 has no longer ones. */
const MAX_BOUNDARY_LENGTH = 70
const BOUNDARY_CHARACTERS = new Set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=? ")

/** What stands between the parts of a form, from `Content-Type`; S3's answer if the body is no form. */
export function boundaryOf(headers: HeaderList): string | S3Error {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').split(';')
  if (type.trim().toLowerCase() !== 'multipart/form-data') {
    return s3Error('PreconditionFailed', { detail: { Condition: 'Bucket POST must be of the enclosure-type multipart/form-data' } })
  }
  const boundaries = parameters.filter((parameter) => nameOf(parameter) === 'boundary')
  const [first = ''] = boundaries
  const boundary = unquoted(first.slice(first.indexOf('=') + 1).trimEnd())
  if (boundaries.length !== 1 || hasBlankAtEquals(first) || !isBoundary(boundary))
    return malformedForm('`Content-Type` names no boundary, several, or one that RFC 2046 has not')
  return boundary
}

export function malformedForm(reason: string): S3Error {
  return s3Error('MalformedPOSTRequest', { reason })
}

/** Some parsers take a blank beside `=`, others find no boundary then, or another one. */
function hasBlankAtEquals(parameter: string): boolean {
  const equals = parameter.indexOf('=')
  return parameter[equals - 1]?.trim() === '' || parameter[equals + 1]?.trim() === ''
}

function nameOf(parameter: string): string {
  return parameter
    .slice(0, Math.max(0, parameter.indexOf('=')))
    .trim()
    .toLowerCase()
}

function unquoted(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value
}

function isBoundary(text: string): boolean {
  if (text === '' || text.length > MAX_BOUNDARY_LENGTH || text.endsWith(' ')) return false
  for (const character of text) if (!BOUNDARY_CHARACTERS.has(character)) return false
  return true
}
