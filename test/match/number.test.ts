import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareDecimals, type Decimal, parseDecimal, skipDigits } from '../../src/match/number.js'

function read(text: string): Decimal {
  const decimal = parseDecimal(text)
  if (decimal === undefined) throw new Error(`\`${text}\` is no decimal`)
  return decimal
}

function order(a: string, b: string): number {
  return Math.sign(compareDecimals(read(a), read(b))) + 0
}

const zero = { negative: false, digits: '', exponent: 0 }

describe('parseDecimal', () => {
  test.each([
    { text: '0', decimal: zero },
    { text: '-0', decimal: zero },
    { text: '000', decimal: zero },
    { text: '0.000', decimal: zero },
    { text: '-0.0e5', decimal: zero },
    { text: '0e999999999', decimal: zero },
    { text: '1', decimal: { negative: false, digits: '1', exponent: 1 } },
    { text: '-1', decimal: { negative: true, digits: '1', exponent: 1 } },
    { text: '10', decimal: { negative: false, digits: '1', exponent: 2 } },
    { text: '007', decimal: { negative: false, digits: '7', exponent: 1 } },
    { text: '1.50', decimal: { negative: false, digits: '15', exponent: 1 } },
    { text: '0.5', decimal: { negative: false, digits: '5', exponent: 0 } },
    { text: '0.050', decimal: { negative: false, digits: '5', exponent: -1 } },
    { text: '100.001', decimal: { negative: false, digits: '100001', exponent: 3 } },
    { text: '1e3', decimal: { negative: false, digits: '1', exponent: 4 } },
    { text: '1E3', decimal: { negative: false, digits: '1', exponent: 4 } },
    { text: '1e+3', decimal: { negative: false, digits: '1', exponent: 4 } },
    { text: '1e-3', decimal: { negative: false, digits: '1', exponent: -2 } },
    { text: '1e-0', decimal: { negative: false, digits: '1', exponent: 1 } },
    { text: '-12.5e-10', decimal: { negative: true, digits: '125', exponent: -8 } },
    { text: '1e0003', decimal: { negative: false, digits: '1', exponent: 4 } },
    { text: '1e999999999', decimal: { negative: false, digits: '1', exponent: 1_000_000_000 } },
    { text: '1e-999999999', decimal: { negative: false, digits: '1', exponent: -999_999_998 } },
    { text: '9007199254740993', decimal: { negative: false, digits: '9007199254740993', exponent: 16 } },
  ])('$text', ({ text, decimal }) => {
    expect(parseDecimal(text)).toEqual(decimal)
  })

  test.each([
    { what: 'nothing', texts: [''] },
    { what: 'a sign that is no single minus in front', texts: ['-', '--1', '+1', '1-', '1.-2'] },
    { what: 'a point without digits on both sides', texts: ['.', '.5', '-.5', '5.', '-5.', '1..2', '1.2.3', '1.e5'] },
    { what: 'an exponent without digits', texts: ['1e', '1e+', '1e-', '1e+-1', '1e--1', '1ee5'] },
    { what: 'an exponent of nothing, or of no whole number', texts: ['e', 'e5', '-e5', '1e1.5', '1e5e5', '1f5', '1e 5', '1e/', '1e:'] },
    { what: 'an exponent of ten digits', texts: ['1e1234567890', '1e0000000001', '1e+1234567890', '1e-1234567890'] },
    { what: 'blanks and separators', texts: [' 1', '1 ', '\t1', '1\n', '1_000', '1,5', '1e5 '] },
    { what: 'other notations', texts: ['0x10', '0b1', '1n', 'NaN', 'Infinity', '-Infinity', 'true', '$', 'a'] },
    { what: 'digits that are not ASCII, and the neighbours of 0 and 9', texts: ['１', '٣', '1１', '/', ':', '1/', '1:', '1.:', '1./'] },
  ])('$what is no decimal', ({ texts }) => {
    expect(texts.filter((text) => parseDecimal(text) !== undefined)).toEqual([])
  })

  test('exactly the texts of the form -?digits[.digits][e[+-]digits], with at most nine digits of exponent', () => {
    const text = fc.string({ unit: fc.constantFrom('0', '1', '9', '-', '+', '.', 'e', 'E', ' '), maxLength: 14 })
    fc.assert(
      fc.property(text, (candidate) => {
        expect(parseDecimal(candidate) !== undefined).toBe(/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,9})?$/.test(candidate))
      }),
      { numRuns: 5000 },
    )
  })

  test('no zeros stand at either end of the digits, and zero is one value', () => {
    fc.assert(
      fc.property(arbitraryDecimal, ({ text }) => {
        const { digits, exponent, negative } = read(text)
        expect(digits).toMatch(/^(?:[1-9]|[1-9]\d*[1-9])?$/)
        if (digits === '') expect({ negative, exponent }).toEqual({ negative: false, exponent: 0 })
      }),
    )
  })
})

