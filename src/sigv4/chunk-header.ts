import { isHexDigest } from './hex.js'

export interface ChunkHeader {
  readonly size: number
  /** Empty where chunks are not signed. */
  readonly signature: string
}

/** More would be past what a number can tell apart, and past every body. */
const MAX_SIZE_DIGITS = 12
const EXTENSION = ';chunk-signature='

/** Reads the line before a chunk: `400;chunk-signature=…`, or only its length. Undefined for anything else. */
export function parseChunkHeader(line: string, isSigned: boolean): ChunkHeader | undefined {
  const semicolon = line.indexOf(';')
  const sizeEnd = semicolon < 0 ? line.length : semicolon
  const size = parseHex(line, sizeEnd)
  if (size === undefined) return undefined
  if (!isSigned) return semicolon < 0 ? { size, signature: '' } : undefined
  const signature = line.slice(sizeEnd + EXTENSION.length)
  return line.slice(sizeEnd, sizeEnd + EXTENSION.length) === EXTENSION && isHexDigest(signature) ? { size, signature } : undefined
}

function parseHex(text: string, end: number): number | undefined {
  if (end === 0 || end > MAX_SIZE_DIGITS) return undefined
  let number = 0
  for (let i = 0; i < end; i++) {
    const digit = '0123456789abcdef'.indexOf((text[i] as string).toLowerCase())
    if (digit < 0) return undefined
    number = number * 16 + digit
  }
  return number
}
