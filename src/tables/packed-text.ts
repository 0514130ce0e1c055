/**
 * A text in words: [2 × code units + whether one is wider than a byte, units...]. Four units to a word, or two wide ones, from the
 * lowest bits on. Texts in words need no string of their own for each of a million names, and threads share them.
 */

/** As many as `apply` takes without ado. */
const MOST_UNITS = 4096
const BYTES = 4
const WIDE = 2

/** Writes a text, word by word. */
export function packText(text: string, push: (word: number) => void): void {
  const isWide = !isNarrow(text)
  const perWord = isWide ? WIDE : BYTES
  const bits = 32 / perWord
  push(2 * text.length + Number(isWide))
  for (let i = 0; i < text.length; i += perWord) {
    let word = 0
    for (let unit = 0; unit < perWord && i + unit < text.length; unit++) word |= text.charCodeAt(i + unit) << (unit * bits)
    push(word)
  }
}

function isNarrow(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return false
  return true
}

/** The place after a text. */
export function afterText(words: Int32Array, at: number): number {
  const shape = words[at] as number
  const units = shape >>> 1
  return at + 1 + ((shape & 1) === 0 ? (units + BYTES - 1) >>> 2 : (units + WIDE - 1) >>> 1)
}

/** How many code units a text has. */
export function lengthOfText(words: Int32Array, at: number): number {
  return (words[at] as number) >>> 1
}

/** A text as a string, in one piece. */
export function readText(words: Int32Array, at: number): string {
  const length = lengthOfText(words, at)
  let text = ''
  for (let from = 0; from < length; from += MOST_UNITS) {
    const units = new Array<number>(Math.min(MOST_UNITS, length - from))
    for (let i = 0; i < units.length; i++) units[i] = unitAt(words, at, from + i)
    text += String.fromCharCode.apply(undefined, units)
  }
  return text
}

/** A code unit of a text. */
export function unitAt(words: Int32Array, at: number, index: number): number {
  return ((words[at] as number) & 1) === 0
    ? ((words[at + 1 + (index >>> 2)] as number) >>> ((index & 3) << 3)) & 0xff
    : ((words[at + 1 + (index >>> 1)] as number) >>> ((index & 1) << 4)) & 0xffff
}

/** Whether two texts are the same. */
export function sameText(words: Int32Array, a: number, b: number): boolean {
  const size = afterText(words, a) - a
  for (let i = 0; i < size; i++) if (words[a + i] !== words[b + i]) return false
  return true
}

/** Whether a string is the text. Plain twin: `===` with readText. */
export function equalsText(words: Int32Array, at: number, text: string): boolean {
  return lengthOfText(words, at) === text.length && startsWithText(words, at, text, 0)
}

/** Whether a string has the text from a code unit on. Plain twin: `startsWith` with readText. */
export function startsWithText(words: Int32Array, at: number, text: string, from: number): boolean {
  const shape = words[at] as number
  const units = shape >>> 1
  const to = from + units
  if (to > text.length) return false
  if ((shape & 1) !== 0) return startsWithUnits(words, at, units, text, from)
  const whole = from + (units & ~3)
  let word = at + 1
  let wide = 0
  for (let i = from; i < whole; i += 4, word++) {
    const a = text.charCodeAt(i)
    const b = text.charCodeAt(i + 1)
    const c = text.charCodeAt(i + 2)
    const d = text.charCodeAt(i + 3)
    // A wide unit would spill into the bits of the next: it is noticed at the end.
    wide |= a | b | c | d
    if ((a | (b << 8) | (c << 16) | (d << 24)) !== words[word]) return false
  }
  if (wide > 0xff) return false
  let last = words[word] as number
  for (let i = whole; i < to; i++, last >>>= 8) {
    if (text.charCodeAt(i) !== (last & 0xff)) return false
  }
  return true
}

function startsWithUnits(words: Int32Array, at: number, units: number, text: string, from: number): boolean {
  for (let i = 0; i < units; i++) {
    if (text.charCodeAt(from + i) !== unitAt(words, at, i)) return false
  }
  return true
}
