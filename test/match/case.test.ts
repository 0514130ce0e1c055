import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldAscii, foldSimple } from '../../src/match/case.js'

function isSurrogate(point: number): boolean {
  return point >= 0xd800 && point <= 0xdfff
}

/** Every code point that is a character of its own. */
function allCharacters(): readonly string[] {
  const characters: string[] = []
  for (let point = 0; point <= 0x10ffff; point++) if (!isSurrogate(point)) characters.push(String.fromCodePoint(point))
  return characters
}

describe('foldAscii', () => {
  test.each([
    { text: '', folded: '' },
    { text: 'AZaz', folded: 'azaz' },
    { text: '@[`{', folded: '@[`{' },
    { text: 'S3:GetObject', folded: 's3:getobject' },
    { text: '\u007f', folded: '\u007f' },
    { text: 'A\u0080', folded: 'a\u0080' },
    { text: 'ÀÉẞ', folded: 'ÀÉẞ' },
    { text: 'K', folded: 'k' },
    // The Kelvin and Ångström signs and the dotted I, whose small letters are ASCII or of several code points.
    { text: '\u212a', folded: '\u212a' },
    { text: '\u212bA', folded: '\u212ba' },
    { text: '\u0130I', folded: '\u0130i' },
    { text: 'AＡA', folded: 'aＡa' },
    { text: 'A😀B', folded: 'a😀b' },
    { text: '𐐀A', folded: '𐐀a' },
  ])('$text is $folded', ({ text, folded }) => {
    expect(foldAscii(text)).toBe(folded)
  })

  test('every code unit alone: A to Z change, nothing else does', () => {
    for (let unit = 0; unit <= 0xffff; unit++) {
      const text = String.fromCharCode(unit)
      const expected = unit >= 0x41 && unit <= 0x5a ? String.fromCharCode(unit + 32) : text
      if (foldAscii(text) !== expected) expect([unit, foldAscii(text)]).toEqual([unit, expected])
      if (foldAscii(`Q${text}`) !== `q${expected}`) expect([unit, foldAscii(`Q${text}`)]).toEqual([unit, `q${expected}`])
    }
  })

  test('two texts fold alike exactly if they differ in the case of ASCII letters alone', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'A', 'k', 'K', '\u212a', 'é', 'É', '😀'), maxLength: 4 })
    const lowered = (whole: string) => whole.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(foldAscii(a) === foldAscii(b)).toBe(lowered(a) === lowered(b))
        expect(foldAscii(a)).toHaveLength(a.length)
      }),
    )
  })
})

describe('foldSimple', () => {
  test.each([
    { a: '', b: '', equal: true },
    { a: 'abc', b: 'ABC', equal: true },
    { a: 'abc', b: 'abd', equal: false },
    { a: 'é', b: 'É', equal: true },
    { a: 'é', b: 'e\u0301', equal: false },
    { a: 'ß', b: 'ẞ', equal: true },
    { a: 'ß', b: 'SS', equal: false },
    { a: 'ß', b: 'ss', equal: false },
    { a: 'ŉ', b: 'ʼN', equal: false },
    { a: 'σ', b: 'ς', equal: true },
    { a: 'Σ', b: 'ς', equal: true },
    { a: 'ΑΣ', b: 'ας', equal: true },
    { a: 'ſ', b: 's', equal: true },
    { a: '\u212a', b: 'k', equal: true },
    { a: '\u212b', b: 'å', equal: true },
    { a: '\u2126', b: 'ω', equal: true },
    { a: 'ı', b: 'i', equal: false },
    { a: 'ı', b: 'I', equal: false },
    { a: 'ı', b: 'ı', equal: true },
    { a: '\u0130', b: 'i', equal: false },
    { a: '\u0130', b: 'i\u0307', equal: false },
    { a: '\u0130', b: 'I', equal: false },
    { a: 'ǅ', b: 'ǆ', equal: true },
    { a: 'ǅ', b: 'Ǆ', equal: true },
    { a: 'ᾳ', b: 'ᾼ', equal: true },
    { a: '\u0345', b: 'ι', equal: true },
    { a: 'µ', b: 'μ', equal: true },
    { a: 'Ꭰ', b: 'ꭰ', equal: true },
    { a: '𐐀', b: '𐐨', equal: true },
    { a: 'ﬁ', b: 'fi', equal: false },
    { a: '\u1fd3', b: '\u0390', equal: true },
    { a: '\ufb05', b: '\ufb06', equal: true },
    { a: '😀', b: '😁', equal: false },
  ])('$a and $b are equal: $equal', ({ a, b, equal }) => {
    expect(foldSimple(a) === foldSimple(b)).toBe(equal)
  })

  test.each([
    { text: 'Straße', folded: 'straße' },
    { text: 'ÀÉÎ', folded: 'àéî' },
    { text: 'ΑΣ', folded: 'ασ' },
    { text: '𐐀A', folded: '𐐨a' },
    { text: 'ı\u0130', folded: 'ı\u0130' },
  ])('$text folds to $folded', ({ text, folded }) => {
    expect(foldSimple(text)).toBe(folded)
  })

  test('folds alike what /iu matches, over all code points, and nothing else', () => {
    // Characters that have a case at all; each is compared with every other, by the engine's own folding.
    const characters = allCharacters()
    const cased = characters.filter((character) => character.toLowerCase() !== character || character.toUpperCase() !== character)
    const text = cased.join('')
    const alike = new Map<string, string>()
    for (const character of cased) alike.set(foldSimple(character), (alike.get(foldSimple(character)) ?? '') + character)
    const differences = cased.flatMap((character) => {
      const expected = text.match(new RegExp(`\\u{${character.codePointAt(0)?.toString(16)}}`, 'giu'))?.join('')
      const folded = alike.get(foldSimple(character))
      return folded === expected ? [] : [`${character}: ${folded} instead of ${expected}`]
    })
    expect(cased.length).toBeGreaterThan(2800)
    expect(differences).toEqual([])
  })

  test('leaves characters without case alone, and no character with case equals one of them', () => {
    const caseless = allCharacters().filter((character) => character.toLowerCase() === character && character.toUpperCase() === character)
    const cased = allCharacters().filter((character) => character.toLowerCase() !== character || character.toUpperCase() !== character)
    const changed = caseless.filter((character) => foldSimple(character) !== character)
    const matched = caseless.join('').match(new RegExp(`[${cased.join('')}]`, 'giu')) ?? []
    expect(changed).toEqual([])
    expect(matched).toEqual([])
  })

  test('folds code point by code point, and folding twice is folding once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = foldSimple(text)
        expect(folded).toBe([...text].map(foldSimple).join(''))
        expect(foldSimple(folded)).toBe(folded)
        expect([...folded]).toHaveLength([...text].length)
      }),
    )
  })
})
