import { foldSimple } from '../match/case.js'
import { readAddress } from '../scan/address.js'
import { readArnColons } from '../scan/arn.js'
import { isCanonicalBase64Range } from '../scan/base64.js'
import { readBoolean } from '../scan/boolean.js'
import { decimalOrder } from '../scan/decimal.js'
import { equalsFolded } from '../scan/fold.js'
import { readInstant } from '../scan/instant.js'
import { isInside } from '../scan/masked-range.js'
import { equalsRange } from '../scan/range.js'
import * as layout from './layout.js'
import { nanosAt, secondsAt } from './packed.js'
import { matchesPattern, textOfPattern } from './pattern.js'
import type { PolicyProgram } from './policy-program.js'
import { NOT_READ, type Registers } from './registers.js'
import { FALSE, not, TRUE, type TruthNumber, truthOf, UNSURE } from './truth.js'
import { ABSENT, isClock, loadClockInstant, loadValue, NOT_KNOWN, ONE, plainText } from './values.js'
import { statusOfVariables } from './variables.js'

/** Whether a condition holds: docs/semantics.md, S8. */
export function evaluateCondition(p: PolicyProgram, r: Registers, condition: number): TruthNumber {
  const { words } = p
  const flags = words[condition + layout.CONDITION_FLAGS] as number
  const key = words[condition + layout.CONDITION_KEY] as number
  // A date against the clock is what policies ask of the time: it needs no text of it.
  if (words[condition + layout.CONDITION_FAMILY] === layout.FAMILY_DATE && isClock(p, key)) {
    return loadClockInstant(p, r, key) ? evaluateOperands(p, r, condition, true, '', 0, 0) : UNSURE
  }
  // Several statements about one request ask where it comes from; its address is read once.
  if (r.addressKey === key && words[condition + layout.CONDITION_FAMILY] === layout.FAMILY_ADDRESS)
    return evaluateOperands(p, r, condition, r.address.family !== 0, '', 0, 0)
  const text = plainText(p, r, key)
  if (text !== undefined) return evaluateOne(p, r, condition, key, text, 0, text.length)
  const count = loadValue(p, r, key)
  if (count === NOT_KNOWN) return UNSURE
  if (count === ONE) return evaluateOne(p, r, condition, key, r.text, r.from, r.to)
  if (words[condition + layout.CONDITION_FAMILY] === layout.FAMILY_PRESENCE) return evaluatePresence(p, condition, count === ABSENT)
  if (flags & (layout.FLAG_ALL_VALUES | layout.FLAG_ANY_VALUE)) return evaluateSet(p, r, condition, count)
  return count === ABSENT ? truthOf((flags & (layout.FLAG_IF_EXISTS | layout.FLAG_NEGATED)) !== 0) : UNSURE
}

/** Of a key that has one value: with a set prefix and without, it is the same. */
function evaluateOne(p: PolicyProgram, r: Registers, condition: number, key: number, text: string, from: number, to: number): TruthNumber {
  const family = p.words[condition + layout.CONDITION_FAMILY]
  if (family === layout.FAMILY_PRESENCE) return evaluatePresence(p, condition, false)
  const truth = evaluateValue(p, r, condition, text, from, to)
  if (family === layout.FAMILY_ADDRESS) r.addressKey = key
  return truth
}

/** Under a set prefix: no value may fail, or one must hold. */
function evaluateSet(p: PolicyProgram, r: Registers, condition: number, count: number): TruthNumber {
  const flags = p.words[condition + layout.CONDITION_FLAGS] as number
  const all = (flags & layout.FLAG_ALL_VALUES) !== 0
  if (count === ABSENT) return truthOf(all || (flags & layout.FLAG_IF_EXISTS) !== 0)
  const decisive = truthOf(!all)
  let result = truthOf(all)
  // Operands with variables read their values into the registers: the list is kept here.
  const { list } = r
  for (let i = 0; i < list.length; i++) {
    const text = list[i]
    const truth = typeof text === 'string' ? evaluateValue(p, r, condition, text, 0, text.length) : UNSURE
    if (truth === decisive) return decisive
    if (truth === UNSURE) result = UNSURE
  }
  return result
}

/** Whether the operator holds for one value: one operand must match, or for a negated operator none. */
function evaluateValue(p: PolicyProgram, r: Registers, condition: number, text: string, from: number, to: number): TruthNumber {
  const family = p.words[condition + layout.CONDITION_FAMILY] as number
  return evaluateOperands(p, r, condition, isReadable(r, family, text, from, to), text, from, to)
}

/** As evaluateValue, of a value that has been read. */
function evaluateOperands(
  p: PolicyProgram,
  r: Registers,
  condition: number,
  readable: boolean,
  text: string,
  from: number,
  to: number,
): TruthNumber {
  const { words } = p
  let result: TruthNumber = FALSE
  for (let i = 0; i < (words[condition + layout.CONDITION_OPERANDS] as number); i++) {
    const operand = words[condition + layout.CONDITION_SIZE + i] as number
    const truth = readable ? evaluatePair(p, r, condition, operand, text, from, to) : UNSURE
    if (truth === UNSURE) result = UNSURE
    if (truth === TRUE) {
      result = TRUE
      break
    }
  }
  return (words[condition + layout.CONDITION_FLAGS] as number) & layout.FLAG_NEGATED ? not(result) : result
}

