/** A term of SMT-LIB, as its text. */
export type Term = string

/** A policy that the translation does not cover, and why: it is skipped and counted, never guessed at. */
export class OutsideFragment extends Error {
  constructor(readonly reason: string) {
    super(reason)
  }
}

export function and(...terms: readonly Term[]): Term {
  if (terms.includes('false')) return 'false'
  const rest = [...new Set(terms)].filter((term) => term !== 'true')
  return rest.length < 2 ? (rest[0] ?? 'true') : `(and ${rest.join(' ')})`
}

export function or(...terms: readonly Term[]): Term {
  return not(and(...terms.map(not)))
}

export function not(term: Term): Term {
  if (term === 'true') return 'false'
  if (term === 'false') return 'true'
  return term.startsWith('(not ') ? term.slice('(not '.length, -1) : `(not ${term})`
}

export function implies(condition: Term, consequence: Term): Term {
  return or(not(condition), consequence)
}

export function ite(condition: Term, yes: Term, no: Term): Term {
  if (condition === 'true' || yes === no) return yes
  return condition === 'false' ? no : `(ite ${condition} ${yes} ${no})`
}

export const equal = (left: Term, right: Term): Term => `(= ${left} ${right})`

/** Z3's characters end here, below the end of Unicode. */
const LAST_CHARACTER = 0x2ffff

/** The text as a string literal; everything but plain ASCII is escaped. */
export function literal(text: string): Term {
  const characters = Array.from(text, (character) => {
    const code = character.codePointAt(0) as number
    if (code > LAST_CHARACTER || (code >= 0xd800 && code < 0xe000)) throw new OutsideFragment('a character that Z3 does not have')
    if (character === '"') return '""'
    return code < 0x20 || code > 0x7e || character === '\\' ? `\\u{${code.toString(16)}}` : character
  })
  return `"${characters.join('')}"`
}

/** A whole number; SMT-LIB has no negative literals. */
export const integer = (value: bigint): Term => (value < 0n ? `(- ${-value})` : `${value}`)
