import { findText } from '../match/wildcard.js'
import * as layout from './layout.js'
import type { PolicyProgram } from './policy-program.js'
import type { Registers } from './registers.js'
import { loadVariable } from './values.js'

/**
 * Whether the pattern matches the whole of the text from `from` to `to`. The fast twin of `matchesWildcard`: as there, a star never gives
 * back what a later run has found, and the work is linear as long as no run between two stars has a `?`. The values of variables, which
 * must be known and set, are literal text; a run between two stars that has one is put together as a string.
 */
export function matchesPattern(p: PolicyProgram, r: Registers, pattern: number, text: string, from: number, to: number): boolean {
  const { words } = p
  const runs = words[pattern] as number
  const start = matchForward(p, r, words[pattern + 1] as number, text, from, to, to)
  if (runs === 1) return start === to
  if (start < 0) return false
  const end = matchBackward(p, r, words[pattern + runs] as number, text, start, from, to)
  if (end < 0) return false
  let at = start
  for (let i = 2; i < runs; i++) {
    at = find(p, r, words[pattern + i] as number, text, at, end, to)
    if (at < 0) return false
  }
  return true
}

/** Where the run ends if it starts at `at` and does not pass `limit`, or -1. */
function matchForward(p: PolicyProgram, r: Registers, run: number, text: string, at: number, limit: number, to: number): number {
  const { words } = p
  let position = at
  let element = run + 1
  for (let i = words[run] as number; i > 0; i--, element += layout.ELEMENT_SIZE) {
    const length = elementLength(p, r, element, text, position, to)
    if (position + length > limit || !isElementAt(p, r, element, length, text, position)) return -1
    position += length
  }
  return position
}

/** Where the run starts if it ends at `to` and does not start before `limit`, or -1. */
function matchBackward(p: PolicyProgram, r: Registers, run: number, text: string, limit: number, from: number, to: number): number {
  const { words } = p
  let position = to
  let element = run + 1 + ((words[run] as number) - 1) * layout.ELEMENT_SIZE
  for (let i = words[run] as number; i > 0; i--, element -= layout.ELEMENT_SIZE) {
    const isOne = words[element] === layout.ELEMENT_ONE
    const length = isOne ? (isPair(text, position - 2, from, to) ? 2 : 1) : elementLength(p, r, element, text, position, to)
    position -= length
    if (position < limit || !isElementAt(p, r, element, length, text, position)) return -1
  }
  return position
}

/** Where the leftmost place of the run between `from` and `limit` ends, or -1. */
function find(p: PolicyProgram, r: Registers, run: number, text: string, from: number, limit: number, to: number): number {
  const { words } = p
  if (words[run] === 0) return from
  if (words[run + 1] === layout.ELEMENT_SOUGHT) return findUnits(words, run + 1, text, from, limit)
  if (!hasOne(words, run)) return findText(textOfRun(p, r, run), text, from, limit)
  for (let at = from; at <= limit; at += isPair(text, at, from, to) ? 2 : 1) {
    const found = matchForward(p, r, run, text, at, limit, to)
    if (found >= 0) return found
  }
  return -1
}

/** Whether the run has a `?`. */
function hasOne(words: Int32Array, run: number): boolean {
  for (let i = 0; i < (words[run] as number); i++) {
    if (words[run + 1 + i * layout.ELEMENT_SIZE] === layout.ELEMENT_ONE) return true
  }
  return false
}

/** As findText of match/wildcard.ts, for a text of the policy: its borders are in the program. */
function findUnits(words: Int32Array, element: number, text: string, from: number, limit: number): number {
  const length = words[element + 1] as number
  const units = words[element + 2] as number
  const borders = units + length
  let matched = 0
  for (let at = from; at < limit; at++) {
    const unit = text.charCodeAt(at)
    while (matched > 0 && unit !== words[units + matched]) matched = words[borders + matched - 1] as number
    if (unit === words[units + matched]) matched++
    if (matched === length) return at + 1
  }
  return -1
}

/** How many code units the element takes, were it to stand at `position`. A variable's value is left in the registers. */
function elementLength(p: PolicyProgram, r: Registers, element: number, text: string, position: number, to: number): number {
  const { words } = p
  switch (words[element]) {
    case layout.ELEMENT_ONE:
      return isPair(text, position, position, to) ? 2 : 1
    case layout.ELEMENT_VARIABLE:
      loadVariable(p, r, words[element + 1] as number, words[element + 2] as number)
      return r.to - r.from
    default:
      return words[element + 1] as number
  }
}

/** Whether the element stands at `position`, where it has room. */
function isElementAt({ words }: PolicyProgram, r: Registers, element: number, length: number, text: string, position: number): boolean {
  switch (words[element]) {
    case layout.ELEMENT_ONE:
      return true
    case layout.ELEMENT_VARIABLE:
      for (let i = 0; i < length; i++) {
        if (text.charCodeAt(position + i) !== r.text.charCodeAt(r.from + i)) return false
      }
      return true
    default: {
      const units = words[element + 2] as number
      for (let i = 0; i < length; i++) {
        if (text.charCodeAt(position + i) !== words[units + i]) return false
      }
      return true
    }
  }
}

/** Whether the two code units from `at` on, inside the text from `from` to `to`, are one code point. */
function isPair(text: string, at: number, from: number, to: number): boolean {
  return at >= from && at + 1 < to && isBetween(text.charCodeAt(at), 0xd800, 0xdbff) && isBetween(text.charCodeAt(at + 1), 0xdc00, 0xdfff)
}

function isBetween(unit: number, low: number, high: number): boolean {
  return unit >= low && unit <= high
}

/** The text of a pattern without stars and question marks, its variables filled in: a new string. */
export function textOfPattern(p: PolicyProgram, r: Registers, pattern: number): string {
  return textOfRun(p, r, p.words[pattern + 1] as number)
}

function textOfRun(p: PolicyProgram, r: Registers, run: number): string {
  const { words } = p
  let text = ''
  for (let i = 0; i < (words[run] as number); i++) {
    const element = run + 1 + i * layout.ELEMENT_SIZE
    const length = elementLength(p, r, element, '', 0, 0)
    if (words[element] === layout.ELEMENT_VARIABLE) text += r.text.slice(r.from, r.to)
    else for (let unit = 0; unit < length; unit++) text += String.fromCharCode(words[(words[element + 2] as number) + unit] as number)
  }
  return text
}
