import { Automaton, DEAD } from './automaton.js'
import type { Language } from './language.js'

/** A text that stands for all that lie in exactly these languages, by their places in the list. */
export interface Representative {
  readonly text: string
  readonly within: readonly number[]
}

export interface Exploration {
  readonly representatives: readonly Representative[]
  /** Whether every text of the domain is like one of them. */
  readonly isComplete: boolean
}

export interface ExploreOptions {
  /** Texts to take rather than the shortest, where they will do. */
  readonly liked?: readonly string[]
  /** How many steps to make at most. */
  readonly steps: number
  /** Asked for each new representative; true ends the exploration. */
  readonly isEnough?: (representative: Representative) => boolean
}

/** Whether the text is in the language. */
export function contains(language: Language, text: string): boolean {
  const automaton = automatonOf(language)
  return automaton.accepts(automaton.run(automaton.start, text))
}

/** Where all automata are after a text: those that can still match, each with its state. */
interface Node {
  readonly domain: number
  readonly alive: readonly number[]
  readonly text: string
}

/**
 * A text for each way in which texts of the domain lie in some of the languages and not in others, the shortest first: the product of
 * their automata, explored breadth first, as far as it can be reached.
 */
export function explore(domain: Language, languages: readonly Language[], options: ExploreOptions): Exploration {
  return new Explorer(domain, languages, options).run()
}

/** The states that an automaton has made serve every exploration of the same language. */
const automata = new WeakMap<Language, Automaton>()

function automatonOf(language: Language): Automaton {
  const known = automata.get(language)
  if (known !== undefined) return known
  const automaton = new Automaton(language)
  automata.set(language, automaton)
  return automaton
}

class Explorer {
  private readonly domain: Automaton
  private readonly automata: readonly Automaton[]
  private readonly found = new Map<string, Representative>()
  private readonly seen = new Set<string>()
  private enough = false

  constructor(
    domain: Language,
    languages: readonly Language[],
    private readonly options: ExploreOptions,
  ) {
    this.domain = automatonOf(domain)
    this.automata = languages.map(automatonOf)
  }

  run(): Exploration {
    const queue: Node[] = []
    const visit = (node: Node): void => {
      const key = `${node.domain},${node.alive.join(',')}`
      if (this.seen.has(key)) return
      this.seen.add(key)
      this.collect(node)
      queue.push(node)
    }
    for (const text of this.options.liked ?? []) this.collect(this.after(text))
    visit(this.start())
    let steps = this.options.steps
    for (let next = 0; next < queue.length && !this.enough; next++) {
      const node = queue[next] as Node
      if (this.saysNothingNew(node)) continue
      for (const code of this.lettersOf(node)) {
        if (--steps < 0) return { representatives: [...this.found.values()], isComplete: false }
        const following = this.step(node, code)
        if (following.domain !== DEAD) visit(following)
      }
    }
    return { representatives: [...this.found.values()], isComplete: !this.enough }
  }

  /** After the letters with which every text of the domain begins. */
  private start(): Node {
    let text = ''
    let state = this.domain.start
    for (let [letter, ...others] = this.domain.letters(state); this.isForced(state) && letter !== undefined && others.length === 0; ) {
      text += String.fromCodePoint(letter)
      state = this.domain.step(state, letter)
      ;[letter, ...others] = this.domain.letters(state)
    }
    return this.after(text)
  }

  private isForced(state: number): boolean {
    return this.domain.isBound(state) && !this.domain.accepts(state)
  }

  /** Whether whatever follows is in the same languages, and a text for them is known. */
  private saysNothingNew({ alive }: Node): boolean {
    const within: number[] = []
    for (let i = 0; i < alive.length; i += 2) {
      const index = alive[i] as number
      if (!(this.automata[index] as Automaton).isSettled(alive[i + 1] as number)) return false
      within.push(index)
    }
    return this.found.has(within.join(','))
  }

  private after(text: string): Node {
    const alive: number[] = []
    for (const [index, automaton] of this.automata.entries()) {
      const state = automaton.run(automaton.start, text)
      if (state !== DEAD) alive.push(index, state)
    }
    return { domain: this.domain.run(this.domain.start, text), alive, text }
  }

  private step({ domain, alive, text }: Node, code: number): Node {
    const following: number[] = []
    for (let i = 0; i < alive.length; i += 2) {
      const index = alive[i] as number
      const state = (this.automata[index] as Automaton).step(alive[i + 1] as number, code)
      if (state !== DEAD) following.push(index, state)
    }
    return { domain: this.domain.step(domain, code), alive: following, text: text + String.fromCodePoint(code) }
  }

  private collect({ domain, alive, text }: Node): void {
    if (this.enough || !this.domain.accepts(domain)) return
    const within: number[] = []
    for (let i = 0; i < alive.length; i += 2) {
      const index = alive[i] as number
      if ((this.automata[index] as Automaton).accepts(alive[i + 1] as number)) within.push(index)
    }
    const key = within.join(',')
    if (this.found.has(key)) return
    const representative = { text, within }
    this.found.set(key, representative)
    this.enough = this.options.isEnough?.(representative) ?? false
  }

  /** The letters that make a difference here, and one that stands for all others. */
  private lettersOf({ domain, alive }: Node): readonly number[] {
    const letters = new Set(this.domain.letters(domain))
    for (let i = 0; i < alive.length; i += 2) {
      for (const code of (this.automata[alive[i] as number] as Automaton).letters(alive[i + 1] as number)) letters.add(code)
    }
    return this.domain.isBound(domain) ? this.domain.letters(domain) : [...letters, letterOutside(letters)]
  }
}

const PLAIN = 'xyzabcdefghijklmnopqrstuvw0123456789'
const plainLetters = Array.from(PLAIN, (letter) => letter.codePointAt(0) as number)

/** A code point that is none of these, a plain letter if there is one. */
function letterOutside(letters: ReadonlySet<number>): number {
  for (const code of plainLetters) if (!letters.has(code)) return code
  let code = 0x4e00
  while (letters.has(code)) code++
  return code
}
