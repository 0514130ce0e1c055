/**
 * A decimal number, exactly: plus or minus 0.DIGITS × 10^exponent, where the digits have no zeros at either end and are
 * empty for zero.
 */
export interface Decimal {
  readonly negative: boolean
  readonly digits: string
  readonly exponent: number
}

/** Longest exponent that is read; more digits would overflow the arithmetic on exponents. */
const EXPONENT_DIGITS = 9

/** Reads `-?digits[.digits][e[+-]digits]` with nothing around it. Leading zeros are allowed, an exponent has at most 9 digits. */
export function parseDecimal(text: string): Decimal | undefined {
  const signed = text[0] === '-' ? 1 : 0
  const wholeEnd = skipDigits(text, signed)
  if (wholeEnd === signed) return undefined
  let end = wholeEnd
  if (text[end] === '.') {
    end = skipDigits(text, wholeEnd + 1)
    if (end === wholeEnd + 1) return undefined
  }
  const exponent = parseExponent(text.slice(end))
  if (exponent === undefined) return undefined
  const digits = text.slice(signed, wholeEnd) + text.slice(wholeEnd + 1, end)
  return normalise(signed === 1, digits, wholeEnd - signed + exponent)
}

/** Below, equal or above zero as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1
  const magnitude = compareMagnitudes(a, b)
  return a.negative ? -magnitude : magnitude
}

function compareMagnitudes(a: Decimal, b: Decimal): number {
  if (a.digits === '' || b.digits === '') return a.digits.length - b.digits.length
  if (a.exponent !== b.exponent) return a.exponent - b.exponent
  if (a.digits === b.digits) return 0
  return a.digits < b.digits ? -1 : 1
}

function normalise(negative: boolean, digits: string, exponent: number): Decimal {
  let start = 0
  while (digits[start] === '0') start++
  let end = digits.length
  while (end > start && digits[end - 1] === '0') end--
  return start === end
    ? { negative: false, digits: '', exponent: 0 }
    : { negative, digits: digits.slice(start, end), exponent: exponent - start }
}

function parseExponent(text: string): number | undefined {
  if (text === '') return 0
  if (text[0] !== 'e' && text[0] !== 'E') return undefined
  const start = text[1] === '-' || text[1] === '+' ? 2 : 1
  const length = text.length - start
  if (length < 1 || length > EXPONENT_DIGITS || skipDigits(text, start) !== text.length) return undefined
  return Number(text.slice(1))
}

/** Where the run of ASCII digits that starts at `from` ends. */
export function skipDigits(text: string, from: number): number {
  let at = from
  while (at < text.length && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++
  return at
}
