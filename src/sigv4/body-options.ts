import type { HeaderList } from '../http/header-list.js'
import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import type { BodyOptions } from './body-check.js'
import type { BodyRule } from './body-rule.js'

/** Names past this number are no trailing headers of a client's. */
const MAX_NAMES = 16

/**
 * What a request's headers announce of its body: how long the payload of a chunked one is, and which headers follow it.
 * Nothing is announced of bodies that are not chunked.
 */
export function bodyOptionsOf(headers: HeaderList, rule: BodyRule): Pick<BodyOptions, 'decodedLength' | 'trailerNames'> | S3Error {
  if (rule.kind !== 'chunks') return {}
  const decodedLength = parseLength(headers.get('x-amz-decoded-content-length') ?? '')
  if (decodedLength === undefined) {
    return headers.has('x-amz-decoded-content-length')
      ? s3Error('InvalidArgument', { message: 'The value specified in the x-amz-decoded-content-length header is invalid' })
      : s3Error('MissingContentLength')
  }
  const trailerNames = headers
    .all('x-amz-trailer')
    .flatMap((value) => value.split(','))
    .map((name) => name.trim().toLowerCase())
  const isWrong = trailerNames.length > MAX_NAMES || trailerNames.includes('') || new Set(trailerNames).size !== trailerNames.length
  if (isWrong || (!rule.hasTrailer && trailerNames.length > 0)) {
    return s3Error('InvalidRequest', { message: 'The value specified in the x-amz-trailer header is not supported' })
  }
  return { decodedLength, trailerNames }
}

function parseLength(text: string): number | undefined {
  if (text === '' || text.length > 15) return undefined
  let number = 0
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (digit < 0 || digit > 9) return undefined
    number = number * 10 + digit
  }
  return number
}
