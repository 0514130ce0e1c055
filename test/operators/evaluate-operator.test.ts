import { describe, expect, test } from 'vitest'
import { conditionOperators, type OperatorName, type SetPrefix } from '../../src/catalog/condition-operators.js'
import type { ContextValues } from '../../src/operators/evaluate-operator.js'
import type { Truth } from '../../src/operators/truth.js'
import type { Expansion } from '../../src/policy/template.js'
import { truthOf, unknown, unset } from './condition.js'

/** One of each operator: an operand, a value it matches, one it does not, and what it cannot read. */
interface Sample {
  readonly name: OperatorName
  readonly negated?: true
  readonly operand: string
  readonly match: string
  readonly other: string
  /** An operand and a value that the operator cannot read; strings read everything. */
  readonly broken?: { readonly operand: string; readonly value: string }
}

const number = { operand: 'five', value: '5 ' }
const date = { operand: '2026-02-29', value: 'yesterday' }
const address = { operand: '10.0.0.0/33', value: '10.0.0.0/8' }
const arn = { operand: 'arn:*', value: 'urn:aws:s3:::b' }

const samples: readonly Sample[] = [
  { name: 'StringEquals', operand: 'a', match: 'a', other: 'A' },
  { name: 'StringNotEquals', negated: true, operand: 'a', match: 'a', other: 'A' },
  { name: 'StringEqualsIgnoreCase', operand: 'É', match: 'é', other: 'e' },
  { name: 'StringNotEqualsIgnoreCase', negated: true, operand: 'É', match: 'é', other: 'e' },
  { name: 'StringLike', operand: 'a*c?', match: 'abcd', other: 'ABCD' },
  { name: 'StringNotLike', negated: true, operand: 'a*c?', match: 'abcd', other: 'ABCD' },
  { name: 'NumericEquals', operand: '5', match: '5.0', other: '6', broken: number },
  { name: 'NumericNotEquals', negated: true, operand: '5', match: '5.0', other: '6', broken: number },
  { name: 'NumericLessThan', operand: '5', match: '4.9', other: '5', broken: number },
  { name: 'NumericLessThanEquals', operand: '5', match: '5', other: '5.1', broken: number },
  { name: 'NumericGreaterThan', operand: '5', match: '5.1', other: '5', broken: number },
  { name: 'NumericGreaterThanEquals', operand: '5', match: '5', other: '4.9', broken: number },
  { name: 'DateEquals', operand: '2026-09-21', match: '2026-09-21T00:00Z', other: '2026-09-22', broken: date },
  { name: 'DateNotEquals', negated: true, operand: '2026-09-21', match: '2026-09-21T00:00Z', other: '2026-09-22', broken: date },
  { name: 'DateLessThan', operand: '2026-09-21', match: '2026-09-20', other: '2026-09-21', broken: date },
  { name: 'DateLessThanEquals', operand: '2026-09-21', match: '2026-09-21', other: '2026-09-22', broken: date },
  { name: 'DateGreaterThan', operand: '2026-09-21', match: '2026-09-22', other: '2026-09-21', broken: date },
  { name: 'DateGreaterThanEquals', operand: '2026-09-21', match: '2026-09-21', other: '2026-09-20', broken: date },
  { name: 'Bool', operand: 'true', match: 'TRUE', other: 'false', broken: { operand: 'yes', value: '1' } },
  { name: 'BinaryEquals', operand: 'QUJD', match: 'QUJD', other: 'QUJE', broken: { operand: 'QUJ', value: 'QQ' } },
  { name: 'IpAddress', operand: '10.0.0.0/8', match: '10.1.2.3', other: '11.0.0.0', broken: address },
  { name: 'NotIpAddress', negated: true, operand: '10.0.0.0/8', match: '10.1.2.3', other: '11.0.0.0', broken: address },
  { name: 'ArnEquals', operand: 'arn:aws:s3:::b*', match: 'arn:aws:s3:::bc', other: 'arn:aws:s3:::c', broken: arn },
  { name: 'ArnLike', operand: 'arn:aws:s3:::b*', match: 'arn:aws:s3:::bc', other: 'arn:aws:s3:::c', broken: arn },
  { name: 'ArnNotEquals', negated: true, operand: 'arn:aws:s3:::b*', match: 'arn:aws:s3:::bc', other: 'arn:aws:s3:::c', broken: arn },
  { name: 'ArnNotLike', negated: true, operand: 'arn:aws:s3:::b*', match: 'arn:aws:s3:::bc', other: 'arn:aws:s3:::c', broken: arn },
]

