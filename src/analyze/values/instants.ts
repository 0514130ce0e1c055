import { compareInstants, type Instant } from '../../match/date.js'
import type { ValueChoice } from './value-choice.js'

/** The first and the last instant that ISO 8601 writes with a year of four digits. */
const FIRST = -62_167_219_200
const LAST = 253_402_300_799

const NANOS = 1_000_000_000n

/** Every instant that is compared with, and one between each two, one before the first and one after the last. */
export function chooseInstants(compared: readonly Instant[]): ValueChoice {
  const points = [{ seconds: FIRST, nanos: 0 }, { seconds: LAST, nanos: 0 }, ...compared].filter(isWritable).sort(compareInstants)
  const nanoseconds = [...new Set(points.map(nanosOf))]
  const values = nanoseconds.flatMap((point, index) => {
    const next = nanoseconds[index + 1]
    return next === undefined || next - point < 2n ? [point] : [point, betweenNanos(point, next)]
  })
  return { values: values.map(format) }
}

function isWritable({ seconds }: Instant): boolean {
  return seconds >= FIRST && seconds <= LAST
}

function nanosOf({ seconds, nanos }: Instant): bigint {
  return BigInt(seconds) * NANOS + BigInt(nanos)
}

/** In the middle, on a full second if there is one. */
function betweenNanos(low: bigint, high: bigint): bigint {
  const middle = (low + high) / 2n
  const second = middle - (((middle % NANOS) + NANOS) % NANOS)
  return second > low ? second : middle
}

function format(nanoseconds: bigint): string {
  const fraction = ((nanoseconds % NANOS) + NANOS) % NANOS
  const iso = new Date(Number((nanoseconds - fraction) / 1_000_000n)).toISOString()
  return fraction === 0n ? iso.replace('.000Z', 'Z') : iso.replace('.000Z', `.${String(fraction).padStart(9, '0')}Z`)
}
