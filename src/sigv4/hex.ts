const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Bytes in lower-case hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i++) text += PAIRS[bytes[i] as number]
  return text
}

/** Whether the text is a SHA-256 in lower-case hexadecimal. */
export function isHexDigest(text: string): boolean {
  if (text.length !== 64) return false
  for (let i = 0; i < 64; i++) if (nibble(text.charCodeAt(i)) < 0) return false
  return true
}

/**
 * Whether the text is these bytes in lower-case hexadecimal. The time it takes depends on the length of the text alone, so that nobody can
 * find a signature digit by digit.
 */
export function equalsHex(bytes: Uint8Array, text: string): boolean {
  if (text.length !== bytes.length * 2) return false
  let difference = 0
  for (let i = 0; i < bytes.length; i++) {
    // What is no hexadecimal digit is negative, and differs from every byte.
    difference |= (bytes[i] as number) ^ ((nibble(text.charCodeAt(2 * i)) << 4) | nibble(text.charCodeAt(2 * i + 1)))
  }
  return difference === 0
}

function nibble(code: number): number {
  return (NIBBLES[code & 0xff] as number) | -(code >> 8)
}

const NIBBLES: Int8Array = new Int8Array(256).fill(-1)
for (let i = 0; i < 16; i++) NIBBLES['0123456789abcdef'.charCodeAt(i)] = i