test('there is a sample of every operator but Null', () => {
  expect([...samples.map(({ name }) => name), 'Null']).toEqual(conditionOperators)
})

interface Case {
  readonly what: string
  readonly prefix?: SetPrefix
  readonly ifExists?: boolean
  readonly operands: (sample: Sample) => readonly (string | Expansion)[]
  readonly values: (sample: Sample) => ContextValues
  readonly positive: Truth
  readonly negated: Truth
}

const own = ({ operand }: Sample) => [operand]
const none = () => []
const matching = ({ match }: Sample) => [match]
const other = ({ other: value }: Sample) => [value]

/** What every operator does alike: S8.4 to S8.7 and S8.9. */
const cases: readonly Case[] = [
  { what: 'a value that matches', operands: own, values: matching, positive: true, negated: false },
  { what: 'a value that does not match', operands: own, values: other, positive: false, negated: true },
  { what: 'a value that matches, IfExists', ifExists: true, operands: own, values: matching, positive: true, negated: false },
  { what: 'a value that does not match, IfExists', ifExists: true, operands: own, values: other, positive: false, negated: true },
  {
    what: 'the second of two operands matches',
    operands: (s) => [s.broken ? unset : 'zz', s.operand],
    values: matching,
    positive: true,
    negated: false,
  },
  { what: 'the first of two operands matches', operands: (s) => [s.operand, unset], values: matching, positive: true, negated: false },
  { what: 'the same operand twice, not matching', operands: (s) => [s.operand, s.operand], values: other, positive: false, negated: true },
  { what: 'absent', operands: own, values: none, positive: false, negated: true },
  { what: 'absent, IfExists', ifExists: true, operands: own, values: none, positive: true, negated: true },
  { what: 'absent and an unknown operand', operands: () => [unknown], values: none, positive: false, negated: true },
  {
    what: 'absent and an unknown operand, IfExists',
    ifExists: true,
    operands: () => [unknown],
    values: none,
    positive: true,
    negated: true,
  },
  { what: 'two values', operands: own, values: (s) => [s.match, s.other], positive: 'unknown', negated: 'unknown' },
  { what: 'the same value twice', operands: own, values: (s) => [s.match, s.match], positive: 'unknown', negated: 'unknown' },
  {
    what: 'two values, IfExists',
    ifExists: true,
    operands: own,
    values: (s) => [s.other, s.other],
    positive: 'unknown',
    negated: 'unknown',
  },
  {
    what: 'three values and no operand',
    operands: none,
    values: (s) => [s.other, s.other, s.match],
    positive: 'unknown',
    negated: 'unknown',
  },
  { what: 'an unknown key', operands: own, values: () => 'unknown', positive: 'unknown', negated: 'unknown' },
  { what: 'an unknown key, IfExists', ifExists: true, operands: own, values: () => 'unknown', positive: 'unknown', negated: 'unknown' },
  { what: 'an unknown key and no operand', operands: none, values: () => 'unknown', positive: 'unknown', negated: 'unknown' },
  { what: 'an unset operand', operands: () => [unset], values: matching, positive: false, negated: true },
  {
    what: 'an unset operand beside one that matches',
    operands: (s) => [unset, s.operand],
    values: matching,
    positive: true,
    negated: false,
  },
  { what: 'an unset operand beside one that does not', operands: (s) => [unset, s.operand], values: other, positive: false, negated: true },
  { what: 'an unknown operand', operands: () => [unknown], values: matching, positive: 'unknown', negated: 'unknown' },
  {
    what: 'an unknown operand beside one that matches',
    operands: (s) => [unknown, s.operand],
    values: matching,
    positive: true,
    negated: false,
  },
  {
    what: 'an unknown operand beside one that does not',
    operands: (s) => [unknown, s.operand],
    values: other,
    positive: 'unknown',
    negated: 'unknown',
  },
  {
    what: 'an unknown operand beside an unset one',
    operands: () => [unset, unknown, unset],
    values: matching,
    positive: 'unknown',
    negated: 'unknown',
  },
  { what: 'no operand', operands: none, values: matching, positive: false, negated: true },
  { what: 'no operand, IfExists', ifExists: true, operands: none, values: matching, positive: false, negated: true },
  { what: 'no operand, absent', operands: none, values: none, positive: false, negated: true },
  { what: 'no operand, absent, IfExists', ifExists: true, operands: none, values: none, positive: true, negated: true },

  { what: 'all of none', prefix: 'ForAllValues', operands: own, values: none, positive: true, negated: true },
  { what: 'all of none, IfExists', prefix: 'ForAllValues', ifExists: true, operands: own, values: none, positive: true, negated: true },
  { what: 'all of none, no operand', prefix: 'ForAllValues', operands: none, values: none, positive: true, negated: true },
  { what: 'all of one that matches', prefix: 'ForAllValues', operands: own, values: matching, positive: true, negated: false },
  { what: 'all of one that does not', prefix: 'ForAllValues', operands: own, values: other, positive: false, negated: true },
  {
    what: 'all of one that does not, IfExists',
    prefix: 'ForAllValues',
    ifExists: true,
    operands: own,
    values: other,
    positive: false,
    negated: true,
  },
  {
    what: 'all of two that match',
    prefix: 'ForAllValues',
    operands: own,
    values: (s) => [s.match, s.match],
    positive: true,
    negated: false,
  },
  {
    what: 'all where the last matches',
    prefix: 'ForAllValues',
    operands: own,
    values: (s) => [s.other, s.match],
    positive: false,
    negated: false,
  },
  {
    what: 'all where the first matches',
    prefix: 'ForAllValues',
    operands: own,
    values: (s) => [s.match, s.other],
    positive: false,
    negated: false,
  },
  {
    what: 'all of two that do not',
    prefix: 'ForAllValues',
    operands: own,
    values: (s) => [s.other, s.other],
    positive: false,
    negated: true,
  },
  { what: 'all, no operand', prefix: 'ForAllValues', operands: none, values: (s) => [s.match, s.other], positive: false, negated: true },
  { what: 'all, an unset operand', prefix: 'ForAllValues', operands: () => [unset], values: matching, positive: false, negated: true },
  {
    what: 'all, an unknown operand',
    prefix: 'ForAllValues',
    operands: () => [unknown],
    values: matching,
    positive: 'unknown',
    negated: 'unknown',
  },
  {
    what: 'all, an unknown operand, absent',
    prefix: 'ForAllValues',
    operands: () => [unknown],
    values: none,
    positive: true,
    negated: true,
  },
  {
    what: 'all, an unknown operand decides one value',
    prefix: 'ForAllValues',
    operands: (s) => [unknown, s.operand],
    values: (s) => [s.match, s.other],
    positive: 'unknown',
    negated: false,
  },
  {
    what: 'all of an unknown key',
    prefix: 'ForAllValues',
    operands: own,
    values: () => 'unknown',
    positive: 'unknown',
    negated: 'unknown',
  },

  { what: 'any of none', prefix: 'ForAnyValue', operands: own, values: none, positive: false, negated: false },
  { what: 'any of none, IfExists', prefix: 'ForAnyValue', ifExists: true, operands: own, values: none, positive: true, negated: true },
  { what: 'any of one that matches', prefix: 'ForAnyValue', operands: own, values: matching, positive: true, negated: false },
  {
    what: 'any of one that matches, IfExists',
    prefix: 'ForAnyValue',
    ifExists: true,
    operands: own,
    values: matching,
    positive: true,
    negated: false,
  },
  { what: 'any of one that does not', prefix: 'ForAnyValue', operands: own, values: other, positive: false, negated: true },
  {
    what: 'any of one that does not, IfExists',
    prefix: 'ForAnyValue',
    ifExists: true,
    operands: own,
    values: other,
    positive: false,
    negated: true,
  },
  {
    what: 'any of two that match',
    prefix: 'ForAnyValue',
    operands: own,
    values: (s) => [s.match, s.match],
    positive: true,
    negated: false,
  },
  {
    what: 'any where the last matches',
    prefix: 'ForAnyValue',
    operands: own,
    values: (s) => [s.other, s.match],
    positive: true,
    negated: true,
  },
  {
    what: 'any where the first matches',
    prefix: 'ForAnyValue',
    operands: own,
    values: (s) => [s.match, s.other],
    positive: true,
    negated: true,
  },
  {
    what: 'any of two that do not',
    prefix: 'ForAnyValue',
    operands: own,
    values: (s) => [s.other, s.other],
    positive: false,
    negated: true,
  },
  { what: 'any, no operand', prefix: 'ForAnyValue', operands: none, values: (s) => [s.match, s.other], positive: false, negated: true },
  { what: 'any, an unset operand', prefix: 'ForAnyValue', operands: () => [unset], values: matching, positive: false, negated: true },
  {
    what: 'any, an unknown operand',
    prefix: 'ForAnyValue',
    operands: () => [unknown],
    values: matching,
    positive: 'unknown',
    negated: 'unknown',
  },
  {
    what: 'any, an unknown operand, absent',
    prefix: 'ForAnyValue',
    operands: () => [unknown],
    values: none,
    positive: false,
    negated: false,
  },
  {
    what: 'any, an unknown operand decides one value',
    prefix: 'ForAnyValue',
    operands: (s) => [unknown, s.operand],
    values: (s) => [s.other, s.match],
    positive: true,
    negated: 'unknown',
  },
  { what: 'any of an unknown key', prefix: 'ForAnyValue', operands: own, values: () => 'unknown', positive: 'unknown', negated: 'unknown' },
]

