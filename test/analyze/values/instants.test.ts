import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseInstants } from '../../../src/analyze/values/instants.js'
import { chooseTimes } from '../../../src/analyze/values/times.js'
import { compareInstants, type Instant, instantOfMilliseconds, parseInstant } from '../../../src/match/date.js'

const FIRST = -62_167_219_200
const LAST = 253_402_300_799
const LAST_TIME = 253_402_300_799_999

const instantsBetween = (low: number, high: number) =>
  fc.record({
    seconds: fc.oneof(fc.integer({ min: low, max: high - 1 }), fc.constantFrom(0, -1, 1, 1_790_000_000, 1_790_000_001, low, high - 1)),
    nanos: fc.constantFrom(0, 1, 500_000, 999_999, 1_000_000, 1_000_001, 500_000_000, 999_000_000, 999_999_999),
  })
/** Those that ISO 8601 writes; some of them neighbours. */
const written = fc
  .tuple(instantsBetween(FIRST, LAST), fc.constantFrom(0, 0, 1, -1))
  .map(([{ seconds, nanos }, step]) => ({ seconds, nanos: Math.min(Math.max(nanos + step, 0), 999_999_999) }))

const signsOf = (instant: Instant, compared: readonly Instant[]): string =>
  compared.map((other) => Math.sign(compareInstants(instant, other))).join()

describe('dates chosen for comparisons', () => {
  test('stand for every date: one compares the same with all', () => {
    fc.assert(
      fc.property(fc.array(written, { maxLength: 5 }), fc.array(written, { maxLength: 5 }), (compared, more) => {
        const { values, incomplete } = chooseInstants(compared)
        expect(incomplete).toBe(undefined)
        const read = values.map((value) => parseInstant(value))
        expect(read).not.toContain(undefined)
        const known = new Set(read.map((instant) => signsOf(instant as Instant, compared)))
        for (const instant of [...compared, ...more]) expect(known.has(signsOf(instant, compared)), JSON.stringify(instant)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  test('stand for dates that only Unix seconds write', () => {
    const compared = ['999999999999', '-99999999999', '999999999999.5'].map((text) => parseInstant(text) as Instant)
    const known = new Set(chooseInstants(compared).values.map((value) => signsOf(parseInstant(value) as Instant, compared)))
    for (const text of ['999999999998', '999999999999.2', '9999999999999', '-999999999999']) {
      expect(known.has(signsOf(parseInstant(text) as Instant, compared)), text).toBe(true)
    }
  })

  test('are read back as what they were compared with', () => {
    const instant = { seconds: 1_790_000_000, nanos: 1 }
    expect(chooseInstants([instant]).values).toContain('2026-09-21T14:13:20.000000001Z')
    expect(chooseInstants([{ seconds: -1, nanos: 0 }]).values).toContain('1969-12-31T23:59:59Z')
  })
})

describe('times chosen for comparisons', () => {
  /** How a time compares, and how its whole seconds do, which is all that aws:EpochTime tells. */
  const kindOf = (time: number, compared: readonly Instant[]): string =>
    `${signsOf(instantOfMilliseconds(time), compared)}; ${signsOf({ seconds: Math.floor(time / 1000), nanos: 0 }, compared)}`

  test('stand for every time of a request, to the millisecond and to the second', () => {
    const nearby = fc.record({
      at: fc.nat({ max: 4 }),
      by: fc.constantFrom(-2001, -1001, -1000, -999, -500, -1, 0, 1, 500, 999, 1000, 1001, 2001, 1e9),
    })
    const anywhere = instantsBetween(-10, LAST)
    fc.assert(
      fc.property(fc.array(anywhere, { maxLength: 4 }), fc.array(nearby, { maxLength: 8 }), (compared, others) => {
        const times = chooseTimes(compared)
        expect(times.every((time) => Number.isInteger(time) && time >= 0 && time <= LAST_TIME)).toBe(true)
        const known = new Set(times.map((time) => kindOf(time, compared)))
        for (const { at, by } of others) {
          const { seconds, nanos } = compared[at] ?? { seconds: 0, nanos: 0 }
          const time = seconds * 1000 + Math.floor(nanos / 1_000_000) + by
          if (time >= 0 && time <= LAST_TIME) expect(known.has(kindOf(time, compared)), String(time)).toBe(true)
        }
      }),
      { numRuns: 3000 },
    )
  })

  test('begin with an ordinary one', () => {
    expect(new Date(chooseTimes([])[0] as number).toISOString()).toBe('2026-01-15T12:00:00.000Z')
  })
})
