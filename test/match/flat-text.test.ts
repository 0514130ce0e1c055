import { expect, test } from 'vitest'
import { flatText } from '../../src/match/flat-text.js'

test.each(['', 'a', 'é', '😀', '\ud83d', 'ab', 'arn:aws:iam::111122223333:user/ann', '__proto__'.repeat(9), '\u0000"\\'])(
  '%j stays as it is',
  (text) => {
    expect(flatText(`<${text}>`.slice(1, -1))).toBe(text)
  },
)
