import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareDecimals, type Decimal, parseDecimal } from '../../src/match/number.js'
import { decimalOrder } from '../../src/scan/decimal.js'
import { mutated, type Padded, paddings, runs, within } from './ranges.js'

function operandOf(text: string): Decimal {
  const decimal = parseDecimal(text)
  if (decimal === undefined) throw new Error(`\`${text}\` is no decimal`)
  return decimal
}

function order({ text, from, to }: Padded, { negative, digits, exponent }: Decimal): number {
  const found = decimalOrder(text, from, to, negative, digits, exponent)
  expect(Object.is(found, -0)).toBe(false)
  return Math.sign(found)
}

function expected(core: string, operand: Decimal): number {
  const decimal = parseDecimal(core)
  return decimal === undefined ? Number.NaN : Math.sign(compareDecimals(decimal, operand)) + 0
}

describe('decimalOrder', () => {
  test.each([
    { core: '0', operand: '0', sign: 0 },
    { core: '-0', operand: '0', sign: 0 },
    { core: '000.000e99', operand: '-0', sign: 0 },
    { core: '0', operand: '1', sign: -1 },
    { core: '0', operand: '-1', sign: 1 },
    { core: '-0', operand: '-1', sign: 1 },
    { core: '1', operand: '0', sign: 1 },
    { core: '-1', operand: '0', sign: -1 },
    { core: '-1', operand: '1', sign: -1 },
    { core: '1', operand: '-1', sign: 1 },
    { core: '-2', operand: '-1', sign: -1 },
    { core: '-1', operand: '-2', sign: 1 },
    { core: '007', operand: '7.00', sign: 0 },
    { core: '10', operand: '9', sign: 1 },
    { core: '100', operand: '1e2', sign: 0 },
    { core: '100.000', operand: '1e2', sign: 0 },
    { core: '100.001', operand: '1e2', sign: 1 },
    { core: '0.05', operand: '5e-2', sign: 0 },
    { core: '0.05', operand: '0.5', sign: -1 },
    { core: '12.34', operand: '1234e-2', sign: 0 },
    { core: '12.34', operand: '12.3', sign: 1 },
    { core: '12', operand: '12.3', sign: -1 },
    { core: '12.3', operand: '12', sign: 1 },
    { core: '-12', operand: '-12.3', sign: 1 },
    { core: '1e999999999', operand: '10e999999998', sign: 0 },
    { core: '1e-999999999', operand: '0', sign: 1 },
    { core: '0.1e-999999999', operand: '1e-999999999', sign: -1 },
    { core: '1E+0003', operand: '1000', sign: 0 },
    { core: '9007199254740993', operand: '9007199254740992', sign: 1 },
    { core: '0.1', operand: '0.1000000000000000000000000000000000000001', sign: -1 },
  ])('$core and $operand: $sign', ({ core, operand, sign }) => {
    for (const place of paddings(core)) expect(order(place, operandOf(operand))).toBe(sign)
  })

  test.each([
    { what: 'signs', cores: ['', '-', '--1', '+1', '1-', '1.-2'] },
    { what: 'points', cores: ['.', '.5', '-.5', '5.', '1..2', '1.2.3', '1.e5'] },
    {
      what: 'exponents',
      cores: ['1e', '1e+', '1e-', '1e+-1', '1ee5', 'e5', '1e1.5', '1e5e5', '1f5', '1e1234567890', '1e0000000001', '1e5 '],
    },
    {
      what: 'other digits',
      cores: [' 1', '1 ', '1,5', '0x10', 'NaN', 'Infinity', '１', '1１', '/', ':', '1/', '1:', '1.:', '1e:', '1\u0165'],
    },
  ])('$what that make no decimal', ({ cores }) => {
    for (const core of cores) {
      expect(parseDecimal(core)).toBeUndefined()
      for (const place of paddings(core)) expect([core, order(place, operandOf('1'))]).toEqual([core, Number.NaN])
    }
  })

  const zeros = fc.oneof(
    fc.constant(''),
    fc.nat(4).map((count) => '0'.repeat(count)),
  )
  const digits = fc.oneof(
    fc.constantFrom('0', '1', '10', '12', '9'),
    fc.nat().map(String),
    fc.bigInt({ min: 0n, max: 10n ** 40n }).map(String),
  )
  const exponent = fc.oneof(
    fc.constant(''),
    fc
      .tuple(
        fc.constantFrom('e', 'E', 'e+', 'e-', 'E-'),
        fc.oneof(fc.nat(5).map(String), fc.constantFrom('00', '999999999', '999999998', '000000001', '0000000001', '1234567890')),
      )
      .map((parts) => parts.join('')),
  )
  const fraction = fc.oneof(
    fc.constant(''),
    fc.tuple(fc.constant('.'), zeros, digits, zeros).map((parts) => parts.join('')),
  )
  const decimals = fc.tuple(fc.constantFrom('', '-'), zeros, digits, zeros, fraction, exponent).map((parts) => parts.join(''))
  const candidates = fc.oneof(
    mutated(decimals, ['0', '1', '9', '.', '-', '+', 'e', 'E', ' ', '１', ':', '/']),
    fc.string({ unit: fc.constantFrom('0', '1', '9', '-', '+', '.', 'e'), maxLength: 8 }),
  )
  const operands = decimals.map(parseDecimal).filter((decimal) => decimal !== undefined)

  test('the same as parseDecimal and compareDecimals on every text', () => {
    fc.assert(
      fc.property(within(candidates), operands, (place, operand) => {
        expect(order(place, operand)).toBe(expected(place.core, operand))
      }),
      runs,
    )
  })

  test('nearly equal decimals: another spelling, or one more or one less in the last place', () => {
    const near = fc.record({
      value: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
      difference: fc.constantFrom(-1n, 0n, 0n, 1n),
      places: fc.nat(32),
      shift: fc.integer({ min: -5, max: 5 }),
      zeros,
    })
    fc.assert(
      fc.property(near, ({ value, difference, places, shift, zeros: padding }) => {
        const changed = value + difference
        const absolute = String(changed < 0n ? -changed : changed).padStart(places + 1, '0')
        const whole = absolute.slice(0, absolute.length - places)
        const rest = absolute.slice(absolute.length - places) + padding
        const core = `${changed < 0n ? '-' : ''}${padding}${whole}${rest === '' ? '' : `.${rest}`}e${shift}`
        const operand = operandOf(`${value}e${shift - places}`)
        expect(expected(core, operand)).toBe(Number(difference))
        for (const place of paddings(core)) expect(order(place, operand)).toBe(Number(difference))
      }),
      { numRuns: 1000 },
    )
  })

  test('reads a million digits', () => {
    const zerosOnly = '0'.repeat(1_000_000)
    const long = `${zerosOnly}1${zerosOnly}.${zerosOnly}1`
    for (const operand of [operandOf('1e1000000'), operandOf(long), operandOf('2e1000000')]) {
      expect(Math.sign(decimalOrder(long, 0, long.length, operand.negative, operand.digits, operand.exponent))).toBe(
        expected(long, operand),
      )
    }
  })
})
