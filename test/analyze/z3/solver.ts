import { type Context, init, killThreads } from 'z3-solver'
import { type ModelValue, readValue } from './model-values.js'
import type { RequestSpace } from './request-space.js'
import { not, or, type Term } from './terms.js'
import { abstractTexts, groupAtoms, type TextAtom } from './text-atoms.js'

/** What Z3 says of a question, with the values of its constants where they can exist. */
export type Answer = { readonly kind: 'sat'; readonly model: ReadonlyMap<string, ModelValue> } | { readonly kind: 'unsat' | 'unknown' }

export interface Z3 {
  /** Whether a request of the space exists for which the term holds. @param timeout in milliseconds */
  solve(space: RequestSpace, question: Term, timeout: number): Promise<Answer>
  /** Ends the threads that would keep the process alive. */
  close(): Promise<void>
}

export async function startZ3(): Promise<Z3> {
  const { Context, em } = await init()
  const search = new Search(Context('main'))
  return {
    solve: (space, question, timeout) => search.solve(space, question, performance.now() + timeout),
    close: () => killThreads(em),
  }
}

/**
 * Z3 gives up soon on many questions about texts in one formula. So it first answers the formula with a constant for each of these
 * questions, then whether texts exist that answer them so, one text at a time. If not, it is told and asked again.
 */
class Search {
  /** Questions about texts that cannot all be answered by yes; they hold for every pair. */
  private readonly conflicts = new Map<string, readonly Term[]>()
  private readonly answers = new Map<string, Answer>()

  constructor(private readonly context: Context<'main'>) {}

  async solve(space: RequestSpace, question: Term, deadline: number): Promise<Answer> {
    const texts = space.texts()
    const { terms, atoms } = abstractTexts([...space.constraints, question], texts)
    const declarations = [...space.declarations.map(({ text }) => text), ...atoms.map(({ id }) => `(declare-const ${id} Bool)`)].join('\n')
    const solver = new this.context.Solver()
    const tell = (told: readonly Term[]) => solver.fromString(told.map((term) => `(assert ${term})`).join('\n'))
    try {
      solver.fromString(declarations)
      tell([...terms, ...this.knownConflicts(atoms)])
      for (;;) {
        const answer = await this.check(solver, deadline)
        if (answer.kind !== 'sat') return answer
        const found = await this.findTexts(space, atoms, answer.model, deadline)
        if (Array.isArray(found)) tell(found)
        else return found.kind === 'sat' ? { kind: 'sat', model: new Map([...answer.model, ...found.model]) } : found
      }
    } finally {
      solver.release()
    }
  }

  /** Texts that answer the atoms as the model does, or what cannot hold. */
  private async findTexts(
    space: RequestSpace,
    atoms: readonly TextAtom[],
    model: ReadonlyMap<string, ModelValue>,
    deadline: number,
  ): Promise<Answer | Term[]> {
    const found = new Map<string, ModelValue>()
    const lessons: Term[] = []
    for (const group of groupAtoms(atoms.filter(({ id }) => model.has(id)))) {
      const literals = group.map(({ id, term }) => (model.get(id) === true ? term : not(term)))
      const declarations = space.declarations.flatMap(({ name, text }) => (group.some(({ texts }) => texts.includes(name)) ? [text] : []))
      const answer = await this.askTexts(declarations, literals, deadline)
      if (answer.kind === 'unknown') return answer
      if (answer.kind === 'sat') for (const [name, value] of answer.model) found.set(name, value)
      else lessons.push(this.lesson(atoms, await this.smallest(declarations, literals, deadline)))
    }
    return lessons.length > 0 ? lessons : { kind: 'sat', model: found }
  }

  private async askTexts(declarations: readonly string[], literals: readonly Term[], deadline: number): Promise<Answer> {
    const script = [...declarations, ...literals.map((term) => `(assert ${term})`)].join('\n')
    const known = this.answers.get(script)
    if (known !== undefined) return known
    const answer = await this.checkScript(script, deadline)
    if (answer.kind !== 'unknown') this.answers.set(script, answer)
    return answer
  }

  private async checkScript(script: string, deadline: number): Promise<Answer> {
    const solver = new this.context.Solver()
    solver.fromString(script)
    const answer = await this.check(solver, deadline)
    solver.release()
    return answer
  }

  /** A part of the literals that cannot hold together either, as small as leaving them out one by one makes it. */
  private async smallest(declarations: readonly string[], literals: readonly Term[], deadline: number): Promise<readonly Term[]> {
    let rest = literals
    for (const literal of literals) {
      const without = rest.filter((other) => other !== literal)
      const answer = await this.askTexts(declarations, without, Math.min(deadline, performance.now() + 300))
      if (answer.kind === 'unsat') rest = without
    }
    this.conflicts.set([...rest].sort().join(' '), rest)
    return rest
  }

  private lesson(atoms: readonly TextAtom[], literals: readonly Term[]): Term {
    const ids = new Map(atoms.flatMap(({ id, term }) => [[term, not(id)] as const, [not(term), id] as const]))
    return or(...literals.map((literal) => ids.get(literal) ?? 'false'))
  }

  private knownConflicts(atoms: readonly TextAtom[]): readonly Term[] {
    const terms = new Set(atoms.flatMap(({ term }) => [term, not(term)]))
    return [...this.conflicts.values()]
      .filter((literals) => literals.every((literal) => terms.has(literal)))
      .map((literals) => this.lesson(atoms, literals))
  }

  private async check(solver: InstanceType<Context<'main'>['Solver']>, deadline: number): Promise<Answer> {
    const left = Math.ceil(deadline - performance.now())
    if (left <= 0) return { kind: 'unknown' }
    solver.set('timeout', left)
    const kind = await solver.check()
    if (kind !== 'sat') return { kind }
    const model = solver.model()
    const values = new Map<string, ModelValue>()
    for (const declaration of model.decls()) {
      const value = model.get(declaration)
      // Only constants are declared, so that there are no functions.
      if (this.context.isExpr(value)) values.set(`${declaration.name()}`, readValue(value.sexpr()))
    }
    return { kind, model: values }
  }
}
