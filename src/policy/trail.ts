import { type JsonPath, stepTo } from './json-path.js'

/** The way to a value, as a chain of steps from a whole path on: values share the way to what holds them. */
export type Trail = JsonPath | Step

export interface Step {
  readonly above: Trail
  readonly name: string | number
}

/** The whole way. */
export function pathOf(trail: Trail): JsonPath {
  return 'above' in trail ? stepTo(pathOf(trail.above), trail.name) : trail
}
