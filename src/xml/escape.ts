import { isXmlCharacter } from './character.js'

const references = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
  // Readers make a line feed of a bare one.
  ['\r', '&#13;'],
])

/** Text as content of an element. What XML cannot hold at all (control characters, lone surrogates) becomes U+FFFD, so that every parser reads the document. */
export function escapeText(text: string): string {
  let escaped = ''
  for (const character of text) {
    const isLegal = isXmlCharacter(character.codePointAt(0) as number)
    escaped += isLegal ? (references.get(character) ?? character) : '\ufffd'
  }
  return escaped
}

/** An element with text, or nothing if there is no text to write. @param name one of S3's, never from input */
export function element(name: string, text: string | undefined): string {
  return text === undefined ? '' : `<${name}>${escapeText(text)}</${name}>`
}

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
