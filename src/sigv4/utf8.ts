/** A text as one character a byte of its UTF-8. A lone surrogate becomes U+FFFD, as `TextEncoder` has it. */
export function utf8Text(text: string): string {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return encodeFrom(text, i)
  return text
}

/** A text's UTF-8. */
export function utf8Bytes(text: string): Uint8Array {
  const encoded = utf8Text(text)
  const bytes = new Uint8Array(encoded.length)
  for (let i = 0; i < encoded.length; i++) bytes[i] = encoded.charCodeAt(i)
  return bytes
}

function encodeFrom(text: string, from: number): string {
  let encoded = text.slice(0, from)
  for (let i = from; i < text.length; i++) {
    const code = text.codePointAt(i) as number
    if (code > 0xffff) i++
    encoded += encodeOne(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code)
  }
  return encoded
}

function encodeOne(code: number): string {
  if (code < 0x80) return String.fromCharCode(code)
  const last = 0x80 | (code & 0x3f)
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), last)
  const middle = 0x80 | ((code >> 6) & 0x3f)
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), middle, last)
  return String.fromCharCode(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), middle, last)
}
