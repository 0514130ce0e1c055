import { daysInMonth, daysSince1970 } from '../match/date.js'

const DAY = 86_400_000
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const WEEKDAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']

/** Reads `20260921T141300Z`: milliseconds since 1970, undefined for anything else. */
export function parseAmzDate(text: string): number | undefined {
  if (text.length !== 16 || text[8] !== 'T' || text[15] !== 'Z') return undefined
  return instant(
    digits(text, 0, 4),
    digits(text, 4, 6),
    digits(text, 6, 8),
    digits(text, 9, 11),
    digits(text, 11, 13),
    digits(text, 13, 15),
  )
}

/** Reads `Mon, 21 Sep 2026 14:13:00 GMT`, the date of HTTP: milliseconds since 1970, undefined for anything else. */
export function parseHttpDate(text: string): number | undefined {
  if (text.length !== 29 || text.slice(25) !== ' GMT' || text.slice(3, 5) !== ', ') return undefined
  if (text[7] !== ' ' || text[11] !== ' ' || text[16] !== ' ' || text[19] !== ':' || text[22] !== ':') return undefined
  const month = MONTHS.indexOf(text.slice(8, 11)) + 1
  const time = instant(digits(text, 12, 16), month, digits(text, 5, 7), digits(text, 17, 19), digits(text, 20, 22), digits(text, 23, 25))
  return time !== undefined && WEEKDAYS[((((time - (time % DAY)) / DAY) % 7) + 7) % 7] === text.slice(0, 3) ? time : undefined
}

/** `20260921T141300Z`. @param time milliseconds since 1970 */
export function amzDate(time: number): string {
  const { year, month, day, hour, minute, second } = fields(time)
  return `${year}${month}${day}T${hour}${minute}${second}Z`
}

/** `2026-09-21T14:13:00Z`, as S3's errors tell times. @param time milliseconds since 1970 */
export function isoDate(time: number): string {
  const { year, month, day, hour, minute, second } = fields(time)
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
}

function fields(time: number): Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string>> {
  const date = new Date(time)
  return {
    year: String(date.getUTCFullYear()).padStart(4, '0'),
    month: twoDigits(date.getUTCMonth() + 1),
    day: twoDigits(date.getUTCDate()),
    hour: twoDigits(date.getUTCHours()),
    minute: twoDigits(date.getUTCMinutes()),
    second: twoDigits(date.getUTCSeconds()),
  }
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}

/** The number that these digits are, or -1. */
function digits(text: string, from: number, to: number): number {
  let number = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (digit < 0 || digit > 9) return -1
    number = number * 10 + digit
  }
  return number
}

function instant(year: number, month: number, day: number, hour: number, minute: number, second: number): number | undefined {
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return undefined
  return daysSince1970(year, month, day) * DAY + ((hour * 60 + minute) * 60 + second) * 1000
}
