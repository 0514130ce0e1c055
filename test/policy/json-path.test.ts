import { expect, test } from 'vitest'
import { formatPath } from '../../src/policy/json-path.js'

test.each([
  { path: [], text: '$' },
  { path: ['Statement', 0, 'Action'], text: '$.Statement[0].Action' },
  { path: ['Statement', 12], text: '$.Statement[12]' },
  { path: ['a', 'B_1', '_', '0'], text: '$.a.B_1._.0' },
  { path: ['azAZ09_'], text: '$.azAZ09_' },
  { path: ['Condition', 'aws:SourceIp'], text: '$.Condition["aws:SourceIp"]' },
  { path: [''], text: '$[""]' },
  { path: ['a b'], text: '$["a b"]' },
  { path: ['a.b'], text: '$["a.b"]' },
  { path: ['a-b'], text: '$["a-b"]' },
  { path: ['"\\\n'], text: '$["\\"\\\\\\n"]' },
  { path: ['é'], text: '$["é"]' },
  { path: ['@'], text: '$["@"]' },
  { path: ['['], text: '$["["]' },
  { path: ['`'], text: '$["`"]' },
  { path: ['{'], text: '$["{"]' },
  { path: ['/'], text: '$["/"]' },
  { path: [':'], text: '$[":"]' },
  { path: ['\ud800'], text: '$["\\ud800"]' },
  { path: ['__proto__', 'constructor'], text: '$.__proto__.constructor' },
])('$path is $text', ({ path, text }) => {
  expect(formatPath(path)).toBe(text)
})
