import type { PolicyProgram } from './policy-program.js'
import type { Registers } from './registers.js'
import { ABSENT, loadVariable, NOT_KNOWN, ONE } from './values.js'

/**
 * Whether every variable of the list has a value: ONE. A text with a variable that is unset equals nothing, ABSENT, whatever else stands in
 * it; else one that is not known makes it NOT_KNOWN.
 */
export function statusOfVariables(p: PolicyProgram, r: Registers, variables: number): number {
  let status = ONE
  const { words } = p
  for (let i = words[variables] as number, at = variables + 1; i > 0; i--, at += 2) {
    const count = loadVariable(p, r, words[at] as number, words[at + 1] as number)
    if (count === ABSENT) return ABSENT
    if (count === NOT_KNOWN) status = NOT_KNOWN
  }
  return status
}
