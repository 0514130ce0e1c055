/**
 * A header's value as text: its bytes read as UTF-8. Undefined if they are none. Most values are ASCII and are given back as they are.
 * @param value one character a byte
 */
export function decodeHeader(value: string): string | undefined {
  let isAscii = true
  for (let i = 0; i < value.length && isAscii; i++) isAscii = value.charCodeAt(i) < 0x80
  if (isAscii) return value
  let encoded = ''
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code > 0xff) return undefined
    encoded += `%${code.toString(16).padStart(2, '0')}`
  }
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}
