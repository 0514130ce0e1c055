import { utf8Text } from './utf8.js'

/** What a byte becomes: itself if it is unreserved (letters, digits and `-._~`), else `%` and two capitals. */
const ENCODED: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte)
  return isUnreserved(byte) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
})

/** 1 where a byte stands for itself in a canonical path or query. */
const PLAIN: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => (isUnreserved(byte) ? 1 : 0))

const PERCENT = 0x25
const PLUS = 0x2b
const SLASH = 0x2f

/** A text percent-encoded as signatures have it: its UTF-8, byte by byte. */
export function percentEncode(text: string): string {
  const bytes = utf8Text(text)
  let encoded = ''
  for (let i = 0; i < bytes.length; i++) encoded += ENCODED[bytes.charCodeAt(i)]
  return encoded
}

/**
 * A path in the one spelling that signatures are made over: decoded once and encoded again, byte by byte, slashes kept (an encoded slash
 * becomes one). Nothing is normalised: `//` and `..` are parts of keys. Undefined if a `%` lacks its two digits, or for control characters
 * and blanks.
 */
export function canonicalPath(path: string): string | undefined {
  return recode(path, true)
}

/** A name or value of a query in its canonical spelling. `+` is a blank, as S3 reads queries. */
export function canonicalParameter(text: string): string | undefined {
  return recode(text, false)
}

function recode(text: string, isPath: boolean): string | undefined {
  let recoded = ''
  let copied = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (PLAIN[code] === 1 || (isPath && code === SLASH)) continue
    const byte = byteOf(text, i, isPath)
    if (byte < 0) return undefined
    const length = code === PERCENT ? 3 : 1
    const encoded = isPath && byte === SLASH ? '/' : (ENCODED[byte] as string)
    // Most texts are canonical already, and then no character is copied.
    if (length !== encoded.length || text.slice(i, i + length) !== encoded) {
      recoded += text.slice(copied, i) + encoded
      copied = i + length
    }
    i += length - 1
  }
  return copied === 0 ? text : recoded + text.slice(copied)
}

/** The byte that a character stands for, or two digits after a `%`; negative where none may stand. */
function byteOf(text: string, at: number, isPath: boolean): number {
  const code = text.charCodeAt(at)
  if (code === PERCENT) return (hexDigit(text.charCodeAt(at + 1)) << 4) | hexDigit(text.charCodeAt(at + 2))
  if (code <= 0x20 || code === 0x7f || code > 0xff) return -1
  return code === PLUS && !isPath ? 0x20 : code
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 && code < 0x80 ? letter - 0x57 : -1
}

function isUnreserved(byte: number): boolean {
  if (byte >= 0x30 && byte <= 0x39) return true
  const letter = byte | 0x20
  return (letter >= 0x61 && letter <= 0x7a && byte < 0x80) || byte === 0x2d || byte === 0x2e || byte === 0x5f || byte === 0x7e
}
