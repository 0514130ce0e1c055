import { foldSimple } from '../match/case.js'
import { caseVariants } from './case-variants.js'
import type { Language, Token } from './language.js'

/** The state in which nothing more can match. */
export const DEAD = 0

interface State {
  /** Places in the program, ascending. */
  readonly places: readonly number[]
  readonly accepts: boolean
  /** Code points that lead elsewhere than all others do. */
  readonly letters: readonly number[]
  /** Whether all other code points lead nowhere. */
  readonly isBound: boolean
  /** Whether whatever follows is accepted. */
  readonly isSettled: boolean
  readonly next: Map<number, number>
}

type Place = Token | 'end'

/**
 * Reads a text letter by letter and knows after each whether it is in the language so far. States are made when they are first
 * reached: most patterns are never read to their end.
 */
export class Automaton {
  private readonly program: Place[] = []
  /** For each place, where its pattern begins. */
  private readonly starts: number[] = []
  private readonly states: State[] = []
  private readonly known = new Map<string, number>()
  readonly start: number

  constructor(language: Language) {
    const first: number[] = []
    for (const tokens of language) {
      const at = this.program.length
      first.push(at)
      for (const place of [...tokens, 'end'] as const) {
        this.program.push(place)
        this.starts.push(at)
      }
    }
    this.stateOf([])
    this.start = this.stateOf(first)
  }

  accepts(state: number): boolean {
    return this.state(state).accepts
  }

  letters(state: number): readonly number[] {
    return this.state(state).letters
  }

  /** Whether only the state's letters lead anywhere. */
  isBound(state: number): boolean {
    return this.state(state).isBound
  }

  /** Whether every continuation is accepted. */
  isSettled(state: number): boolean {
    return this.state(state).isSettled
  }

  /** Where a code point leads. All that are none of the state's letters lead to the same. */
  step(from: number, code: number): number {
    const state = this.state(from)
    const known = state.next.get(code)
    if (known !== undefined) return known
    const to = this.stateOf(state.places.flatMap((place) => this.after(place, code)))
    state.next.set(code, to)
    return to
  }

  /** Where a whole text leads. */
  run(from: number, text: string): number {
    let state = from
    for (const letter of text) state = this.step(state, letter.codePointAt(0) as number)
    return state
  }

  private after(place: number, code: number): readonly number[] {
    const token = this.program[place] as Place
    if (token === 'end') return []
    if (token.kind === 'letter') return (token.folded ? foldedCode(code) : code) === token.code ? [place + 1] : []
    if (token.except.includes(code)) return []
    return [token.kind === 'one' ? place + 1 : place]
  }

  private state(state: number): State {
    return this.states[state] as State
  }

  private stateOf(reached: readonly number[]): number {
    const places = this.normalise(reached)
    const key = places.join(' ')
    const known = this.known.get(key)
    if (known !== undefined) return known
    const tokens = places.map((place) => this.program[place] as Place)
    this.states.push({
      places,
      accepts: tokens.includes('end'),
      letters: lettersOf(tokens),
      isBound: tokens.every((token) => token === 'end' || token.kind === 'letter'),
      isSettled: places.some((place) => this.takesAnything(place) && this.program[place + 1] === 'end'),
      next: new Map(),
    })
    this.known.set(key, this.states.length - 1)
    return this.states.length - 1
  }

  /** With the places after stars, and without those that a later star of the same pattern makes superfluous. */
  private normalise(reached: readonly number[]): readonly number[] {
    const places = new Set<number>()
    for (let place of reached) {
      places.add(place)
      for (let token = this.program[place]; token !== 'end' && token?.kind === 'many'; token = this.program[place]) places.add(++place)
    }
    const ordered = [...places].sort((a, b) => a - b)
    const lastStar = new Map<number, number>()
    for (const place of ordered) if (this.takesAnything(place)) lastStar.set(this.starts[place] as number, place)
    return ordered.filter((place) => place >= (lastStar.get(this.starts[place] as number) ?? 0))
  }

  private takesAnything(place: number): boolean {
    const token = this.program[place] as Place
    return token !== 'end' && token.kind === 'many' && token.except.length === 0
  }
}

function lettersOf(tokens: readonly Place[]): readonly number[] {
  const letters = new Set<number>()
  for (const token of tokens) {
    if (token === 'end') continue
    if (token.kind !== 'letter') for (const code of token.except) letters.add(code)
    else if (token.folded) for (const code of caseVariants(token.code)) letters.add(code)
    else letters.add(token.code)
  }
  return [...letters]
}

function foldedCode(code: number): number {
  return foldSimple(String.fromCodePoint(code)).codePointAt(0) as number
}
