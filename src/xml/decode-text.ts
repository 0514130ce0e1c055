import { isXmlCharacter } from './character.js'

/** The text of a document: UTF-8, with or without byte order mark. Undefined if it is not, or has a character that XML 1.0 does not. UTF-16 is not read. */
export function decodeText(bytes: Uint8Array): string | undefined {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    // The halves of a pair are fine: bytes that are UTF-8 have no lone ones.
    if (!isXmlCharacter(code) && (code < 0xd800 || code > 0xdfff)) return undefined
  }
  return text
}
