import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OperatorName } from '../../src/catalog/condition-operators.js'
import type { Truth } from '../../src/operators/truth.js'
import type { Expansion } from '../../src/policy/template.js'
import { pieces, truthOf } from './condition.js'

/** One operand on one value, by the positive operators and their negations. */
interface Pair {
  readonly operand: string | Expansion
  readonly value: string
  readonly expected: Truth
}

interface Negation {
  readonly positive: readonly OperatorName[]
  readonly negated: readonly OperatorName[]
}

function expectPair({ positive, negated }: Negation, { operand, value, expected }: Pair): void {
  for (const name of positive) expect([name, truthOf({ name, operands: [operand], values: [value] })]).toEqual([name, expected])
  const opposite = expected === 'unknown' ? expected : !expected
  for (const name of negated) expect([name, truthOf({ name, operands: [operand], values: [value] })]).toEqual([name, opposite])
}

describe('StringEquals', () => {
  test.each<Pair>([
    { operand: '', value: '', expected: true },
    { operand: '', value: ' ', expected: false },
    { operand: 'a', value: 'a', expected: true },
    { operand: 'a', value: 'A', expected: false },
    { operand: 'a', value: 'ab', expected: false },
    { operand: '*', value: 'a', expected: false },
    { operand: '*', value: '*', expected: true },
    { operand: '?', value: 'a', expected: false },
    { operand: 'é', value: 'e\u0301', expected: false },
    { operand: '😀', value: '😀', expected: true },
    { operand: '10', value: '10.0', expected: false },
    { operand: pieces('a', 'b', 'c'), value: 'abc', expected: true },
    { operand: pieces('a*', '*'), value: 'a**', expected: true },
  ])('$operand on $value: $expected', (pair) => {
    expectPair({ positive: ['StringEquals'], negated: ['StringNotEquals'] }, pair)
  })
})

describe('StringEqualsIgnoreCase', () => {
  test.each<Pair>([
    { operand: '', value: '', expected: true },
    { operand: 'aBc', value: 'AbC', expected: true },
    { operand: 'É', value: 'é', expected: true },
    { operand: 'é', value: 'e', expected: false },
    { operand: 'ß', value: 'SS', expected: false },
    { operand: 'ß', value: 'ẞ', expected: true },
    { operand: 'ı', value: 'i', expected: false },
    { operand: '\u212a', value: 'k', expected: true },
    { operand: 'ΣΑΣ', value: 'σας', expected: true },
    { operand: '*', value: 'a', expected: false },
    { operand: pieces('A', 'B'), value: 'ab', expected: true },
  ])('$operand on $value: $expected', (pair) => {
    expectPair({ positive: ['StringEqualsIgnoreCase'], negated: ['StringNotEqualsIgnoreCase'] }, pair)
  })
})

describe('StringLike', () => {
  test.each<Pair>([
    { operand: '', value: '', expected: true },
    { operand: '*', value: '', expected: true },
    { operand: 'home/*', value: 'home/', expected: true },
    { operand: 'home/*', value: 'home/a/b', expected: true },
    { operand: 'home/*', value: 'Home/a', expected: false },
    { operand: 'home/?', value: 'home/😀', expected: true },
    { operand: 'home/?', value: 'home/ab', expected: false },
    { operand: 'a', value: 'a', expected: true },
    { operand: pieces('home/', '*', '/*'), value: 'home/*/a', expected: true },
    { operand: pieces('home/', '*', '/*'), value: 'home/bob/a', expected: false },
    { operand: pieces('', '?', ''), value: 'a', expected: false },
    { operand: 'a', value: '*', expected: false },
  ])('$operand on $value: $expected', (pair) => {
    expectPair({ positive: ['StringLike'], negated: ['StringNotLike'] }, pair)
  })
})

/** How a value stands to the operand, and which comparisons that makes true. */
interface Ordered {
  readonly operand: string
  readonly value: string
  readonly order: 'less' | 'equal' | 'greater' | 'unknown'
}

const comparisons = [
  { suffix: 'Equals', less: false, equal: true, greater: false },
  { suffix: 'NotEquals', less: true, equal: false, greater: true },
  { suffix: 'LessThan', less: true, equal: false, greater: false },
  { suffix: 'LessThanEquals', less: true, equal: true, greater: false },
  { suffix: 'GreaterThan', less: false, equal: false, greater: true },
  { suffix: 'GreaterThanEquals', less: false, equal: true, greater: true },
] as const

function expectOrder(family: 'Numeric' | 'Date', { operand, value, order }: Ordered): void {
  for (const { suffix, ...truths } of comparisons) {
    const name = `${family}${suffix}` as const
    const expected = order === 'unknown' ? order : truths[order]
    expect([name, truthOf({ name, operands: [operand], values: [value] })]).toEqual([name, expected])
  }
}

