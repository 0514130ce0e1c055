/**
 * Where the shards of a table are: 2 ^ bits places, in pages, so that a change copies one page and the list of pages. One list of 8,192 places
 * would be 64 KB of garbage for each change of a key.
 */
export type Directory<S> = readonly (readonly S[])[]

export const PAGE_BITS = 7
const PAGE = 1 << PAGE_BITS

/** The directory of so many places, a power of two. */
export function directoryOf<S>(places: readonly S[]): Directory<S> {
  return Array.from({ length: Math.ceil(places.length / PAGE) }, (_, page) => places.slice(page * PAGE, (page + 1) * PAGE))
}

/** A directory that is being changed; the one it was made of stays as it is. */
export class DirectoryDraft<S> {
  private readonly copied = new Set<number>()

  constructor(private pages: (readonly S[])[]) {}

  at(place: number): S {
    return this.pages[place >>> PAGE_BITS]?.[place & (PAGE - 1)] as S
  }

  set(place: number, shard: S): void {
    const page = place >>> PAGE_BITS
    if (!this.copied.has(page)) this.pages[page] = [...(this.pages[page] ?? [])]
    this.copied.add(page)
    ;(this.pages[page] as S[])[place & (PAGE - 1)] = shard
  }

  /** Gives the directory so many more places; each shard stands at more. */
  widen(from: number, to: number): void {
    this.pages = directoryOf(Array.from({ length: to }, (_, place) => this.at(place & (from - 1)))).slice()
  }

  finish(): Directory<S> {
    return this.pages
  }
}
