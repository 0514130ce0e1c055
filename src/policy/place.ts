import type { Location } from './diagnostic.js'
import type { JsonPath } from './json-path.js'
import { type LineTable, type Span, spanAt } from './position.js'
import type { Extent } from './positioned-value.js'
import { pathOf, type Trail } from './trail.js'

/**
 * A location that is worked out when somebody asks for it. A policy has one for each of its texts, of which few are ever shown: made at
 * once, they are two thirds of the policy's memory.
 */
export class Place implements Location {
  readonly #lines: LineTable
  readonly #start: number
  readonly #end: number
  readonly #trail: Trail

  constructor(lines: LineTable, { start, end }: Extent, trail: Trail) {
    this.#lines = lines
    this.#start = start
    this.#end = end
    this.#trail = trail
  }

  get path(): JsonPath {
    return pathOf(this.#trail)
  }

  get span(): Span {
    return spanAt(this.#lines, this.#start, this.#end)
  }

  toJSON(): Location {
    return { path: this.path, span: this.span }
  }
}