describe('Numeric', () => {
  test.each<Ordered>([
    { operand: '10', value: '9', order: 'less' },
    { operand: '10', value: '10', order: 'equal' },
    { operand: '10', value: '1e1', order: 'equal' },
    { operand: '10', value: '10.000', order: 'equal' },
    { operand: '10', value: '11', order: 'greater' },
    { operand: '10', value: '-11', order: 'less' },
    { operand: '-10', value: '-11', order: 'less' },
    { operand: '-10', value: '-9', order: 'greater' },
    { operand: '0', value: '-0', order: 'equal' },
    { operand: '9', value: '10', order: 'greater' },
    { operand: '0.3', value: '0.30000000000000004', order: 'greater' },
    { operand: '9007199254740992', value: '9007199254740993', order: 'greater' },
    { operand: '1e400', value: '1e401', order: 'greater' },
    { operand: '10', value: 'ten', order: 'unknown' },
    { operand: 'ten', value: '10', order: 'unknown' },
    { operand: '10', value: '', order: 'unknown' },
    { operand: '10', value: '+10', order: 'unknown' },
    { operand: '1?', value: '10', order: 'unknown' },
    { operand: '1e1234567890', value: '10', order: 'unknown' },
  ])('$value against $operand: $order', (row) => {
    expectOrder('Numeric', row)
  })

  test('of several operands one is enough for the positive operators, and none may match the negated', () => {
    expect(truthOf({ name: 'NumericLessThan', operands: ['1', '10'], values: ['5'] })).toBe(true)
    expect(truthOf({ name: 'NumericEquals', operands: ['x', '5'], values: ['5'] })).toBe(true)
    expect(truthOf({ name: 'NumericEquals', operands: ['x', '5'], values: ['6'] })).toBe('unknown')
    expect(truthOf({ name: 'NumericNotEquals', operands: ['1', '5'], values: ['5'] })).toBe(false)
    expect(truthOf({ name: 'NumericNotEquals', operands: ['1', '6'], values: ['5'] })).toBe(true)
  })

  test('compares safe integers as JavaScript does', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (operand, value) => {
        const order = value < operand ? 'less' : value > operand ? 'greater' : 'equal'
        expectOrder('Numeric', { operand: String(operand), value: String(value), order })
        expectOrder('Numeric', { operand: String(operand), value: `${operand}.0`, order: 'equal' })
      }),
    )
  })
})

describe('Date', () => {
  test.each<Ordered>([
    { operand: '2026-09-21', value: '2026-09-20', order: 'less' },
    { operand: '2026-09-21', value: '2026-09-20T23:59:59.999999999Z', order: 'less' },
    { operand: '2026-09-21', value: '2026-09-21T00:00:00Z', order: 'equal' },
    { operand: '2026-09-21', value: '2026-09-21T02:00:00+02:00', order: 'equal' },
    { operand: '2026-09-21', value: '1789948800', order: 'equal' },
    { operand: '1789948800', value: '2026-09-21', order: 'equal' },
    { operand: '2026-09-21', value: '1789948800.000000001', order: 'greater' },
    { operand: '2026-09-21', value: '2026-09-22', order: 'greater' },
    { operand: '0', value: '-0.5', order: 'less' },
    { operand: '2026-09-21', value: '2026-09-21T00:00:00', order: 'unknown' },
    { operand: '2026-02-30', value: '2026-09-21', order: 'unknown' },
    { operand: '2026-09-21', value: '', order: 'unknown' },
    { operand: '2026-09-21', value: '1e9', order: 'unknown' },
    { operand: '2026-*', value: '2026-09-21', order: 'unknown' },
  ])('$value against $operand: $order', (row) => {
    expectOrder('Date', row)
  })
})

describe('Bool', () => {
  test.each<Pair>([
    { operand: 'true', value: 'true', expected: true },
    { operand: 'true', value: 'TRUE', expected: true },
    { operand: 'TrUe', value: 'tRuE', expected: true },
    { operand: 'false', value: 'FALSE', expected: true },
    { operand: 'true', value: 'false', expected: false },
    { operand: 'FALSE', value: 'True', expected: false },
    { operand: 'true', value: '', expected: 'unknown' },
    { operand: 'true', value: '1', expected: 'unknown' },
    { operand: 'false', value: '0', expected: 'unknown' },
    { operand: 'true', value: ' true', expected: 'unknown' },
    { operand: '', value: 'true', expected: 'unknown' },
    { operand: 'yes', value: 'true', expected: 'unknown' },
    { operand: 'false', value: 'ｆalse', expected: 'unknown' },
    { operand: 'fal\u017fe', value: 'false', expected: 'unknown' },
    { operand: pieces('tr', 'ue'), value: 'true', expected: true },
  ])('$operand on $value: $expected', (pair) => {
    expectPair({ positive: ['Bool'], negated: [] }, pair)
  })
})

