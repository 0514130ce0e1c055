import type { ConditionTest } from '../conditions/condition-test.js'
import type { ValueChoice } from './value-choice.js'

export interface SetChoice {
  readonly values: readonly (readonly string[])[]
  readonly incomplete?: string
}

/** More ways than this are not followed. */
const MOST = 400

/**
 * Sets of values for every way in which the conditions can hold together. A set is only known by what each of them makes of it and whether it has
 * one member or more, so adding values to sets that are already known comes to an end. A value may come twice: such a list is no single value.
 */
export function chooseSets({ values: members, incomplete }: ValueChoice, tests: readonly ConditionTest[]): SetChoice {
  const signatures = new Set<string>()
  const sets: (readonly string[])[] = []
  const add = (set: readonly string[]): void => {
    const signature = [set.length > 1, ...tests.map(({ truthOf }) => truthOf(set))].join()
    if (signatures.has(signature)) return
    signatures.add(signature)
    sets.push(set)
  }
  for (const member of members) add([member])
  for (let next = 0; next < sets.length && sets.length < MOST; next++) {
    const set = sets[next] as readonly string[]
    for (const member of members) add([...set, member])
  }
  const tooMany = sets.length < MOST ? incomplete : 'there are too many sets of values'
  return { values: sets, ...(tooMany !== undefined && { incomplete: tooMany }) }
}
