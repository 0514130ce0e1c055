import { decodePercent } from './percent.js'

export interface QueryParameter {
  /** Decoded. */
  readonly name: string
  /** Decoded; empty where there is none. */
  readonly value: string
}

/** Parameters past this number make a query unreadable. The longest query of an S3 operation has about a dozen. */
export const MAX_QUERY_PARAMETERS = 200

/** The parameters of a query, in order, decoded: `+` is a space, as S3 and its peers read queries. Names are case-sensitive. */
export class Query {
  private constructor(readonly parameters: readonly QueryParameter[]) {}

  /** @param text without the `?`. Undefined where it is no UTF-8, wrongly encoded, or has too many parameters. */
  static parse(text: string): Query | undefined {
    if (text === '') return EMPTY
    const parameters: QueryParameter[] = []
    for (let from = 0; from <= text.length; ) {
      const end = endOf(text, '&', from)
      if (end > from) {
        const equals = text.indexOf('=', from)
        const nameEnd = equals < 0 || equals > end ? end : equals
        const name = decode(text, from, nameEnd)
        const value = nameEnd === end ? '' : decode(text, nameEnd + 1, end)
        if (name === undefined || value === undefined || parameters.length === MAX_QUERY_PARAMETERS) return undefined
        parameters.push({ name, value })
      }
      from = end + 1
    }
    return new Query(parameters)
  }

  static readonly none: Query = new Query([])

  /** The first value of a parameter; undefined if there is none. */
  get(name: string): string | undefined {
    for (const parameter of this.parameters) if (parameter.name === name) return parameter.value
    return undefined
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }
}

const EMPTY = Query.none

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? text.length : at
}

/** Most names and values stand for themselves, and are cut out as they are. */
function decode(text: string, from: number, end: number): string | undefined {
  for (let i = from; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code === PERCENT || code === PLUS || code <= 0x20 || code >= 0x7f)
      return decodePercent(text.slice(from, end).replaceAll('+', '%20'))
  }
  return text.slice(from, end)
}

const PERCENT = 0x25
const PLUS = 0x2b
