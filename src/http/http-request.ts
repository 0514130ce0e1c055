import type { HeaderList } from './header-list.js'

/** A request as it arrived, without its body. Nothing is decoded and nothing normalised: signatures are over these very bytes. */
export interface HttpRequest {
  /** In capitals, as sent. */
  readonly method: string
  /** Path and query as on the request line, in origin form: `/photos/a%20b.jpg?versionId=1`. */
  readonly target: string
  readonly headers: HeaderList
}

/** Characters of a request target past which nothing of it is read. Keys have up to 1,024 bytes, of which each may take three characters; session tokens take most of the rest. */
export const MAX_TARGET = 16_384

/** The path of a request target: what comes before the first `?`. */
export function pathOf(target: string): string {
  const mark = target.indexOf('?')
  return mark < 0 ? target : target.slice(0, mark)
}

/** The query of a request target without its `?`; empty if there is none. */
export function queryOf(target: string): string {
  const mark = target.indexOf('?')
  return mark < 0 ? '' : target.slice(mark + 1)
}
