const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * Whether the text is base64 in the one spelling an encoder produces: padded, nothing between, no stray bits at the end.
 * Two such texts stand for the same bytes exactly if they are equal.
 */
export function isCanonicalBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const length = text.length - padding
  for (let i = 0; i < length; i++) {
    if (!ALPHABET.includes(text[i] as string)) return false
  }
  const unusedBits = padding === 2 ? 0b1111 : padding === 1 ? 0b11 : 0
  return padding === 0 || (ALPHABET.indexOf(text[length - 1] as string) & unusedBits) === 0
}
