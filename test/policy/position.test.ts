import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineTableOf, spanAt } from '../../src/policy/position.js'

describe('lineTableOf', () => {
  test.each([
    { text: '', starts: [0] },
    { text: 'abc', starts: [0] },
    { text: '\n', starts: [0, 1] },
    { text: '\r', starts: [0, 1] },
    { text: '\r\n', starts: [0, 2] },
    { text: '\n\r', starts: [0, 1, 2] },
    { text: '\r\r\n\n', starts: [0, 1, 3, 4] },
    { text: 'a\nbc\r\nd\re', starts: [0, 2, 6, 8] },
    { text: 'a\u2028b\u0085c\u000bd', starts: [0] },
    { text: '😀\n😀', starts: [0, 3] },
  ])('$text: $starts', ({ text, starts }) => {
    expect(lineTableOf(text)).toEqual(starts)
  })
})

describe('spanAt', () => {
  const text = 'ab\ncd\r\n\r😀e'

  test.each([
    { offset: 0, line: 1, column: 1 },
    { offset: 1, line: 1, column: 2 },
    { offset: 2, line: 1, column: 3 },
    { offset: 3, line: 2, column: 1 },
    { offset: 5, line: 2, column: 3 },
    { offset: 6, line: 2, column: 4 },
    { offset: 7, line: 3, column: 1 },
    { offset: 8, line: 4, column: 1 },
    { offset: 10, line: 4, column: 3 },
    { offset: 11, line: 4, column: 4 },
  ])('$offset is $line:$column', ({ offset, line, column }) => {
    const position = { offset, line, column }
    expect(spanAt(lineTableOf(text), offset, offset)).toEqual({ start: position, end: position })
  })

  test('start and end are positions of their own', () => {
    expect(spanAt(lineTableOf(text), 1, 8)).toEqual({ start: { offset: 1, line: 1, column: 2 }, end: { offset: 8, line: 4, column: 1 } })
  })

  test('a line is one more than the line ends before it, and a column counts from the last of them', () => {
    const anyText = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n', '😀'), maxLength: 20 })
    fc.assert(
      fc.property(anyText, fc.nat(30), (whole, place) => {
        const offset = Math.min(place, whole.length)
        // Between CR and LF the line has not ended yet.
        const before = whole.slice(0, offset)
        const isInside = before.endsWith('\r') && whole[offset] === '\n'
        const lines = (isInside ? before.slice(0, -1) : before).split(/\r\n|\r|\n/)
        const column = (lines.at(-1)?.length ?? 0) + (isInside ? 2 : 1)
        expect(spanAt(lineTableOf(whole), offset, offset).start).toEqual({ offset, line: lines.length, column })
      }),
      { numRuns: 1000 },
    )
  })
})
