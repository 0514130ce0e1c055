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
  if (block !== '\r\n' && !block.endsWith('\n\r\n')) return malformedTrailer('they do not end in an empty line')
  const lines = block.split('\n').slice(0, -2)
  const signature = isSigned ? signatureOf(lines) : undefined
  if (isSigned && signature === undefined) return malformedTrailer('their signature is missing, or not the last')
  const values = new Map<string, string>()
  let text = ''
  for (const line of lines) {
    const [name, value] = parseLine(line)
    if (value === undefined) return malformedTrailer('a value is none of a header')
    if (!announced.includes(name) || values.has(name)) return malformedTrailer('a line is no header that is announced, or is repeated')
    values.set(name, value)
    text += `${name}:${value}\n`
  }
  if (values.size !== announced.length) return malformedTrailer('a header that is announced is missing')
  return { values, text, ...(signature === undefined ? {} : { signature }) }
}

/** Takes the signature, and an empty line before it, from the lines. */
function signatureOf(lines: string[]): string | undefined {
  const [name, value] = parseLine(lines.pop() ?? '')
  if (lines.at(-1) === '\r') lines.pop()
  return name === SIGNATURE ? value : undefined
}

function parseLine(line: string): readonly [name: string, value: string | undefined] {
  const colon = Math.max(0, line.indexOf(':'))
  return [line.slice(0, colon).toLowerCase(), canonicalValue(line.slice(colon + 1, line.endsWith('\r') ? -1 : undefined))]
}

export function malformedTrailer(reason: string): S3Error {
  return s3Error('MalformedTrailerError', { reason: `the trailing headers: ${reason}` })
}
