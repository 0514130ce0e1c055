/**
 * The headers of a request as they came, with repeated ones kept apart. Names are looked up in lower case. A value is text in which each
 * character is one byte (0 to 255), which is how Node and `fetch` hand header values over; `decodeHeader` reads it as UTF-8.
 */
export class HeaderList {
  private readonly values = new Map<string, string | string[]>()
  private isAnyRepeated = false

  private constructor() {}

  /** @param pairs names in any spelling, as `Headers`, a Map or a list of pairs gives them */
  static of(pairs: Iterable<readonly [name: string, value: string]>): HeaderList {
    const headers = new HeaderList()
    for (const [name, value] of pairs) headers.add(name, value)
    return headers
  }

  /** @param flat names and values in turn, as Node's `rawHeaders` */
  static ofRaw(flat: readonly string[]): HeaderList {
    const headers = new HeaderList()
    for (let i = 0; i + 1 < flat.length; i += 2) headers.add(flat[i] as string, flat[i + 1] as string)
    return headers
  }

  private add(name: string, value: string): void {
    const key = lowerCase(name)
    const earlier = this.values.get(key)
    if (earlier === undefined) {
      this.values.set(key, value)
      return
    }
    this.isAnyRepeated = true
    if (typeof earlier === 'string') this.values.set(key, [earlier, value])
    else earlier.push(value)
  }

  /** Whether any header came more than once: only then has each to be looked at for that. */
  get hasRepeated(): boolean {
    return this.isAnyRepeated
  }

  /** The value; of a repeated header, none: nobody can tell which one counts. @param name in lower case */
  get(name: string): string | undefined {
    const value = this.values.get(name)
    return typeof value === 'string' ? value : undefined
  }

  /** All values, in order. @param name in lower case */
  all(name: string): readonly string[] {
    const value = this.values.get(name)
    return value === undefined ? [] : typeof value === 'string' ? [value] : value
  }

  /** @param name in lower case */
  has(name: string): boolean {
    return this.values.has(name)
  }

  /** @param name in lower case */
  isRepeated(name: string): boolean {
    return Array.isArray(this.values.get(name))
  }

  /** In lower case, each once, in the order in which they first came. */
  names(): IterableIterator<string> {
    return this.values.keys()
  }
}

/** Most names come in lower case: looking is cheaper than making another text. */
function lowerCase(name: string): string {
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i)
    if ((code >= 0x41 && code <= 0x5a) || code > 0x7f) return name.toLowerCase()
  }
  return name
}
