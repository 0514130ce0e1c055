import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { timeSpans } from '../../../src/analyze/regions/time-spans.js'

const at = (time: string | undefined, other: number): number => (time === undefined ? other : Date.parse(time))

describe('spans of time', () => {
  test('hold the times inside and none outside', () => {
    const times = fc.uniqueArray(fc.nat({ max: 5_000_000 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(times, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (all, sides) => {
        const inside = all.filter((_, index) => sides[index])
        const spans = timeSpans(
          inside,
          all.filter((_, index) => !sides[index]),
        )
        for (const time of all) {
          const isIn = spans.some(({ from, before }) => time >= at(from, -Infinity) && time < at(before, Infinity))
          expect(isIn, String(time)).toBe(inside.includes(time))
        }
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    [[0], [1000], [{ before: '1970-01-01T00:00:01Z' }]],
    [[1500], [0], [{ from: '1970-01-01T00:00:01.500Z' }]],
    [[1000], [0, 2000], [{ from: '1970-01-01T00:00:01Z', before: '1970-01-01T00:00:02Z' }]],
    [[0, 2000], [1000], [{ before: '1970-01-01T00:00:01Z' }, { from: '1970-01-01T00:00:02Z' }]],
    [[0, 1000], [], [{}]],
    [[], [0], []],
  ])('of %j but not %j', (inside, outside, spans) => {
    expect(timeSpans(inside, outside)).toEqual(spans)
  })
})
