import { afterText, lengthOfText, startsWithText } from '../tables/packed-text.js'
import { evaluateCondition } from './condition.js'
import * as layout from './layout.js'
import { hasAction } from './packed.js'
import type { LoadedPolicy, PolicyProgram } from './policy-program.js'
import { BY_ACCOUNT, testPrincipal } from './principal-test.js'
import type { Registers } from './registers.js'
import { testResource } from './resource.js'
import { FALSE, TRUE, type TruthNumber } from './truth.js'

/** No statement. Statements are counted from 0. */
export const NONE = -1

/** A Deny statement that applies, or NONE. */
export function findDeny(p: LoadedPolicy, r: Registers): number {
  const found = findClass(p, r, layout.DENY)
  if (found === 0) return NONE
  const direct = searchOwn(p, r, found, DENIES)
  return direct === NONE ? searchAccounts(p, r, found, DENIES) : direct
}

/** An Allow statement that applies and names the caller itself, or NONE. */
export function findAllow(p: LoadedPolicy, r: Registers): number {
  const found = findClass(p, r, layout.ALLOW)
  return found === 0 ? NONE : searchOwn(p, r, found, ALLOWS)
}

/**
 * An Allow statement that applies and names the caller's account, or NONE: it counts if the caller's own side allows too. To be asked where
 * findAllow has found nothing, because statements that name the caller itself are not told apart here.
 */
export function findDelegation(p: LoadedPolicy, r: Registers): number {
  const found = findClass(p, r, layout.ALLOW)
  if (found === 0) return NONE
  const named = searchAccounts(p, r, found, DELEGATES)
  const isTested = ((p.words[layout.HEADER_FLAGS] as number) & layout.FLAG_TESTED_ACCOUNTS) !== 0
  return named === NONE && isTested ? searchOwn(p, r, found, DELEGATES) : named
}

/** What a statement must do to be found. A Deny applies unless something about it is false, an Allow if all of it is true. */
const DENIES = 0
const ALLOWS = 1
const DELEGATES = 2

/** The class of the request's action among the statements of one effect, or 0. */
export function findClass({ words }: PolicyProgram, r: Registers, effect: number): number {
  const word = words[(words[layout.HEADER_ACTIONS + effect] as number) + (r.action >> 2)] as number
  const found = (word >>> ((r.action & 3) << 3)) & 0xff
  return found === 0 ? 0 : (words[(words[layout.HEADER_CLASSES + effect] as number) + found - 1] as number)
}

/** Among the statements about everyone, and about the caller itself. */
function searchOwn(p: PolicyProgram, r: Registers, found: number, purpose: number): number {
  const everyone = p.words[found + layout.CLASS_EVERYONE] as number
  const statement = everyone === 0 ? NONE : searchNode(p, r, everyone, purpose)
  return statement === NONE ? searchPrincipals(p, r, found, r.own, r.ownCount, purpose) : statement
}

function searchAccounts(p: PolicyProgram, r: Registers, found: number, purpose: number): number {
  return searchPrincipals(p, r, found, r.accounts, r.accountCount, purpose)
}

function searchPrincipals(p: PolicyProgram, r: Registers, found: number, principals: Int32Array, count: number, purpose: number): number {
  for (let i = 0; i < count; i++) {
    const node = nodeOf(p, found, principals[i] as number)
    const statement = node === 0 ? NONE : searchNode(p, r, node, purpose)
    if (statement !== NONE) return statement
  }
  return NONE
}

/** The node of a principal in a class, or 0. */
export function nodeOf({ words }: PolicyProgram, found: number, principal: number): number {
  const mask = words[found + layout.CLASS_MASK] as number
  if (mask < 0) return 0
  for (let slot = slotOf(principal, mask); ; slot = (slot + 1) & mask) {
    const at = found + layout.CLASS_SLOTS + 2 * slot
    if (words[at] === principal) return words[at + 1] as number
    if (words[at] === 0) return 0
  }
}

/** Where a principal's search starts in a hash table of 2^n slots, n > 0: the upper n bits (Knuth's multiplicative hashing). */
export function slotOf(principal: number, mask: number): number {
  return Math.imul(principal, 0x9e3779b1) >>> Math.clz32(mask)
}

/** Walks down the trie along the key, and tries the rules of every node on the way. */
function searchNode(p: PolicyProgram, r: Registers, root: number, purpose: number): number {
  const { words } = p
  const { key } = r
  let node = root
  let at = 0
  for (;;) {
    const label = node + layout.NODE_LABEL
    if (!startsWithText(words, label, key, at)) return NONE
    at += lengthOfText(words, label)
    const rules = afterText(words, label)
    const children = rules + 2 * (words[node + layout.NODE_RULES] as number)
    for (let rule = rules; rule < children; rule += 2) {
      const statement = tryRule(p, r, rule, at, purpose)
      if (statement !== NONE) return statement
    }
    node = at < key.length ? childOf(words, children, words[node + layout.NODE_CHILDREN] as number, key.charCodeAt(at)) : 0
    if (node === 0) return NONE
  }
}

/** The child whose label starts with the unit, or 0; children are in order of their first units. */
export function childOf(words: Int32Array, children: number, count: number, unit: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    const first = words[children + 2 * middle] as number
    if (first === unit) return words[children + 2 * middle + 1] as number
    if (first < unit) low = middle + 1
    else high = middle
  }
  return 0
}

/** The statement of a rule, if it does what is looked for. */
function tryRule(p: PolicyProgram, r: Registers, rule: number, at: number, purpose: number): number {
  const { words } = p
  const rest = words[rule] as number
  if (rest === layout.REST_END && at !== r.key.length) return NONE
  const body = words[rule + 1] as number
  if (!coversAction(words, r, body)) return NONE
  if (rest > 0 && !suffices(testResource(p, r, rest, at), purpose)) return NONE
  if (!tryPrincipal(p, r, words[body + layout.BODY_PRINCIPAL] as number, purpose)) return NONE
  for (let i = 0; i < (words[body + layout.BODY_CONDITIONS] as number); i++) {
    if (!suffices(evaluateCondition(p, r, words[body + layout.BODY_SIZE + i] as number), purpose)) return NONE
  }
  return words[body + layout.BODY_STATEMENT] as number
}

/** A Deny goes on while nothing is false, an Allow while all is true. */
function suffices(truth: TruthNumber, purpose: number): boolean {
  return purpose === DENIES ? truth !== FALSE : truth === TRUE
}

/** Whether the body's statement covers the action, where its class does not tell. */
export function coversAction(words: Int32Array, r: Registers, body: number): boolean {
  const set = words[body + layout.BODY_ACTIONS] as number
  return set === 0 || hasAction(words, set, r.action)
}

/** Whether the way here, or the statement's own test, leaves the caller as `purpose` needs it: itself, or as a member of its account. */
function tryPrincipal(p: PolicyProgram, r: Registers, test: number, purpose: number): boolean {
  if (test === 0) return true
  const truth = testPrincipal(p, r, test)
  if (purpose === DENIES) return truth !== FALSE
  return truth === (purpose === ALLOWS ? TRUE : BY_ACCOUNT)
}
