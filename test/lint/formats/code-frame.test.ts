import { expect, test } from 'vitest'
import { codeFrame } from '../../../src/lint/formats/code-frame.js'
import { lineTableOf, spanAt } from '../../../src/policy/position.js'

/** The frame of what stands between `«` and `»`. */
function frame(marked: string): readonly string[] {
  const start = marked.indexOf('«')
  const end = marked.indexOf('»') - 1
  const text = marked.replace('«', '').replace('»', '')
  const { code, mark } = codeFrame(text, spanAt(lineTableOf(text), start, end))
  return [code, mark]
}

test.each([
  ['a place on one line', 'a\nb «c» d\ne', ['   2 | b c d', '     |   ^']],
  ['an empty place', 'ab«»cd', ['   1 | abcd', '     |   ^']],
  ['the end of the text', 'ab\n«»', ['   2 | ', '     | ^']],
  ['lines that end with CR LF', 'a\r\n«b»\r\nc', ['   2 | b', '     | ^']],
  ['several lines', 'x {«\n  y\n»}', ['   1 | x {', '     |    ^ … to line 3']],
  ['several lines from the middle of one', 'x «{ y\n}»', ['   1 | x { y', '     |   ^^^ … to line 2']],
  ['tabs', '\t\t«x»', ['   1 |         x', '     |         ^']],
  ['wide letters', '写真 «📷»', ['   1 | 写真 📷', '     |      ^^']],
  ['accents of their own', 'e\u0301 «x»', ['   1 | e\u0301 x', '     |   ^']],
  ['an escape sequence', '\u001b[2J «x»', ['   1 | \\u001b[2J x', '     |           ^']],
  ['a long line', `${'a'.repeat(500)}«b»${'c'.repeat(500)}`, [`   1 | …${'a'.repeat(40)}b${'c'.repeat(79)}…`, `     | ${' '.repeat(41)}^`]],
  ['a long place', `«${'b'.repeat(500)}»`, [`   1 | ${'b'.repeat(120)}…`, `     | ${'^'.repeat(120)}`]],
  ['a long line cut beside a pair', `${'📷'.repeat(50)}a«b»`, [`   1 | …${'📷'.repeat(20)}ab`, `     | ${' '.repeat(42)}^`]],
] as const)('%s', (_, marked, expected) => {
  expect(frame(marked)).toEqual(expected)
})

test('places of another text do no harm', () => {
  const { span } = { span: spanAt(lineTableOf(`\n${'x'.repeat(200)}`), 100, 200) }
  expect(codeFrame('short', span).code).toBe('   2 | …')
  expect(codeFrame('', span).mark).toContain('^')
})

test('a line of megabytes costs no more than what is shown', () => {
  const text = 'x'.repeat(20_000_000)
  const span = spanAt([0], 10_000_000, 20_000_000)
  const before = performance.now()
  for (let i = 0; i < 1000; i++) codeFrame(text, span)
  expect(performance.now() - before).toBeLessThan(2000)
})
