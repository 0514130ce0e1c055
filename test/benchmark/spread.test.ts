import { describe, expect, test } from 'vitest'
import { histogramOf } from '../../src/benchmark/histogram.js'
import { percentilesOf, quantile, spreadOf } from '../../src/benchmark/spread.js'

describe('quantile: the least value that so large a share does not exceed', () => {
  test.each<[string, readonly number[], number, number]>([
    ['of one', [7], 0.5, 7],
    ['the least', [1, 2, 3, 4], 0, 1],
    ['the greatest', [1, 2, 3, 4], 1, 4],
    ['the middle of an odd number', [1, 2, 9], 0.5, 2],
    ['the lower middle of an even number', [1, 2, 3, 4], 0.5, 2],
    ['a quarter of four', [1, 2, 3, 4], 0.25, 1],
    ['99 % of a hundred', Array.from({ length: 100 }, (_, at) => at + 1), 0.99, 99],
    ['99.9 % of a hundred', Array.from({ length: 100 }, (_, at) => at + 1), 0.999, 100],
    ['of none', [], 0.5, Number.NaN],
  ])('%s', (_, values, share, expected) => {
    expect(quantile(values, share)).toBe(expected)
  })
})

test('a spread is the median between the quartiles, in whatever order the values come', () => {
  expect(spreadOf([4, 1, 3, 2])).toEqual({ low: 1, median: 2, high: 3 })
  expect(spreadOf([10, 9, 100])).toEqual({ low: 9, median: 10, high: 100 })
})

test('percentiles, sorted as numbers', () => {
  const values = Array.from({ length: 1000 }, (_, at) => 1000 - at)
  expect(percentilesOf(values)).toEqual({ p50: 500, p90: 900, p99: 990, p999: 999, max: 1000 })
})

describe('histogramOf', () => {
  test('counts every value once, in steps of equal factor that follow each other', () => {
    const bins = histogramOf([1, 1.5, 2, 3, 100], 50)
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(5)
    for (const [at, { from, to }] of bins.entries()) {
      expect(to / from).toBeCloseTo(Math.SQRT2)
      if (at > 0) expect(from).toBe(bins[at - 1]?.to)
    }
    expect(bins[0]).toMatchObject({ from: 1, count: 1 })
    expect(bins.at(-1)?.to).toBeGreaterThan(100)
  })

  test('what exceeds the most steps is in the last, whose end says so', () => {
    const bins = histogramOf([1, 2, 4, 1000, 1_000_000], 3)
    expect(bins.map(({ count }) => count)).toEqual([1, 0, 4])
    expect(bins.at(-1)?.to).toBeGreaterThan(1_000_000)
  })

  test.each<[string, readonly number[], number]>([
    ['none of none', [], 0],
    ['one of equal values', [5, 5, 5], 1],
    ['a clock that stood still', [0, 0], 1],
  ])('%s', (_, values, count) => {
    expect(histogramOf(values, 10)).toHaveLength(count)
  })
})
