/**
 * Undoes percent-encoding once. Undefined if a `%` is not followed by two hexadecimal digits, if the bytes are not UTF-8, or if the text
 * has a character that a request target cannot carry (one outside ASCII, or a control character).
 */
export function decodePercent(text: string): string | undefined {
  let isEncoded = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code <= 0x20 || code >= 0x7f) return undefined
    if (code === PERCENT) isEncoded = true
  }
  if (!isEncoded) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

const PERCENT = 0x25
