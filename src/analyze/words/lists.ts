import type { Term } from '../regions/term.js'

/** `a`, `a and b`, `a, b and c`. */
export function listOf(items: readonly string[], word: 'and' | 'or'): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`
}

/** Text of a policy or a request, set off from the words around it. What could break out of the quotes is escaped, and so are characters that show as nothing. */
export function quoted(text: string): string {
  if (text === '') return 'the empty text'
  return `\`${Array.from(text, spell).join('')}\``
}

function spell(letter: string): string {
  const code = letter.codePointAt(0) as number
  const isHidden =
    code < 0x20 ||
    (code >= 0x7f && code <= 0xa0) ||
    code === 0xad ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff
  return letter === '`' || isHidden ? `\\u{${code.toString(16)}}` : letter
}

/** A term in words: what must be, and what is left out. @param all what is said where nothing must be */
export function termInWords<Label>({ only, except }: Term<Label>, all: string, labelInWords: (label: Label) => string): string {
  const what = only.length === 0 ? all : only.map(labelInWords).join(' that is also ')
  return except.length === 0 ? what : `${what} except ${listOf(except.map(labelInWords), 'and')}`
}
