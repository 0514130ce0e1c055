import { decodePercent } from '../http/percent.js'
import { limits } from './limits.js'
import { canonicalParameter } from './percent-encode.js'

/** The parameters of a query in their canonical spelling, in the order in which they came. */
export class CanonicalQuery {
  private constructor(
    readonly names: readonly string[],
    private readonly values: readonly string[],
  ) {}

  static readonly none: CanonicalQuery = new CanonicalQuery([], [])

  /** @param text without the `?`. Undefined where it is wrongly encoded or has too many parameters. */
  static parse(text: string): CanonicalQuery | undefined {
    const names: string[] = []
    const values: string[] = []
    for (let from = 0; from < text.length; ) {
      const ampersand = text.indexOf('&', from)
      const end = ampersand < 0 ? text.length : ampersand
      if (end > from) {
        const equals = text.indexOf('=', from)
        const nameEnd = equals < 0 || equals > end ? end : equals
        const name = canonicalParameter(text.slice(from, nameEnd))
        const value = nameEnd === end ? '' : canonicalParameter(text.slice(nameEnd + 1, end))
        if (name === undefined || value === undefined || names.length === limits.queryParameters) return undefined
        names.push(name)
        values.push(value)
      }
      from = end + 1
    }
    return new CanonicalQuery(names, values)
  }

  /** How often a parameter comes. @param name as it is, without characters that would be encoded */
  count(name: string): number {
    let count = 0
    for (const other of this.names) if (other === name) count++
    return count
  }

  /** The first value of a parameter, decoded; undefined if there is none, or if it is no UTF-8. */
  get(name: string): string | undefined {
    const at = this.names.indexOf(name)
    return at < 0 ? undefined : decodePercent(this.values[at] as string)
  }

  /** The query as signatures have it: sorted by name, then by value. @param without a parameter that is left out */
  text(without?: string): string {
    const order: number[] = []
    let isSorted = true
    for (let i = 0; i < this.names.length; i++) {
      if (this.names[i] === without) continue
      const last = order.at(-1)
      if (last !== undefined && this.compare(last, i) > 0) isSorted = false
      order.push(i)
    }
    if (!isSorted) order.sort((a, b) => this.compare(a, b))
    let text = ''
    for (const i of order) text += `${text === '' ? '' : '&'}${this.names[i]}=${this.values[i]}`
    return text
  }

  /** Names and values are ASCII here, so the order of characters is that of bytes. */
  private compare(a: number, b: number): number {
    return order(this.names[a] as string, this.names[b] as string) || order(this.values[a] as string, this.values[b] as string)
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