describe.each(samples)('$name', (sample) => {
  test.each(cases)('$what', ({ prefix, ifExists, operands, values, positive, negated }) => {
    const condition = { name: sample.name, prefix, ifExists, operands: operands(sample), values: values(sample) }
    expect(truthOf(condition)).toBe(sample.negated ? negated : positive)
  })
})

interface BrokenCase {
  readonly what: string
  readonly prefix?: SetPrefix
  readonly ifExists?: boolean
  readonly operands: (sample: Sample, broken: string) => readonly (string | Expansion)[]
  readonly values: (sample: Sample, broken: string) => readonly string[]
  readonly positive: Truth
  readonly negated: Truth
}

const brokenOperand = (_: Sample, broken: string) => [broken]
const brokenValue = (_: Sample, broken: string) => [broken]

/** What an operator cannot read makes that pair unknown: S8.9. */
const brokenCases: readonly BrokenCase[] = [
  { what: 'a broken operand', operands: brokenOperand, values: matching, positive: 'unknown', negated: 'unknown' },
  {
    what: 'a broken operand, IfExists',
    ifExists: true,
    operands: brokenOperand,
    values: matching,
    positive: 'unknown',
    negated: 'unknown',
  },
  { what: 'a broken operand, absent', operands: brokenOperand, values: none, positive: false, negated: true },
  { what: 'a broken operand, absent, IfExists', ifExists: true, operands: brokenOperand, values: none, positive: true, negated: true },
  {
    what: 'a broken operand beside one that matches',
    operands: (s, b) => [b, s.operand],
    values: matching,
    positive: true,
    negated: false,
  },
  {
    what: 'a broken operand beside one that does not',
    operands: (s, b) => [s.operand, b],
    values: other,
    positive: 'unknown',
    negated: 'unknown',
  },
  { what: 'a broken value', operands: own, values: brokenValue, positive: 'unknown', negated: 'unknown' },
  { what: 'a broken value, IfExists', ifExists: true, operands: own, values: brokenValue, positive: 'unknown', negated: 'unknown' },
  { what: 'a broken value and an unset operand', operands: () => [unset], values: brokenValue, positive: 'unknown', negated: 'unknown' },
  {
    what: 'a broken value and an unknown operand',
    operands: () => [unknown],
    values: brokenValue,
    positive: 'unknown',
    negated: 'unknown',
  },
  { what: 'a broken value and no operand', operands: none, values: brokenValue, positive: false, negated: true },
  { what: 'a blank value', operands: own, values: () => [' '], positive: 'unknown', negated: 'unknown' },
  {
    what: 'all, a broken value and one that matches',
    prefix: 'ForAllValues',
    operands: own,
    values: (s, b) => [b, s.match],
    positive: 'unknown',
    negated: false,
  },
  {
    what: 'all, a broken value and one that does not',
    prefix: 'ForAllValues',
    operands: own,
    values: (s, b) => [s.other, b],
    positive: false,
    negated: 'unknown',
  },
  {
    what: 'all, a broken value alone',
    prefix: 'ForAllValues',
    operands: own,
    values: brokenValue,
    positive: 'unknown',
    negated: 'unknown',
  },
  { what: 'all, a broken operand, absent', prefix: 'ForAllValues', operands: brokenOperand, values: none, positive: true, negated: true },
  {
    what: 'any, a broken value and one that matches',
    prefix: 'ForAnyValue',
    operands: own,
    values: (s, b) => [b, s.match],
    positive: true,
    negated: 'unknown',
  },
  {
    what: 'any, a broken value and one that does not',
    prefix: 'ForAnyValue',
    operands: own,
    values: (s, b) => [s.other, b],
    positive: 'unknown',
    negated: true,
  },
  {
    what: 'any, a broken operand',
    prefix: 'ForAnyValue',
    operands: brokenOperand,
    values: matching,
    positive: 'unknown',
    negated: 'unknown',
  },
  { what: 'any, a broken operand, absent', prefix: 'ForAnyValue', operands: brokenOperand, values: none, positive: false, negated: false },
]

