import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listOf, quoted, termInWords } from '../../../src/analyze/words/lists.js'

describe('quoted text', () => {
  test.each([
    ['photos/raw/*', '`photos/raw/*`'],
    ['', 'the empty text'],
    ['a`b', '`a\\u{60}b`'],
    ['a\nb\t\u0000', '`a\\u{a}b\\u{9}\\u{0}`'],
    ['\u007f\u0085\u00a0\u00ad', '`\\u{7f}\\u{85}\\u{a0}\\u{ad}`'],
    ['\u200b\u200e\u200f', '`\\u{200b}\\u{200e}\\u{200f}`'],
    ['\u2028\u2029\u202e', '`\\u{2028}\\u{2029}\\u{202e}`'],
    ['\u2060\u2066\u2069\ufeff', '`\\u{2060}\\u{2066}\\u{2069}\\u{feff}`'],
    ['\u{1f600} \u00e9 "\u2018', '`\u{1f600} \u00e9 "\u2018`'],
  ])('%j', (text, expected) => {
    expect(quoted(text)).toBe(expected)
  })

  test('has a backtick at either end only, and no control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const inside = quoted(text).slice(1, -1)
        expect(inside).not.toMatch(/[`\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('lists', () => {
  test.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('%j', (items, expected) => {
    expect(listOf(items, 'and')).toBe(expected)
  })

  test('with another word', () => {
    expect(listOf(['a', 'b', 'c'], 'or')).toBe('a, b or c')
  })
})

describe('terms', () => {
  test.each([
    [[], [], 'all'],
    [['A'], [], 'a'],
    [['A', 'B'], [], 'a that is also b'],
    [[], ['A'], 'all except a'],
    [['A'], ['B', 'C'], 'a except b and c'],
  ])('%j without %j', (only, except, expected) => {
    expect(termInWords({ only, except }, 'all', (label: string) => label.toLowerCase())).toBe(expected)
  })
})
