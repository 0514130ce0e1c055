import * as layout from './layout.js'
import { matchesPattern } from './pattern.js'
import type { PolicyProgram } from './policy-program.js'
import type { Registers } from './registers.js'
import { FALSE, not, TRUE, type TruthNumber, truthOf, UNSURE } from './truth.js'
import { ABSENT, NOT_KNOWN } from './values.js'
import { statusOfVariables } from './variables.js'

/** What is left of the resource to be matched: docs/semantics.md, S6 and S7. @param at how much of the key the way here has matched */
export function testResource(p: PolicyProgram, r: Registers, test: number, at: number): TruthNumber {
  return testOrUnset(p, r, test, at, FALSE)
}

/** @param unset what a text is whose variable has no value: it names nothing, but in NotResource nobody can tell what it would spare */
function testOrUnset(p: PolicyProgram, r: Registers, test: number, at: number, unset: TruthNumber): TruthNumber {
  const { words } = p
  switch (words[test]) {
    case layout.TEST_PATTERN:
      return truthOf(matchesPattern(p, r, words[test + 1] as number, r.key, at, r.key.length))
    case layout.TEST_TEMPLATE: {
      const status = statusOfVariables(p, r, words[test + 2] as number)
      if (status === ABSENT) return unset
      return status === NOT_KNOWN ? UNSURE : truthOf(matchesTemplate(p, r, test, at))
    }
    case layout.TEST_NONE_OF:
      return not(testAny(p, r, test))
    default:
      return UNSURE
  }
}

function matchesTemplate(p: PolicyProgram, r: Registers, test: number, at: number): boolean {
  const { words } = p
  const whole = words[test + 1] === layout.SUBJECT_RESOURCE
  // The only resources that are put together here: those whose bucket stands behind a variable or in a wildcard before one.
  const text = whole ? resourceOf(r) : r.key
  for (let i = 0; i < (words[test + 3] as number); i++) {
    if (matchesPattern(p, r, words[test + 4 + i] as number, text, whole ? 0 : at, text.length)) return true
  }
  return false
}

function resourceOf({ request, key }: Registers): string {
  const bucket = request?.bucket ?? ''
  return key === '' ? bucket : `${bucket}/${key}`
}

function testAny(p: PolicyProgram, r: Registers, test: number): TruthNumber {
  const { words } = p
  let result: TruthNumber = FALSE
  for (let i = 0; i < (words[test + 1] as number); i++) {
    const truth = testOrUnset(p, r, words[test + 2 + i] as number, 0, UNSURE)
    if (truth === TRUE) return TRUE
    if (truth === UNSURE) result = UNSURE
  }
  return result
}