describe('BinaryEquals', () => {
  test.each<Pair>([
    { operand: '', value: '', expected: true },
    { operand: 'QUJD', value: 'QUJD', expected: true },
    { operand: 'QUJD', value: 'qujd', expected: false },
    { operand: 'QQ==', value: 'QQ==', expected: true },
    { operand: 'QQ==', value: 'Qg==', expected: false },
    { operand: 'QQ==', value: '', expected: false },
    { operand: 'QQ==', value: 'QQ', expected: 'unknown' },
    { operand: 'QQ', value: 'QQ==', expected: 'unknown' },
    { operand: 'QQ', value: 'QQ', expected: 'unknown' },
    // Both would decode to the same byte.
    { operand: 'QR==', value: 'QR==', expected: 'unknown' },
    { operand: 'QQ==', value: 'QR==', expected: 'unknown' },
    { operand: '-_-_', value: '+/+/', expected: 'unknown' },
    { operand: pieces('QU', 'JD'), value: 'QUJD', expected: true },
  ])('$operand on $value: $expected', (pair) => {
    expectPair({ positive: ['BinaryEquals'], negated: [] }, pair)
  })
})

describe('IpAddress', () => {
  test.each<Pair>([
    { operand: '10.0.0.0/8', value: '10.255.0.1', expected: true },
    { operand: '10.0.0.0/8', value: '11.0.0.1', expected: false },
    { operand: '10.0.0.1', value: '10.0.0.1', expected: true },
    { operand: '10.0.0.1', value: '10.0.0.2', expected: false },
    { operand: '10.0.0.0/8', value: '::ffff:10.0.0.1', expected: true },
    { operand: '::ffff:10.0.0.0/104', value: '10.0.0.1', expected: true },
    { operand: '2001:db8::/32', value: '2001:DB8::1', expected: true },
    { operand: '2001:db8::/32', value: '10.0.0.1', expected: false },
    { operand: '0.0.0.0/0', value: '2001:db8::1', expected: false },
    { operand: '::/0', value: '10.0.0.1', expected: false },
    { operand: '0.0.0.0/0', value: '10.0.0', expected: 'unknown' },
    { operand: '0.0.0.0/0', value: '', expected: 'unknown' },
    { operand: '0.0.0.0/0', value: '10.0.0.1/32', expected: 'unknown' },
    { operand: '10.0.0.0/33', value: '10.0.0.1', expected: 'unknown' },
    { operand: '10.0.0.*', value: '10.0.0.1', expected: 'unknown' },
    { operand: pieces('10.0.0.0', '/8'), value: '10.0.0.1', expected: true },
  ])('$operand on $value: $expected', (pair) => {
    expectPair({ positive: ['IpAddress'], negated: ['NotIpAddress'] }, pair)
  })
})

describe('ArnEquals and ArnLike', () => {
  test.each<Pair>([
    { operand: 'arn:aws:iam::111122223333:role/*', value: 'arn:aws:iam::111122223333:role/a/b', expected: true },
    { operand: 'arn:aws:iam::111122223333:role/*', value: 'arn:aws:iam::111122223333:user/a', expected: false },
    { operand: 'arn:aws:iam::*:role/x', value: 'arn:aws:iam::1:role/x', expected: true },
    { operand: 'arn:aws:iam::*:role/x', value: 'arn:aws:iam::1:2:role/x', expected: false },
    { operand: 'arn:aws:iam::*:root', value: 'arn:aws:iam::1:user:root', expected: false },
    { operand: 'arn:aws:s3:::b', value: 'arn:aws:s3:::B', expected: false },
    { operand: 'arn:*:*:*:*:*', value: 'arn:aws:s3:::b', expected: true },
    { operand: '*:*:*:*:*:*', value: 'arn:aws:s3:::b', expected: true },
    { operand: 'arn:*', value: 'arn:aws:s3:::b', expected: 'unknown' },
    { operand: '*', value: 'arn:aws:s3:::b', expected: 'unknown' },
    { operand: '', value: 'arn:aws:s3:::b', expected: 'unknown' },
    { operand: 'arn:aws:s3:::b', value: 'b', expected: 'unknown' },
    { operand: 'arn:aws:s3:::b', value: 'urn:aws:s3:::b', expected: 'unknown' },
    { operand: 'urn:aws:s3:::b', value: 'arn:aws:s3:::b', expected: false },
    { operand: pieces('arn:aws:s3:::b/', '*', '/*'), value: 'arn:aws:s3:::b/*/x', expected: true },
    { operand: pieces('arn:aws:s3:::b/', '*', '/*'), value: 'arn:aws:s3:::b/y/x', expected: false },
    { operand: pieces('arn:aws:s3::', ':'), value: 'arn:aws:s3:::b', expected: 'unknown' },
  ])('$operand on $value: $expected', (pair) => {
    expectPair({ positive: ['ArnEquals', 'ArnLike'], negated: ['ArnNotEquals', 'ArnNotLike'] }, pair)
  })
})
