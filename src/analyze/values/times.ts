import type { Instant } from '../../match/date.js'

/** The last time that requests have. Source: docs/semantics.md, S13. */
const LAST = 253_402_300_799_999

/** A day in the year of this analysis, for requests whose time does not matter. */
const ORDINARY = Date.UTC(2026, 0, 15, 12)

/**
 * Times of requests, in milliseconds since 1970, for every way to lie before, at or after the instants: to the millisecond, and to the
 * second, which is all that `aws:EpochTime` tells.
 */
export function chooseTimes(compared: readonly Instant[]): readonly number[] {
  const times = new Set([ORDINARY, 0, LAST])
  for (const { seconds, nanos } of compared) {
    const second = seconds * 1000
    const at = second + Math.floor(nanos / 1_000_000)
    for (const time of [at - 1, at, at + 1, second - 1, second, second + 999, second + 1000, second + 2000]) times.add(time)
  }
  return [...times].filter((time) => time >= 0 && time <= LAST)
}
