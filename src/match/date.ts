import { skipDigits } from './number.js'

/** A point in time: seconds since 1970 in UTC, and nanoseconds past that second. */
export interface Instant {
  readonly seconds: number
  readonly nanos: number
}

/** Seconds of more digits could not be told apart in a JavaScript number. */
const SECONDS_DIGITS = 15
const FRACTION_DIGITS = 9

/**
 * Reads a date of the W3C profile of ISO 8601 (`2026-09-21`, which is its midnight UTC, or `2026-09-21T14:13[:20[.5]]` with
 * `Z` or `±hh:mm`), or Unix seconds (`1790000000`, `-1.5`). Undefined for anything else, 30 February included.
 */
export function parseInstant(text: string): Instant | undefined {
  return text[4] === '-' && text[0] !== '-' ? parseIso(text) : parseUnixSeconds(text)
}

/** The instant of a time in milliseconds since 1970. */
export function instantOfMilliseconds(milliseconds: number): Instant {
  const seconds = Math.floor(milliseconds / 1000)
  return { seconds, nanos: (milliseconds - seconds * 1000) * 1_000_000 }
}

/** Milliseconds since 1970, rounded down. */
export function millisecondsOfInstant({ seconds, nanos }: Instant): number {
  return seconds * 1000 + Math.floor(nanos / 1_000_000)
}

/** Below, equal or above zero as `a` is before, at or after `b`. */
export function compareInstants(a: Instant, b: Instant): number {
  return a.seconds - b.seconds || a.nanos - b.nanos
}

function parseUnixSeconds(text: string): Instant | undefined {
  const start = text[0] === '-' ? 1 : 0
  const wholeEnd = skipDigits(text, start)
  if (wholeEnd === start || wholeEnd - start > SECONDS_DIGITS) return undefined
  const nanos = wholeEnd === text.length ? 0 : parseFraction(text.slice(wholeEnd))
  if (nanos === undefined) return undefined
  const whole = Number(text.slice(start, wholeEnd))
  if (start === 0) return { seconds: whole, nanos }
  return nanos === 0 ? { seconds: 0 - whole, nanos } : { seconds: -whole - 1, nanos: 1_000_000_000 - nanos }
}

function parseIso(text: string): Instant | undefined {
  const year = fixedDigits(text, 0, 4)
  const month = fixedDigits(text, 5, 2)
  const day = fixedDigits(text, 8, 2)
  if (year === undefined || month === undefined || day === undefined || text[7] !== '-') return undefined
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  const midnight = daysSince1970(year, month, day) * 86_400
  if (text.length === 10) return { seconds: midnight, nanos: 0 }
  const time = text[10] === 'T' ? parseTime(text.slice(11)) : undefined
  return time && { seconds: midnight + time.seconds, nanos: time.nanos }
}

/** `hh:mm[:ss[.f]]` and a zone, as seconds past the date's midnight UTC. */
function parseTime(text: string): Instant | undefined {
  const minutes = parseHoursAndMinutes(text)
  if (minutes === undefined) return undefined
  let end = 5
  let second: number | undefined = 0
  let nanos: number | undefined = 0
  if (text[5] === ':') {
    second = fixedDigits(text, 6, 2)
    end = 8
    if (text[8] === '.') {
      end = skipDigits(text, 9)
      nanos = parseFraction(text.slice(8, end))
    }
  }
  const offset = parseZone(text.slice(end))
  if (second === undefined || second > 59 || nanos === undefined || offset === undefined) return undefined
  return { seconds: (minutes - offset) * 60 + second, nanos }
}

/** Minutes that the zone is ahead of UTC. */
function parseZone(text: string): number | undefined {
  if (text === 'Z') return 0
  if (text.length !== 6 || (text[0] !== '+' && text[0] !== '-')) return undefined
  const minutes = parseHoursAndMinutes(text.slice(1))
  return minutes === undefined ? undefined : text[0] === '+' ? minutes : -minutes
}

function parseHoursAndMinutes(text: string): number | undefined {
  const hour = fixedDigits(text, 0, 2)
  const minute = fixedDigits(text, 3, 2)
  if (hour === undefined || minute === undefined || text[2] !== ':' || hour > 23 || minute > 59) return undefined
  return hour * 60 + minute
}

/** `.5` as nanoseconds. */
function parseFraction(text: string): number | undefined {
  const digits = text.length - 1
  if (text[0] !== '.' || digits < 1 || digits > FRACTION_DIGITS || skipDigits(text, 1) !== text.length) return undefined
  return Number(text.slice(1).padEnd(FRACTION_DIGITS, '0'))
}

function fixedDigits(text: string, from: number, count: number): number | undefined {
  return skipDigits(text.slice(from, from + count), 0) === count ? Number(text.slice(from, from + count)) : undefined
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** How many days a month has, from 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Days between 1970-01-01 and a date of the proleptic Gregorian calendar, counted in years that start in March. */
export function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1
  const marchMonth = (month + 9) % 12
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  return marchYear * 365 + leapDays + Math.floor((marchMonth * 153 + 2) / 5) + day - 1 - 719_468
}
