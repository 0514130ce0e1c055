import { flatText } from '../match/flat-text.js'

/** Strings by number: equal strings are one. */
export class StringPool {
  private readonly numbers = new Map<string, number>()

  numberOf(text: string): number {
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    this.numbers.set(flatText(text), this.numbers.size)
    return this.numbers.size - 1
  }

  get strings(): readonly string[] {
    return [...this.numbers.keys()]
  }
}
