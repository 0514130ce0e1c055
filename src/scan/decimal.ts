import { digitsEnd, digitsValue } from './digits.js'

const PLUS = 43
const MINUS = 45
const POINT = 46
const ZERO = 48
const CAPITAL_E = 69
const SMALL_E = 101

/** Longest exponent that is read. */
const EXPONENT_DIGITS = 9
/** Above every exponent of nine digits. A small integer where NaN would be a number on the heap. */
const NO_EXPONENT = 1_000_000_000

/**
 * Below, equal or above zero as the decimal in the range is less than, equal to or greater than the operand, exactly; NaN if
 * the range holds no decimal. Plain twin: compareDecimals and parseDecimal of match/number.ts.
 *
 * @param negative with `digits` and `exponent` the members of the operand, a Decimal of match/number.ts
 */
export function decimalOrder(text: string, from: number, to: number, negative: boolean, digits: string, exponent: number): number {
  const hasMinus = from < to && text.charCodeAt(from) === MINUS
  const whole = hasMinus ? from + 1 : from
  const point = digitsEnd(text, whole, to)
  if (point === whole) return Number.NaN
  const end = fractionEnd(text, point, to)
  const shift = end < 0 ? NO_EXPONENT : readExponent(text, end, to)
  if (shift === NO_EXPONENT) return Number.NaN
  const first = firstSignificant(text, whole, end)
  // `-0` is zero, which has no sign.
  const isNegative = hasMinus && first < end
  if (isNegative !== negative) return isNegative ? -1 : 1
  const magnitude = magnitudeOrder(text, first, end, point, shift, digits, exponent)
  return negative ? 0 - magnitude : magnitude
}

/** The order without the signs, of what starts at the `first` digit that is not zero, or is zero if that is the `end`. */
function magnitudeOrder(text: string, first: number, end: number, point: number, shift: number, digits: string, exponent: number): number {
  if (first === end) return 0 - digits.length
  if (digits === '') return 1
  // As 0.DIGITS × 10^magnitude: the point itself is no place.
  const magnitude = (first < point ? point - first : point + 1 - first) + shift
  return magnitude === exponent ? digitsOrder(text, first, lastSignificant(text, first, end), point, digits) : magnitude - exponent
}

/** The order of two runs of digits that start at the same place and do not end in zero. */
function digitsOrder(text: string, first: number, last: number, point: number, digits: string): number {
  let at = first
  for (let i = 0; i < digits.length; i++) {
    if (at === point) at++
    if (at >= last) return -1
    const difference = text.charCodeAt(at) - digits.charCodeAt(i)
    if (difference !== 0) return difference
    at++
  }
  return at < last ? 1 : 0
}

function firstSignificant(text: string, from: number, to: number): number {
  let at = from
  while (at < to && isZeroOrPoint(text.charCodeAt(at))) at++
  return at
}

/** The end of the digits without the zeros behind them. */
function lastSignificant(text: string, from: number, to: number): number {
  let at = to
  while (at > from && isZeroOrPoint(text.charCodeAt(at - 1))) at--
  return at
}

function isZeroOrPoint(unit: number): boolean {
  return unit === ZERO || unit === POINT
}

/** Where the digits end whose whole part ends at `point`, or -1 if a point stands there without digits behind it. */
function fractionEnd(text: string, point: number, to: number): number {
  if (point === to || text.charCodeAt(point) !== POINT) return point
  const end = digitsEnd(text, point + 1, to)
  return end === point + 1 ? -1 : end
}

/** The exponent that fills the range, 0 for an empty range, NO_EXPONENT for anything else. */
function readExponent(text: string, from: number, to: number): number {
  if (from === to) return 0
  const letter = text.charCodeAt(from)
  if (letter !== SMALL_E && letter !== CAPITAL_E) return NO_EXPONENT
  const sign = from + 1 < to ? text.charCodeAt(from + 1) : 0
  const start = sign === MINUS || sign === PLUS ? from + 2 : from + 1
  const length = to - start
  if (length < 1 || length > EXPONENT_DIGITS || digitsEnd(text, start, to) !== to) return NO_EXPONENT
  const value = digitsValue(text, start, to)
  return sign === MINUS ? 0 - value : value
}
