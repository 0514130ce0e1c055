import type { Language, Token } from './language.js'

/*
 * Parts of texts that a pattern matches, one for each way in which the pattern can read the text around it: two values that are in the same of
 * these languages lead the pattern to the same places. A part may begin or end inside a star.
 */

/** What can come after so many delimiters; with `any`, after any number of them but none. */
export function partsAfter(tokens: readonly Token[], delimiter: string, count: number | 'any'): Language {
  const parts: (readonly Token[])[] = []
  let [least, most] = [0, 0]
  for (const [place, token] of tokens.entries()) {
    if (!isLetter(token, delimiter) && !mayTake(token, delimiter)) continue
    if (isLetter(token, delimiter)) least++
    most += token.kind === 'many' ? Number.POSITIVE_INFINITY : 1
    if (count === 'any' || (least <= count && count <= most)) parts.push(tokens.slice(token.kind === 'many' ? place : place + 1))
  }
  return parts
}

/** What can come before the first delimiter, or before the end. */
export function partsBefore(tokens: readonly Token[], delimiter: string): Language {
  const first = tokens.findIndex((token) => isLetter(token, delimiter))
  const end = first < 0 ? tokens.length : first
  const inside = tokens.slice(0, end).flatMap((token, place) => (mayTake(token, delimiter) ? place + Number(token.kind === 'many') : []))
  return Array.from(new Set([...inside, end]), (place) => tokens.slice(0, place))
}

/** What can come after the last delimiter, of texts that have one. */
export function lastParts(tokens: readonly Token[], delimiter: string): Language {
  return partsAfter(tokens, delimiter, 'any').filter((part) => !part.some((token) => isLetter(token, delimiter)))
}

function isLetter(token: Token, delimiter: string): boolean {
  return token.kind === 'letter' && token.code === delimiter.codePointAt(0)
}

function mayTake(token: Token, delimiter: string): boolean {
  return token.kind !== 'letter' && !token.except.includes(delimiter.codePointAt(0) as number)
}