/** Whether the operator can read the value, which is then in the registers where it needs more than its text. */
function isReadable(r: Registers, family: number, text: string, from: number, to: number): boolean {
  switch (family) {
    case layout.FAMILY_NUMBER:
      // The order against 0: no operand is needed to tell whether the text is a number.
      return !Number.isNaN(decimalOrder(text, from, to, false, '', 0))
    case layout.FAMILY_DATE:
      return readInstant(text, from, to, r.instant)
    case layout.FAMILY_BOOLEAN:
      r.boolean = readBoolean(text, from, to)
      return r.boolean >= 0
    case layout.FAMILY_BINARY:
      return isCanonicalBase64Range(text, from, to)
    case layout.FAMILY_ADDRESS:
      r.addressKey = NOT_READ
      return readAddress(text, from, to, r.address)
    case layout.FAMILY_ARN:
      return readArnColons(text, from, to, r.valueColons)
    default:
      return true
  }
}

/** Whether a readable value matches one operand, without negation. */
function evaluatePair(
  p: PolicyProgram,
  r: Registers,
  condition: number,
  operand: number,
  text: string,
  from: number,
  to: number,
): TruthNumber {
  const { words } = p
  const status = words[operand + layout.OPERAND_STATUS]
  if (status === layout.OPERAND_UNKNOWN) return UNSURE
  const variables = words[operand + layout.OPERAND_VARIABLES] as number
  if (variables !== 0) {
    const values = statusOfVariables(p, r, variables)
    if (values === NOT_KNOWN) return UNSURE
    if (values === ABSENT) return FALSE
  }
  if (status === layout.OPERAND_UNREADABLE) return UNSURE
  return truthOf(matches(p, r, condition, operand, text, from, to))
}

function matches(p: PolicyProgram, r: Registers, condition: number, operand: number, text: string, from: number, to: number): boolean {
  const { words, strings } = p
  const data = operand + layout.OPERAND_DATA
  const first = words[data] as number
  const isTemplate = words[operand + layout.OPERAND_VARIABLES] !== 0
  switch (words[condition + layout.CONDITION_FAMILY]) {
    case layout.FAMILY_EQUALS:
      return isTemplate ? matchesPattern(p, r, first, text, from, to) : equalsRange(text, from, to, strings[first] as string)
    case layout.FAMILY_EQUALS_FOLDED:
      return equalsFolded(text, from, to, isTemplate ? foldSimple(textOfPattern(p, r, first)) : (strings[first] as string))
    case layout.FAMILY_LIKE:
      return matchesPattern(p, r, first, text, from, to)
    case layout.FAMILY_NUMBER: {
      const digits = strings[words[data + 1] as number] as string
      return holds(p, condition, decimalOrder(text, from, to, first !== 0, digits, words[data + 2] as number))
    }
    case layout.FAMILY_DATE:
      return holds(p, condition, orderOfInstant(p, r, data))
    case layout.FAMILY_BOOLEAN:
      return r.boolean === first
    case layout.FAMILY_BINARY:
      return equalsRange(text, from, to, strings[first] as string)
    case layout.FAMILY_ADDRESS:
      return isInside(r.address, words, data)
    default:
      return matchesArn(p, r, data, text, from, to)
  }
}

/** Part by part: a star never crosses one of the first five colons. */
function matchesArn(p: PolicyProgram, r: Registers, data: number, text: string, from: number, to: number): boolean {
  const { words } = p
  const { c1, c2, c3, c4, c5 } = r.valueColons
  return (
    matchesPattern(p, r, words[data] as number, text, from, c1) &&
    matchesPattern(p, r, words[data + 1] as number, text, c1 + 1, c2) &&
    matchesPattern(p, r, words[data + 2] as number, text, c2 + 1, c3) &&
    matchesPattern(p, r, words[data + 3] as number, text, c3 + 1, c4) &&
    matchesPattern(p, r, words[data + 4] as number, text, c4 + 1, c5) &&
    matchesPattern(p, r, words[data + 5] as number, text, c5 + 1, to)
  )
}

/** Of the instant in the registers against the operand's: −1, 0 or 1. A difference of seconds may be an object of its own, these never are. */
function orderOfInstant({ words }: PolicyProgram, r: Registers, data: number): number {
  const seconds = secondsAt(words, data)
  if (r.instant.seconds !== seconds) return r.instant.seconds < seconds ? -1 : 1
  const nanos = nanosAt(words, data)
  return r.instant.nanos === nanos ? 0 : r.instant.nanos < nanos ? -1 : 1
}

/** Whether the condition's operator holds for an order: below, equal or above zero. */
function holds({ words }: PolicyProgram, condition: number, order: number): boolean {
  const bit = order < 0 ? layout.ORDER_BELOW : order > 0 ? layout.ORDER_ABOVE : layout.ORDER_EQUAL
  return ((words[condition + layout.CONDITION_ORDERS] as number) & bit) !== 0
}

/** `Null`. AWS documents both set prefixes as constant (Access Analyzer check "Null with qualifier"). */
function evaluatePresence({ words }: PolicyProgram, condition: number, isAbsent: boolean): TruthNumber {
  const flags = words[condition + layout.CONDITION_FLAGS] as number
  if (flags & layout.FLAG_ALL_VALUES) return TRUE
  if (flags & layout.FLAG_ANY_VALUE) return FALSE
  let result: TruthNumber = FALSE
  for (let i = 0; i < (words[condition + layout.CONDITION_OPERANDS] as number); i++) {
    const operand = words[condition + layout.CONDITION_SIZE + i] as number
    if (words[operand + layout.OPERAND_STATUS] !== layout.OPERAND_READABLE) result = UNSURE
    else if ((words[operand + layout.OPERAND_DATA] === 1) === isAbsent) return TRUE
  }
  return result
}
