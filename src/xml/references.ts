import { isXmlCharacter } from './character.js'

/**
 * Replaces `&lt;`, `&#32;` and `&#x20;` by what they stand for, once: `&amp;lt;` is `&lt;`. Undefined if a `&` starts none of XML's five
 * named references, nor that of a character which XML has.
 */
export function decodeReferences(text: string): string | undefined {
  let at = text.indexOf('&')
  if (at < 0) return text
  let decoded = ''
  let from = 0
  while (at >= 0) {
    const name = referenceAt(text, at)
    const character = name === undefined ? undefined : (namedReferences.get(name) ?? numbered(name))
    if (name === undefined || character === undefined) return undefined
    decoded += text.slice(from, at) + character
    from = at + name.length + 2
    at = text.indexOf('&', from)
  }
  return decoded + text.slice(from)
}

const namedReferences = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])

/** `&#x0010FFFF;` without `&` and `;`; nobody needs longer ones, and the bound keeps a `&` without end from being searched to the document's end. */
const MAX_REFERENCE = 10

function referenceAt(text: string, at: number): string | undefined {
  const window = text.slice(at + 1, at + 2 + MAX_REFERENCE)
  const end = window.indexOf(';')
  return end < 0 ? undefined : window.slice(0, end)
}

function numbered(name: string): string | undefined {
  if (!name.startsWith('#')) return undefined
  const isHexadecimal = name.startsWith('#x')
  const digits = name.slice(isHexadecimal ? 2 : 1)
  const codePoint = numberOf(digits, isHexadecimal ? 16 : 10)
  return codePoint !== undefined && isXmlCharacter(codePoint) ? String.fromCodePoint(codePoint) : undefined
}

function numberOf(digits: string, base: number): number | undefined {
  let number = 0
  for (const digit of digits) {
    const value = '0123456789abcdef'.indexOf(digit.toLowerCase())
    if (value < 0 || value >= base) return undefined
    number = number * base + value
  }
  return digits === '' ? undefined : number
}
