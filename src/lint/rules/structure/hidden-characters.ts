/** A character that a reader does not see, or takes for another. */
export interface HiddenCharacter {
  /** `U+200B` */
  readonly name: string
  readonly code: number
  /** What it is: `zero-width character`. */
  readonly kind: string
  /** Whether the text without it is what a reader takes it for. */
  readonly isRemovable: boolean
}

interface Range {
  readonly from: number
  readonly to: number
  readonly kind: string
  readonly isRemovable: boolean
}

/** Source: Unicode 15.1, the general categories Cc, Cf, Zs, Zl and Zp, without the plain space. */
const ranges: readonly Range[] = [
  { from: 0x00, to: 0x1f, kind: 'control character', isRemovable: false },
  { from: 0x7f, to: 0x9f, kind: 'control character', isRemovable: false },
  { from: 0xa0, to: 0xa0, kind: 'no-break space', isRemovable: false },
  { from: 0xad, to: 0xad, kind: 'soft hyphen', isRemovable: true },
  { from: 0x61c, to: 0x61c, kind: 'bidirectional control', isRemovable: true },
  { from: 0x180e, to: 0x180e, kind: 'zero-width character', isRemovable: true },
  { from: 0x2000, to: 0x200a, kind: 'unusual space', isRemovable: false },
  { from: 0x200b, to: 0x200d, kind: 'zero-width character', isRemovable: true },
  { from: 0x200e, to: 0x200f, kind: 'bidirectional control', isRemovable: true },
  { from: 0x2028, to: 0x2029, kind: 'line separator', isRemovable: false },
  { from: 0x202a, to: 0x202e, kind: 'bidirectional control', isRemovable: true },
  { from: 0x202f, to: 0x202f, kind: 'no-break space', isRemovable: false },
  { from: 0x205f, to: 0x205f, kind: 'unusual space', isRemovable: false },
  { from: 0x2060, to: 0x2064, kind: 'zero-width character', isRemovable: true },
  { from: 0x2066, to: 0x2069, kind: 'bidirectional control', isRemovable: true },
  { from: 0x3000, to: 0x3000, kind: 'unusual space', isRemovable: false },
  { from: 0xfeff, to: 0xfeff, kind: 'byte order mark', isRemovable: true },
  { from: 0xe0000, to: 0xe007f, kind: 'tag character', isRemovable: true },
]

/** The hidden characters of a text, in its order. */
export function hiddenCharacters(text: string): readonly HiddenCharacter[] {
  if (isPlain(text)) return []
  const letters = Array.from(text, (letter) => letter.codePointAt(0) as number)
  return letters.flatMap((code, index) => {
    const range = ranges.find(({ from, to }) => from <= code && code <= to)
    if (range === undefined || joinsLetters(code, letters[index - 1], letters[index + 1])) return []
    const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    return [{ name, code, kind: range.kind, isRemovable: range.isRemovable }]
  })
}

/** Whether all characters are letters, digits and signs of ASCII, as nearly always. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 || code > 0x7e) return false
  }
  return true
}

/** Persian, Hindi and emoji are spelled with joiners, so between other characters than ASCII they are letters like any. */
function joinsLetters(code: number, before = 0, after = 0): boolean {
  return (code === 0x200c || code === 0x200d) && before > 0x7f && after > 0x7f
}

/** Whether there is a joiner among letters, which is not to be removed. */
export function holdsJoiners(text: string): boolean {
  const isJoiner = (letter: string) => letter === '\u200c' || letter === '\u200d'
  return Array.from(text).filter(isJoiner).length > hiddenCharacters(text).filter(({ code }) => isJoiner(String.fromCodePoint(code))).length
}
