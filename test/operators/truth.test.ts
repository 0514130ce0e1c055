import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { and, not, or, type Truth } from '../../src/operators/truth.js'

describe('and', () => {
  test.each<{ truths: readonly Truth[]; expected: Truth }>([
    { truths: [], expected: true },
    { truths: [true], expected: true },
    { truths: [false], expected: false },
    { truths: ['unknown'], expected: 'unknown' },
    { truths: [true, true], expected: true },
    { truths: [true, false], expected: false },
    { truths: [false, true], expected: false },
    { truths: [false, false], expected: false },
    { truths: [true, 'unknown'], expected: 'unknown' },
    { truths: ['unknown', true], expected: 'unknown' },
    { truths: ['unknown', 'unknown'], expected: 'unknown' },
    { truths: [false, 'unknown'], expected: false },
    { truths: ['unknown', false], expected: false },
    { truths: [true, 'unknown', false], expected: false },
  ])('$truths: $expected', ({ truths, expected }) => {
    expect(and(truths)).toBe(expected)
    expect(and(new Set(truths))).toBe(expected)
  })
})

describe('or', () => {
  test.each<{ truths: readonly Truth[]; expected: Truth }>([
    { truths: [], expected: false },
    { truths: [true], expected: true },
    { truths: [false], expected: false },
    { truths: ['unknown'], expected: 'unknown' },
    { truths: [true, true], expected: true },
    { truths: [true, false], expected: true },
    { truths: [false, true], expected: true },
    { truths: [false, false], expected: false },
    { truths: [false, 'unknown'], expected: 'unknown' },
    { truths: ['unknown', false], expected: 'unknown' },
    { truths: ['unknown', 'unknown'], expected: 'unknown' },
    { truths: [true, 'unknown'], expected: true },
    { truths: ['unknown', true], expected: true },
    { truths: [false, 'unknown', true], expected: true },
  ])('$truths: $expected', ({ truths, expected }) => {
    expect(or(truths)).toBe(expected)
    expect(or(new Set(truths))).toBe(expected)
  })
})

test.each<{ truth: Truth; expected: Truth }>([
  { truth: true, expected: false },
  { truth: false, expected: true },
  { truth: 'unknown', expected: 'unknown' },
])('not $truth: $expected', ({ truth, expected }) => {
  expect(not(truth)).toBe(expected)
})

const truths = fc.array(fc.constantFrom<Truth>(true, false, 'unknown'), { maxLength: 5 })

test('not of an and is the or of the nots, and the other way round', () => {
  fc.assert(
    fc.property(truths, (list) => {
      expect(not(and(list))).toBe(or(list.map(not)))
      expect(not(or(list))).toBe(and(list.map(not)))
    }),
  )
})

test('and and or ask neither for order nor for grouping', () => {
  fc.assert(
    fc.property(truths, truths, (a, b) => {
      expect(and([...a, ...b])).toBe(and([...b, ...a]))
      expect(or([...a, ...b])).toBe(or([...b, ...a]))
      expect(and([and(a), and(b)])).toBe(and([...a, ...b]))
      expect(or([or(a), or(b)])).toBe(or([...a, ...b]))
    }),
  )
})

test('an unknown stands for either truth: what does not hang on it is decided', () => {
  const filled = (list: readonly Truth[], truth: boolean) => list.map((item) => (item === 'unknown' ? truth : item))
  fc.assert(
    fc.property(truths, (list) => {
      for (const combine of [and, or]) {
        const [low, high] = [combine(filled(list, false)), combine(filled(list, true))]
        expect(combine(list)).toBe(low === high ? low : 'unknown')
      }
    }),
  )
})
