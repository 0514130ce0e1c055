import { afterText, lengthOfText, startsWithText } from '../tables/packed-text.js'
import { evaluateCondition } from './condition.js'
import * as layout from './layout.js'
import type { LoadedPolicy, PolicyProgram } from './policy-program.js'
import { BY_ACCOUNT, testPrincipal } from './principal-test.js'
import type { Registers } from './registers.js'
import { testResource } from './resource.js'
import { childOf, coversAction, findClass, nodeOf } from './search.js'
import { FALSE, TRUE, type TruthNumber } from './truth.js'
import { ABSENT, isClock, isSettled, keyRow, loadValue, NOT_KNOWN, nameOfKey } from './values.js'

/** A way in which a statement, or a grant, may apply to a request, as far as its caller, action and resource alone decide. */
export interface Candidate {
  /** Reached through the caller's account. */
  readonly byAccount: boolean
  /** What hangs on the request's condition keys. */
  readonly tests: readonly KeyTest[]
}

/** A part of a candidate that reads condition keys. */
export interface KeyTest {
  /** Whether it is as the candidate needs it now. */
  readonly suffices: boolean
  /** The keys it reads whose values a request can bring. */
  readonly keys: readonly string[]
  /** Whether one of them is absent or not known. */
  readonly isOpen: boolean
}

/** The keys that tell the time. Both follow from the request's `time`, so that one never changes without the other. */
export const clock: readonly string[] = ['aws:CurrentTime', 'aws:EpochTime']

/** The candidates among the statements of one effect. Plain and complete where `search.ts` is fast and stops at the first. */
export function candidatesOf(p: LoadedPolicy, r: Registers, effect: number): readonly Candidate[] {
  const found = findClass(p, r, effect)
  if (found === 0) return []
  const everyone = p.words[found + layout.CLASS_EVERYONE] as number
  const own = [everyone, ...Array.from(r.own.subarray(0, r.ownCount), (principal) => nodeOf(p, found, principal))]
  const accounts = Array.from(r.accounts.subarray(0, r.accountCount), (principal) => nodeOf(p, found, principal))
  return [
    ...own.flatMap((node) => candidatesUnder(p, r, node, effect, false)),
    ...accounts.flatMap((node) => candidatesUnder(p, r, node, effect, true)),
  ]
}

function candidatesUnder(p: PolicyProgram, r: Registers, root: number, effect: number, byAccount: boolean): readonly Candidate[] {
  const { words } = p
  const candidates: Candidate[] = []
  let node = root
  let at = 0
  while (node !== 0) {
    const label = node + layout.NODE_LABEL
    if (!startsWithText(words, label, r.key, at)) return candidates
    at += lengthOfText(words, label)
    const rules = afterText(words, label)
    const children = rules + 2 * (words[node + layout.NODE_RULES] as number)
    for (let rule = rules; rule < children; rule += 2) candidates.push(...candidateOf(p, r, rule, at, effect, byAccount))
    node = at < r.key.length ? childOf(words, children, words[node + layout.NODE_CHILDREN] as number, r.key.charCodeAt(at)) : 0
  }
  return candidates
}

/** The candidate of a rule, or none if what hangs on no key fails. */
function candidateOf(p: PolicyProgram, r: Registers, rule: number, at: number, effect: number, byAccount: boolean): readonly Candidate[] {
  const { words } = p
  const rest = words[rule] as number
  const body = words[rule + 1] as number
  if ((rest === layout.REST_END && at !== r.key.length) || !coversAction(words, r, body)) return []
  const test = words[body + layout.BODY_PRINCIPAL] as number
  const whom = test === 0 ? TRUE : testPrincipal(p, r, test)
  if (whom === FALSE || (whom !== TRUE && whom !== BY_ACCOUNT && effect === layout.ALLOW)) return []
  const suffices = (truth: TruthNumber) => (effect === layout.DENY ? truth !== FALSE : truth === TRUE)
  const conditions = Array.from(
    words.subarray(body + layout.BODY_SIZE, body + layout.BODY_SIZE + (words[body + layout.BODY_CONDITIONS] as number)),
    (condition) => keyTest(p, r, suffices(evaluateCondition(p, r, condition)), keysOfCondition(p, condition)),
  )
  const resource = rest > 0 ? [keyTest(p, r, suffices(testResource(p, r, rest, at)), keysOfTest(p, rest))] : []
  const tests = [...resource, ...conditions]
  if (tests.some((each) => !each.suffices && each.keys.length === 0)) return []
  return [{ byAccount: byAccount || whom === BY_ACCOUNT, tests: tests.filter(({ keys }) => keys.length > 0) }]
}

function keyTest(p: PolicyProgram, r: Registers, suffices: boolean, read: readonly number[]): KeyTest {
  const keys = [...new Set(read)].filter((key) => !isSettled(p, r, key))
  return {
    suffices,
    keys: keys.flatMap((key) => (isClock(p, key) ? clock : [nameOfKey(p, keyRow(p, key))])),
    isOpen: keys.some((key) => {
      const count = loadValue(p, r, key)
      return count === ABSENT || count === NOT_KNOWN
    }),
  }
}

/** The condition's own key, and those of the variables in its operands. */
function keysOfCondition(p: PolicyProgram, condition: number): readonly number[] {
  const { words } = p
  const first = condition + layout.CONDITION_SIZE
  const operands = words.subarray(first, first + (words[condition + layout.CONDITION_OPERANDS] as number))
  const variables = Array.from(operands).flatMap((operand) => keysOfVariables(p, words[operand + layout.OPERAND_VARIABLES] as number))
  return [words[condition + layout.CONDITION_KEY] as number, ...variables]
}

function keysOfTest(p: PolicyProgram, test: number): readonly number[] {
  const { words } = p
  switch (words[test]) {
    case layout.TEST_TEMPLATE:
      return keysOfVariables(p, words[test + 2] as number)
    case layout.TEST_NONE_OF:
      return Array.from(words.subarray(test + 2, test + 2 + (words[test + 1] as number))).flatMap((each) => keysOfTest(p, each))
    default:
      return []
  }
}

/** @param variables the place of their list, or 0 */
function keysOfVariables({ words }: PolicyProgram, variables: number): readonly number[] {
  if (variables === 0) return []
  return Array.from({ length: words[variables] as number }, (_, index) => words[variables + 1 + 2 * index] as number)
}
