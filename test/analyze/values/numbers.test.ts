import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseNumbers } from '../../../src/analyze/values/numbers.js'
import { compareDecimals, type Decimal, parseDecimal } from '../../../src/match/number.js'

const read = (text: string): Decimal => parseDecimal(text) as Decimal
const written = (text: string) => ({ text, number: read(text) })

const digits = fc.string({ unit: fc.constantFrom('0', '1', '5', '9'), minLength: 1, maxLength: 4 })
const exponents = fc.constantFrom('', 'e0', 'e1', 'e-1', 'e-7', 'e20', 'e-400', 'e400')
const numbers = fc.oneof(
  fc
    .tuple(digits, fc.option(digits), exponents)
    .map(([whole, fraction, exponent]) => `${whole}${fraction === null ? '' : `.${fraction}`}${exponent}`),
  fc.constantFrom(
    '0',
    '1',
    '0.1',
    '1.0',
    '9007199254740993',
    '9007199254740992',
    '9007199254740992.00000001',
    '1e-400',
    '1.00000000000000000000000001',
  ),
)
const signed = fc.tuple(fc.constantFrom('', '', '-'), numbers).map((parts) => parts.join(''))

const signsOf = (number: Decimal, compared: readonly string[]): string =>
  compared.map((text) => Math.sign(compareDecimals(number, read(text)))).join()

function expectAllStoodFor(compared: readonly string[], more: readonly string[]): void {
  expectStoodFor('zero', compared, more)
  expectStoodFor('none', compared, [...more, ...more.map((text) => (text.startsWith('-') ? text.slice(1) : `-${text}`))])
}

function expectStoodFor(lowest: 'zero' | 'none', compared: readonly string[], more: readonly string[]): void {
  const { values, incomplete } = chooseNumbers(compared.map(written), lowest)
  expect(incomplete).toBe(undefined)
  for (const value of values) {
    expect(parseDecimal(value), value).not.toBe(undefined)
    if (lowest === 'zero') expect(read(value).negative, value).toBe(false)
  }
  const known = new Set(values.map((value) => signsOf(read(value), compared)))
  for (const text of [...compared, ...more])
    if (lowest === 'none' || !read(text).negative) expect(known.has(signsOf(read(text), compared)), text).toBe(true)
}

describe('numbers chosen for comparisons', () => {
  test('stand for every number that is not negative: one compares the same with all', () => {
    fc.assert(fc.property(fc.array(signed, { maxLength: 5 }), fc.array(numbers, { maxLength: 5 }), expectAllStoodFor), { numRuns: 5000 })
  })

  test('stand for those between neighbours, however close', () => {
    const neighbours = fc.tuple(numbers, fc.constantFrom('1', '01', '0001', '5')).map(([text, tail]) => {
      const [head, exponent = ''] = text.split('e')
      const longer = `${head}${(head as string).includes('.') ? '' : '.'}${tail}`
      return [text, exponent === '' ? longer : `${longer}e${exponent}`, `${longer}01${exponent === '' ? '' : `e${exponent}`}`]
    })
    fc.assert(
      fc.property(neighbours, ([low, high, above]) => {
        const between = `${(high as string).split('e')[0]}`
        expectAllStoodFor([low as string, above as string], [high as string])
        expect(between).not.toBe('')
      }),
      { numRuns: 2000 },
    )
  })

  test('are short where there is a short one', () => {
    expect(chooseNumbers(['5', '10'].map(written), 'zero').values).toEqual(['0', '1', '5', '6', '10', '11'])
  })

  test('stand for those beyond the largest and the smallest exponents that are read', () => {
    expectAllStoodFor(['1e999999999', '3e999999999'], ['2e999999999', '4e999999999'])
    expectAllStoodFor(['0.01e-999999999'], ['0.001e-999999999'])
  })
})
