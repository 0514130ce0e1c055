import { compareInstants, type Instant } from '../../match/date.js'
import type { ValueChoice } from './value-choice.js'

/** The first and the last second that ISO 8601 writes with a year of four digits. */
const FIRST_ISO = -62_167_219_200n
const LAST_ISO = 253_402_300_799n

/** The farthest seconds that are read at all, of 15 digits. */
const FARTHEST = 999_999_999_999_999

const NANOS = 1_000_000_000n

/** Every instant that is compared with, and one between each two, one before the first and one after the last. */
export function chooseInstants(compared: readonly Instant[]): ValueChoice {
  const ends = [
    { seconds: -FARTHEST, nanos: 0 },
    { seconds: FARTHEST, nanos: 999_999_999 },
  ]
  const points = [...ends, ...compared].sort(compareInstants)
  const nanoseconds = [...new Set(points.map(nanosOf))]
  const values = nanoseconds.flatMap((point, index) => {
    const next = nanoseconds[index + 1]
    return next === undefined || next - point < 2n ? [point] : [point, betweenNanos(point, next)]
  })
  const isUsual = (value: bigint) => value / NANOS > FIRST_ISO && value / NANOS <= LAST_ISO
  return { values: [...values.filter(isUsual), ...values.filter((value) => !isUsual(value))].map(format) }
}

function nanosOf({ seconds, nanos }: Instant): bigint {
  return BigInt(seconds) * NANOS + BigInt(nanos)
}

/** On a full second if there is one, and in a year that people write if one is between. */
function betweenNanos(low: bigint, high: bigint): bigint {
  if (low < USUAL && USUAL < high) return USUAL
  const middle = (low + high) / 2n
  const second = middle - fractionOf(middle)
  return second > low ? second : middle
}

/** 2026-01-15T12:00:00Z. */
const USUAL = 1_768_478_400n * NANOS

function fractionOf(nanoseconds: bigint): bigint {
  return ((nanoseconds % NANOS) + NANOS) % NANOS
}

/** ISO 8601 where it has a year of four digits, else Unix seconds. */
function format(nanoseconds: bigint): string {
  const fraction = fractionOf(nanoseconds)
  const seconds = (nanoseconds - fraction) / NANOS
  const digits = String(fraction).padStart(9, '0')
  if (seconds < FIRST_ISO || seconds > LAST_ISO) return formatUnix(nanoseconds)
  const iso = new Date(Number(seconds) * 1000).toISOString()
  return iso.replace('.000Z', fraction === 0n ? 'Z' : `.${digits}Z`)
}

function formatUnix(nanoseconds: bigint): string {
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  const fraction = size % NANOS
  const rest = fraction === 0n ? '' : `.${String(fraction).padStart(9, '0')}`
  return `${nanoseconds < 0n ? '-' : ''}${size / NANOS}${rest}`
}
