import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashOf, hashOfText } from '../../src/tables/hash.js'
import { afterText, equalsText, lengthOfText, readText, sameText, startsWithText, unitAt } from '../../src/tables/packed-text.js'
import { nearly, packed, text } from './texts.js'

const one = (own: string) => {
  const { words, places } = packed(own)
  return { words, at: places[0] as number }
}

test('what is packed is read back, unit by unit too, and the next text stands behind it', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
      const { words, places } = packed(...texts)
      expect(places.map((place) => readText(words, place))).toEqual(texts)
      expect(places.map((place) => lengthOfText(words, place))).toEqual(texts.map(({ length }) => length))
      expect(places.map((place) => afterText(words, place))).toEqual([...places, words.length - 1].slice(1))
      for (const [at, own] of texts.entries()) {
        const step = Math.max(1, Math.floor(own.length / 50))
        for (let i = 0; i < own.length; i += step) expect(unitAt(words, places[at] as number, i)).toBe(own.charCodeAt(i))
      }
    }),
  )
})

test('a text takes a word for four units, or for two if one of them is wide', () => {
  const sizes = ['', 'a', 'abcd', 'abcde', 'ÿ', 'Ā', 'aĀ', 'abĀ', '\0'].map((own) => packed(own).words.length - 4)
  expect(sizes).toEqual([1, 2, 2, 3, 2, 2, 2, 3, 2])
})

/** Two texts, often nearly the same ones. */
const pair = text.chain((own) =>
  fc.tuple(
    fc.constant(own),
    fc.oneof(
      fc.constant(own),
      nearly(own),
      text,
      text.map((other) => own + other),
    ),
  ),
)

test('equalsText is ===, startsWithText is startsWith', () => {
  fc.assert(
    fc.property(pair, ([own, other]) => {
      const { words, at } = one(own)
      expect([equalsText(words, at, other), startsWithText(words, at, other, 0)]).toEqual([own === other, other.startsWith(own)])
    }),
    { numRuns: 5_000 },
  )
})

test('from a unit on, startsWithText is startsWith there', () => {
  fc.assert(
    fc.property(pair, fc.nat({ max: 12 }), ([own, other], from) => {
      const { words, at } = one(own)
      const cut = Math.min(from, other.length)
      expect(startsWithText(words, at, other, cut)).toBe(other.startsWith(own, cut))
      expect(startsWithText(words, at, `${'x'.repeat(from)}${own}y`, from)).toBe(true)
    }),
    { numRuns: 5_000 },
  )
})

test('sameText is ===, also for texts at the end of the words', () => {
  fc.assert(
    fc.property(pair, ([own, other]) => {
      const { words, places } = packed(own, other, own)
      const [a, b, c] = places as [number, number, number]
      expect([sameText(words, a, b), sameText(words, b, a), sameText(words, a, c), sameText(words, b, c)]).toEqual([
        own === other,
        own === other,
        true,
        own === other,
      ])
      const cut = words.subarray(0, -1)
      expect([sameText(cut, b, c), sameText(cut, c, b)]).toEqual([own === other, own === other])
    }),
    { numRuns: 3_000 },
  )
})

describe('units that are wider than a byte', () => {
  test('never stand for two narrow ones whose bits they have', () => {
    const narrow = fc.array(fc.nat({ max: 0xff }), { minLength: 2, maxLength: 9 })
    fc.assert(
      fc.property(narrow, fc.nat(), fc.nat({ max: 0xff }), (units, where, mask) => {
        const at = where % (units.length - 1)
        const [low, high] = units.slice(at, at + 2) as [number, number]
        const own = String.fromCharCode(...units)
        const wide = String.fromCharCode(...units.slice(0, at), low | (high << 8), high & mask, ...units.slice(at + 2))
        const { words, at: place } = one(own)
        expect([equalsText(words, place, wide), startsWithText(words, place, wide, 0)]).toEqual([own === wide, own === wide])
      }),
      { numRuns: 3_000 },
    )
  })

  test.each([
    ['abcd', 'ab扣\0'],
    ['abcd', '扡\0cd'],
    ['abcd', 'ašcd'],
    ['a', 'š'],
    ['abcde', 'abcdť'],
    ['扡', 'ab'],
    ['\0\0\0\0', '\0\0\0\u0100'],
    ['', '\u0100'],
  ])('%j is not %j', (own, other) => {
    const { words, places } = packed(own, other)
    const [a, b] = places as [number, number]
    expect([equalsText(words, a, other), equalsText(words, b, own), sameText(words, a, b)]).toEqual([false, false, false])
    expect(startsWithText(words, a, other, 0)).toBe(own === '')
  })
})

test('hashOfText is hashOf of what is read', () => {
  fc.assert(
    fc.property(text, fc.integer(), (own, seed) => {
      const { words, at } = one(own)
      expect(hashOfText(words, at, seed)).toBe(hashOf(own, seed))
    }),
    { numRuns: 3_000 },
  )
})
