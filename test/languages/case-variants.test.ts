import { describe, expect, test } from 'vitest'
import { caseVariants } from '../../src/languages/case-variants.js'
import { foldSimple } from '../../src/match/case.js'

const LAST = 0x10ffff
const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff

describe('case variants', () => {
  test('are all code points that fold to the same, for every code point', () => {
    const expected = new Map<number, number[]>()
    for (let code = 0; code <= LAST; code++) {
      if (isSurrogate(code)) continue
      const folded = foldSimple(String.fromCodePoint(code)).codePointAt(0) as number
      const known = expected.get(folded)
      if (known === undefined) expected.set(folded, [code])
      else known.push(code)
    }
    const wrong: number[] = []
    for (const [folded, codes] of expected) {
      const variants = caseVariants(folded)
      const isSame = variants.length === codes.length && codes.every((code) => variants.includes(code))
      if (!isSame) wrong.push(folded)
    }
    expect(wrong).toEqual([])
    // Folding what is folded changes nothing, or the map would lack some.
    expect([...expected.keys()].filter((folded) => !(expected.get(folded) as number[]).includes(folded))).toEqual([])
  })

  test.each([
    ['k', ['K', 'k', '\u212a']],
    ['s', ['S', 's', '\u017f']],
    ['\u00df', ['\u00df', '\u1e9e']],
    ['i', ['I', 'i']],
    ['\u03c3', ['\u03a3', '\u03c2', '\u03c3']],
    ['1', ['1']],
  ])('of %s', (letter, variants) => {
    const found = caseVariants(letter.codePointAt(0) as number).map((code) => String.fromCodePoint(code))
    expect(found.sort()).toEqual(variants)
  })
})
