import type { Term } from './terms.js'

/** A question about texts, `(str.in_re TEXT EXPRESSION)`, and the constant that stands for its answer. */
export interface TextAtom {
  readonly id: string
  readonly term: Term
  /** The unknown texts it is about. */
  readonly texts: readonly string[]
}

const OPENING = '(str.in_re '

/** The terms with a constant in the place of each question about unknown texts; the same question has the same constant. */
export function abstractTexts(
  terms: readonly Term[],
  texts: readonly string[],
): { readonly terms: readonly Term[]; readonly atoms: readonly TextAtom[] } {
  const atoms = new Map<Term, TextAtom>()
  const atomOf = (term: Term): Term => {
    const known = atoms.get(term)
    if (known !== undefined) return known.id
    const subject = term.slice(OPENING.length, endOfExpression(term, OPENING.length)).replace(/"(?:[^"]|"")*"/g, '')
    const words = subject.split(/[\s()]+/)
    const about = texts.filter((text) => words.includes(text))
    if (about.length === 0) return term
    const atom = { id: `atom${atoms.size}`, term, texts: about }
    atoms.set(term, atom)
    return atom.id
  }
  const abstracted = terms.map((term) => {
    let result = ''
    let from = 0
    for (;;) {
      const start = term.indexOf(OPENING, from)
      if (start < 0) return result + term.slice(from)
      const end = endOfExpression(term, start)
      result += term.slice(from, start) + atomOf(term.slice(start, end))
      from = end
    }
  })
  return { terms: abstracted, atoms: [...atoms.values()] }
}

/** Where the expression that starts here ends: a word, a string literal, or what is in brackets. */
function endOfExpression(text: string, start: number): number {
  const token = /"(?:[^"]|"")*"|[()]|[^\s()"]+/g
  token.lastIndex = start
  let depth = 0
  do {
    const [found] = token.exec(text) ?? [')']
    depth += found === '(' ? 1 : found === ')' ? -1 : 0
  } while (depth > 0)
  return token.lastIndex
}

/** Atoms that share a text, directly or through others, belong together. */
export function groupAtoms(atoms: readonly TextAtom[]): readonly (readonly TextAtom[])[] {
  const groups: TextAtom[][] = []
  for (const atom of atoms) {
    const touching = groups.filter((group) => group.some(({ texts }) => texts.some((text) => atom.texts.includes(text))))
    for (const group of touching) groups.splice(groups.indexOf(group), 1)
    groups.push([...touching.flat(), atom])
  }
  return groups
}