describe.each(samples.filter(({ broken }) => broken !== undefined))('$name, what it cannot read', (sample) => {
  const { operand = '', value = '' } = sample.broken ?? {}

  test.each(brokenCases)('$what', ({ prefix, ifExists, operands, values, positive, negated }) => {
    const condition = { name: sample.name, prefix, ifExists, operands: operands(sample, operand), values: values(sample, value) }
    expect(truthOf(condition)).toBe(sample.negated ? negated : positive)
  })
})

describe('Null', () => {
  const absent: readonly string[] = []
  const present = ['']
  const several = ['a', 'b']

  test.each<{ operands: readonly (string | Expansion)[]; values: ContextValues; expected: Truth }>([
    { operands: ['true'], values: absent, expected: true },
    { operands: ['true'], values: present, expected: false },
    { operands: ['true'], values: several, expected: false },
    { operands: ['false'], values: absent, expected: false },
    { operands: ['false'], values: present, expected: true },
    { operands: ['false'], values: several, expected: true },
    { operands: ['TRUE'], values: absent, expected: true },
    { operands: ['False'], values: present, expected: true },
    { operands: ['true', 'false'], values: absent, expected: true },
    { operands: ['true', 'false'], values: present, expected: true },
    { operands: ['false', 'true'], values: absent, expected: true },
    { operands: ['true', 'true'], values: present, expected: false },
    { operands: [], values: absent, expected: false },
    { operands: [], values: present, expected: false },
    { operands: ['yes'], values: absent, expected: 'unknown' },
    { operands: [''], values: present, expected: 'unknown' },
    { operands: ['yes', 'true'], values: absent, expected: true },
    { operands: ['yes', 'true'], values: present, expected: 'unknown' },
    { operands: ['trUe '], values: absent, expected: 'unknown' },
    { operands: [unset], values: absent, expected: 'unknown' },
    { operands: [unknown], values: absent, expected: 'unknown' },
    { operands: [unknown, 'true'], values: absent, expected: true },
    { operands: ['true'], values: 'unknown', expected: 'unknown' },
    { operands: ['false'], values: 'unknown', expected: 'unknown' },
    { operands: [], values: 'unknown', expected: 'unknown' },
  ])('$operands on $values: $expected', ({ operands, values, expected }) => {
    expect(truthOf({ name: 'Null', operands, values })).toBe(expected)
  })

  const everyValues: readonly (readonly string[])[] = [absent, present, several]
  const everyOperands = [['true'], ['false'], ['true', 'false'], ['yes'], [], [unknown]]

  test.each<{ prefix: SetPrefix; expected: boolean }>([
    { prefix: 'ForAllValues', expected: true },
    { prefix: 'ForAnyValue', expected: false },
  ])('$prefix:Null is always $expected, unless the key is unknown', ({ prefix, expected }) => {
    for (const operands of everyOperands) {
      for (const values of everyValues) expect(truthOf({ name: 'Null', prefix, operands, values })).toBe(expected)
      expect(truthOf({ name: 'Null', prefix, operands, values: 'unknown' })).toBe('unknown')
    }
  })
})