describe('compareDecimals', () => {
  test.each([
    { a: '0', b: '-0', expected: 0 },
    { a: '0', b: '0.00e9', expected: 0 },
    { a: '1', b: '1.0', expected: 0 },
    { a: '10', b: '1e1', expected: 0 },
    { a: '-1000', b: '-1e3', expected: 0 },
    { a: '0.1', b: '1e-1', expected: 0 },
    { a: '0', b: '1', expected: -1 },
    { a: '0', b: '-1', expected: 1 },
    { a: '0', b: '1e-9', expected: -1 },
    { a: '0', b: '-1e-9', expected: 1 },
    { a: '1', b: '2', expected: -1 },
    { a: '-1', b: '-2', expected: 1 },
    { a: '-1', b: '1', expected: -1 },
    { a: '9', b: '10', expected: -1 },
    { a: '-9', b: '-10', expected: 1 },
    { a: '12', b: '123', expected: -1 },
    { a: '1.2', b: '1.23', expected: -1 },
    { a: '-1.2', b: '-1.23', expected: 1 },
    { a: '2', b: '1.999999999999999999999', expected: 1 },
    { a: '9007199254740993', b: '9007199254740992', expected: 1 },
    { a: '0.1', b: '0.10000000000000000000001', expected: -1 },
    { a: '1e999999999', b: '1e999999998', expected: 1 },
    { a: '1e-999999999', b: '1e-999999998', expected: -1 },
    { a: '1e400', b: '1e401', expected: -1 },
    { a: '1e-400', b: '0', expected: 1 },
  ])('$a against $b: $expected', ({ a, b, expected }) => {
    expect(order(a, b)).toBe(expected)
    expect(order(b, a)).toBe(-expected + 0)
  })

  test('orders as exact integers do after scaling', () => {
    fc.assert(
      fc.property(arbitraryDecimal, arbitraryDecimal, (a, b) => {
        expect(order(a.text, b.text)).toBe(a.scaled < b.scaled ? -1 : a.scaled > b.scaled ? 1 : 0)
      }),
      { numRuns: 3000 },
    )
  })

  test('ends on numbers of a million digits', () => {
    const long = '1'.repeat(1_000_000)
    expect(order(`${long}.${'0'.repeat(1_000_000)}`, long)).toBe(0)
    expect(order(`0.${'0'.repeat(1_000_000)}1`, '0')).toBe(1)
    expect(order(`${long}0`, `${long}1`)).toBe(-1)
  })
})

/** A decimal as text, and its exact value times 10^40. Few digits, so that equal values are spelled in several ways. */
const arbitraryDecimal = fc
  .record({
    negative: fc.boolean(),
    whole: fc.string({ unit: fc.constantFrom('0', '1', '9'), minLength: 1, maxLength: 4 }),
    fraction: fc.option(fc.string({ unit: fc.constantFrom('0', '1', '9'), minLength: 1, maxLength: 4 }), { nil: undefined }),
    exponent: fc.option(fc.integer({ min: -12, max: 12 }), { nil: undefined }),
    mark: fc.constantFrom('e', 'E'),
    plus: fc.constantFrom('', '+'),
  })
  .map(({ negative, whole, fraction, exponent, mark, plus }) => {
    const power = exponent === undefined ? '' : `${mark}${exponent < 0 ? '' : plus}${exponent}`
    const text = `${negative ? '-' : ''}${whole}${fraction === undefined ? '' : `.${fraction}`}${power}`
    const digits = BigInt(whole + (fraction ?? '')) * 10n ** BigInt(40 - (fraction?.length ?? 0) + (exponent ?? 0))
    return { text, scaled: negative ? -digits : digits }
  })

describe('skipDigits', () => {
  test.each([
    { text: '', from: 0, end: 0 },
    { text: '123', from: 0, end: 3 },
    { text: '123', from: 2, end: 3 },
    { text: '123', from: 3, end: 3 },
    { text: '12a3', from: 0, end: 2 },
    { text: 'a12', from: 0, end: 0 },
    { text: 'a12', from: 1, end: 3 },
    { text: '09/', from: 0, end: 2 },
    { text: '90:', from: 0, end: 2 },
    { text: '1１', from: 0, end: 1 },
  ])('$text from $from ends at $end', ({ text, from, end }) => {
    expect(skipDigits(text, from)).toBe(end)
  })
})
