import { type S3Error, s3Error } from '../s3-error/s3-error.js'
import { canonicalValue } from './canonical-headers.js'

export interface Trailers {
  readonly values: ReadonlyMap<string, string>
  /** What is signed of them: a line each. */
  readonly text: string
  /** The value of `x-amz-trailer-signature`. */
  readonly signature?: string
}

const SIGNATURE = 'x-amz-trailer-signature'

/**
 * Reads what follows the last chunk: the announced headers, each once, then their signature if they are signed, and an empty line. Lines
 * may end in a mere line feed, and the signature may stand apart, as some clients have it.
 */
export function parseTrailers(block: string, announced: readonly string[], isSigned: boolean): Trailers | S3Error {
  if (block !== '\r\n' && !block.endsWith('\n\r\n')) return malformedTrailer('it does not end in an empty line')
  const values = new Map<string, string>()
  let text = ''
  let signature: string | undefined
  for (const line of block.split('\n')) {
    if (line === '' || line === '\r') continue
    const [name, value] = parseLine(line)
    if (value === undefined || signature !== undefined) return malformedTrailer('something follows the signature, or is no header')
    if (isSigned && name === SIGNATURE) {
      signature = value
      continue
    }
    if (!announced.includes(name) || values.has(name)) return malformedTrailer('a header is not announced, or repeated')
    values.set(name, value)
    text += `${name}:${value}\n`
  }
  if (values.size !== announced.length) return malformedTrailer('an announced header is missing')
  if (isSigned && signature === undefined) return malformedTrailer('the signature is missing')
  return { values, text, ...(signature === undefined ? {} : { signature }) }
}

function parseLine(line: string): readonly [name: string, value: string | undefined] {
  const colon = Math.max(0, line.indexOf(':'))
  return [line.slice(0, colon).toLowerCase(), canonicalValue(line.slice(colon + 1, line.endsWith('\r') ? -1 : undefined))]
}

export function malformedTrailer(reason: string): S3Error {
  return s3Error('MalformedTrailerError', { reason: `trailing headers: ${reason}` })
}
