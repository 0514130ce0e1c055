import { daysInMonth, daysSince1970 } from '../match/date.js'
import { digitsEnd, digitsValue, fixedDigits } from './digits.js'

const PLUS = 43
const MINUS = 45
const POINT = 46
const COLON = 58
const CAPITAL_T = 84
const CAPITAL_Z = 90

const SECONDS_DIGITS = 15
const FRACTION_DIGITS = 9
/** More minutes than any zone is from UTC. */
const NO_ZONE = 10_000

/** An Instant of match/date.ts that is filled again and again: seconds since 1970 in UTC, and nanoseconds past that second. */
export interface MutableInstant {
  seconds: number
  nanos: number
}

/** An instant to be filled by readInstant, once for many calls. */
export function createInstant(): MutableInstant {
  return { seconds: 0, nanos: 0 }
}

/**
 * Reads a date of ISO 8601 or Unix seconds into `out`, or answers false and leaves `out` as it was.
 * Plain twin: parseInstant of match/date.ts.
 */
export function readInstant(text: string, from: number, to: number, out: MutableInstant): boolean {
  const isIso = unitAt(text, from + 4, to) === MINUS && text.charCodeAt(from) !== MINUS
  return isIso ? readIso(text, from, to, out) : readUnixSeconds(text, from, to, out)
}

function readUnixSeconds(text: string, from: number, to: number, out: MutableInstant): boolean {
  const isNegative = unitAt(text, from, to) === MINUS
  const start = isNegative ? from + 1 : from
  const wholeEnd = digitsEnd(text, start, to)
  if (wholeEnd === start || wholeEnd - start > SECONDS_DIGITS) return false
  const nanos = wholeEnd === to ? 0 : readFraction(text, wholeEnd, to)
  if (nanos < 0) return false
  // In two halves of at most nine digits, each a small integer.
  const middle = wholeEnd - start > FRACTION_DIGITS ? wholeEnd - FRACTION_DIGITS : start
  const whole = digitsValue(text, start, middle) * 1_000_000_000 + digitsValue(text, middle, wholeEnd)
  const borrowed = isNegative && nanos > 0 ? 1 : 0
  out.seconds = isNegative ? 0 - whole - borrowed : whole
  out.nanos = borrowed === 1 ? 1_000_000_000 - nanos : nanos
  return true
}

function readIso(text: string, from: number, to: number, out: MutableInstant): boolean {
  const year = fixedDigits(text, from, to, 4)
  const month = fixedDigits(text, from + 5, to, 2)
  const day = fixedDigits(text, from + 8, to, 2)
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return false
  if (text.charCodeAt(from + 7) !== MINUS) return false
  const days = daysSince1970(year, month, day)
  if (to - from > 10) return text.charCodeAt(from + 10) === CAPITAL_T && readTime(text, from + 11, to, days, out)
  out.seconds = days * 86_400
  out.nanos = 0
  return true
}

/** `hh:mm[:ss[.f]]` and a zone. The date comes as days, because its seconds would be a number on the heap. */
function readTime(text: string, from: number, to: number, days: number, out: MutableInstant): boolean {
  const minutes = readHoursAndMinutes(text, from, to)
  let end = from + 5
  let second = 0
  let nanos = 0
  if (unitAt(text, end, to) === COLON) {
    second = fixedDigits(text, from + 6, to, 2)
    end = from + 8
    if (unitAt(text, end, to) === POINT) {
      end = digitsEnd(text, from + 9, to)
      nanos = readFraction(text, from + 8, end)
    }
  }
  const offset = readZone(text, end, to)
  if (minutes < 0 || second < 0 || second > 59 || nanos < 0 || offset === NO_ZONE) return false
  out.seconds = days * 86_400 + (minutes - offset) * 60 + second
  out.nanos = nanos
  return true
}

/** Minutes that the zone filling the range is ahead of UTC, or NO_ZONE. */
function readZone(text: string, from: number, to: number): number {
  const sign = unitAt(text, from, to)
  if (sign === CAPITAL_Z) return to - from === 1 ? 0 : NO_ZONE
  if (to - from !== 6 || (sign !== PLUS && sign !== MINUS)) return NO_ZONE
  const minutes = readHoursAndMinutes(text, from + 1, to)
  if (minutes < 0) return NO_ZONE
  return sign === PLUS ? minutes : 0 - minutes
}

/** The minutes of the `hh:mm` that the range starts with, or -1. */
function readHoursAndMinutes(text: string, from: number, to: number): number {
  const hour = fixedDigits(text, from, to, 2)
  const minute = fixedDigits(text, from + 3, to, 2)
  if (hour < 0 || minute < 0 || hour > 23 || minute > 59 || text.charCodeAt(from + 2) !== COLON) return -1
  return hour * 60 + minute
}

/** The nanoseconds of the `.5` that fills the range, or -1. */
function readFraction(text: string, from: number, to: number): number {
  const digits = to - from - 1
  if (digits < 1 || digits > FRACTION_DIGITS || text.charCodeAt(from) !== POINT || digitsEnd(text, from + 1, to) !== to) return -1
  let nanos = digitsValue(text, from + 1, to)
  for (let i = digits; i < FRACTION_DIGITS; i++) nanos *= 10
  return nanos
}

/** The code unit at a place, or -1 at the end of the range and past it. */
function unitAt(text: string, at: number, to: number): number {
  return at < to ? text.charCodeAt(at) : -1
}
