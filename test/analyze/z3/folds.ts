import { exactly, type Regex, sequence, union } from './regexes.js'

const classes = new Map<string, readonly string[]>()
/** Letters with cases end below it. */
const LAST_CASED = 0x1ffff

/** The characters that are the same under simple case folding, which is what the flags `i` and `u` of a RegExp compare by. */
function foldClass(character: string): readonly string[] {
  const known = classes.get(character)
  if (known !== undefined) return known
  const same = new RegExp(`^\\u{${character.codePointAt(0)?.toString(16)}}$`, 'iu')
  const found = [character]
  for (let code = 0; code <= LAST_CASED; code++) {
    const other = String.fromCodePoint(code)
    if (other !== character && same.test(other)) found.push(other)
  }
  classes.set(character, found)
  return found
}

/** The texts that are equal without regard to case. */
export function ignoringCase(text: string): Regex {
  if (text === '') return exactly('')
  return sequence(...Array.from(text, (character) => union(...foldClass(character).map(exactly))))
}

/** The same for ASCII letters alone. */
export function ignoringAsciiCase(text: string): Regex {
  return sequence(...Array.from(text, (letter) => union(exactly(letter.toLowerCase()), exactly(letter.toUpperCase()))))
}
