import type { Term } from './terms.js'

/** The unknowns of a request, and what holds for all of them. Grows as the policies ask for condition keys. */
export class RequestSpace {
  readonly declarations: { readonly name: string; readonly sort: string; readonly text: string }[] = []
  readonly constraints: Term[] = []
  /** The names that stand for the condition keys, by key. */
  readonly keys = new Map<string, string>()

  /** @param bucket the one that all requests are for, if there is one */
  constructor(readonly bucket: string | undefined) {}

  declare(name: string, sort: string): Term {
    this.declarations.push({ name, sort, text: `(declare-const ${name} ${sort})` })
    return name
  }

  require(term: Term): void {
    if (term !== 'true') this.constraints.push(term)
  }

  /** The unknowns that are texts. */
  texts(): readonly string[] {
    return this.declarations.flatMap(({ name, sort }) => (sort === 'String' ? [name] : []))
  }
}
