import fc from 'fast-check'
import { packText } from '../../src/tables/packed-text.js'

const borders = [
  0, 1, 0x61, 0x62, 0x7f, 0x80, 0xfe, 0xff, 0x100, 0x101, 0x6100, 0x6261, 0x8061, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xfffe, 0xffff,
]

/** Code units of all kinds, lone surrogates among them. */
export const unit = fc.oneof(fc.constantFrom(...borders), fc.nat({ max: 0xff }), fc.nat({ max: 0xffff }))

const textOf = (units: readonly number[]): string => units.map((each) => String.fromCharCode(each)).join('')

/** Texts that fit into bytes, texts that do not, and some that are longer than what is read at once. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.nat({ max: 0xff }), { maxLength: 12 }).map(textOf) },
  { weight: 4, arbitrary: fc.array(unit, { maxLength: 12 }).map(textOf) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(unit, { minLength: 1, maxLength: 5 }), fc.constantFrom(4095, 4096, 4097, 8192, 9001))
      .map(([units, length]) => textOf(units).repeat(length).slice(0, length)),
  },
)

/** The text with one code unit changed, added or taken away. */
export const nearly = (own: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.nat({ max: own.length }),
      fc.nat({ max: 1 }),
      fc.oneof(
        fc.constant(''),
        unit.map((each) => String.fromCharCode(each)),
      ),
    )
    .map(([at, taken, added]) => own.slice(0, at) + added + own.slice(at + taken))

/** Texts in words one after another, behind a few words of something else; and where each is. */
export function packed(...texts: readonly string[]): { readonly words: Int32Array; readonly places: readonly number[] } {
  const words = [-1, 7, -1]
  const places = texts.map((each) => {
    const place = words.length
    packText(each, (word) => words.push(word))
    return place
  })
  return { words: Int32Array.from([...words, -1]), places }
}
