const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Bytes in base64, padded. */
export function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += digit(group >> 18) + digit(group >> 12)
    text += i + 1 < bytes.length ? digit(group >> 6) : '='
    text += i + 2 < bytes.length ? digit(group) : '='
  }
  return text
}

/**
 * The bytes of a base64 text, as one character a byte. Line ends between the digits are passed over: tools such as openssl put them there.
 * Undefined for anything else, wrong padding included.
 */
export function decodeBase64(text: string): string | undefined {
  let decoded = ''
  let bits = 0
  let bitCount = 0
  let digits = 0
  let padding = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string
    if (char === '\n' || char === '\r') continue
    digits++
    if (char === '=') {
      padding++
      continue
    }
    const value = ALPHABET.indexOf(char)
    if (value < 0 || padding > 0) return undefined
    bits = ((bits << 6) | value) & 0xffff
    bitCount += 6
    if (bitCount >= 8) {
      bitCount -= 8
      decoded += String.fromCharCode((bits >> bitCount) & 0xff)
    }
  }
  return digits % 4 === 0 && padding <= 2 && padding * 2 === bitCount ? decoded : undefined
}

function digit(bits: number): string {
  return ALPHABET[bits & 0x3f] as string
}
