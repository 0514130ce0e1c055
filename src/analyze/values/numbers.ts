import { compareDecimals, type Decimal, parseDecimal } from '../../match/number.js'
import type { ValueChoice } from './value-choice.js'

/** A number as it is written, and read. */
interface Written {
  readonly text: string
  readonly number: Decimal
}

/**
 * Every number that is compared with, one below, one above, and one between each two.
 * @param lowest `zero` for what S3 counts, of which requests have no negative ones
 */
export function chooseNumbers(compared: readonly Written[], lowest: 'zero' | 'none'): ValueChoice {
  const zero = written('0')
  const isPossible = ({ number }: Written) => lowest === 'none' || !number.negative
  const points: Written[] = []
  for (const point of [zero, ...compared].filter(isPossible).sort((a, b) => compareDecimals(a.number, b.number))) {
    const last = points.at(-1)
    if (last === undefined || compareDecimals(last.number, point.number) !== 0) points.push(point)
  }
  const above = points.flatMap((point, index) => [point.text, between(point, points[index + 1])])
  return { values: lowest === 'zero' ? above : [...above, negative(fartherThan(points[0] ?? zero))] }
}

/** A number farther from zero than a point below it, or than zero. */
function fartherThan(point: Written): string {
  return between(point.number.negative ? opposite(point) : written('0'), undefined)
}

function opposite({ text }: Written): Written {
  return written(text.startsWith('-') ? text.slice(1) : `-${text}`)
}

function negative(text: string): string {
  return `-${text}`
}

/** A number strictly between two, or above the last one; a short one if there is one. */
function between(low: Written, high: Written | undefined): string {
  // Zero is always a point, so both are on one side of it.
  if (low.number.negative && high !== undefined) return negative(between(opposite(high), opposite(low)))
  const a = Number(low.text)
  const b = high === undefined ? a * 2 + 1 : Number(high.text)
  const short = [Math.floor(a) + 1, (a + b) / 2].filter(Number.isFinite).map((value) => written(String(value)))
  return (short.find((candidate) => isBetween(candidate, low, high)) ?? exactlyBetween(low, high)).text
}

function isBetween({ number }: Written, low: Written, high: Written | undefined): boolean {
  if (number === undefined || compareDecimals(number, low.number) <= 0) return false
  return high === undefined || compareDecimals(number, high.number) < 0
}

/** A digit more than both have, at the end; above the last number, a digit more at the beginning. */
function exactlyBetween(low: Written, high: Written | undefined): Written {
  if (high === undefined) return written(`1${low.text}`)
  const { digits, exponent } = low.number
  if (digits === '') return written(spell('1', high.number.exponent - 1))
  const length = exponent === high.number.exponent ? Math.max(digits.length, high.number.digits.length) : digits.length
  return written(spell(`${digits.padEnd(length, '0')}1`, exponent))
}

/** The largest exponent that is read. */
const LARGEST = 999_999_999

/** 0.DIGITS × 10^exponent, with an exponent that can be read. */
function spell(digits: string, exponent: number): string {
  const power = exponent - digits.length
  if (power > LARGEST) return `${digits}${'0'.repeat(power - LARGEST)}e${LARGEST}`
  if (power >= -LARGEST) return `${digits}e${power}`
  const places = -LARGEST - power
  const padded = digits.padStart(places + 1, '0')
  return `${padded.slice(0, -places)}.${padded.slice(-places)}e-${LARGEST}`
}

/** What is not a number has no number. */
function written(text: string): Written {
  return { text, number: parseDecimal(text) as Decimal }
}
