import { expect, test } from 'vitest'
import { conditionOperators, type OperatorName, setPrefixes } from '../../src/catalog/condition-operators.js'
import { comparison, textOf } from '../../src/operators/operator.js'
import { operators } from '../../src/operators/table.js'

const number = 'a decimal number such as `10` or `-1.5e3`'
const date = 'a date such as `2026-09-21` or `2026-09-21T14:13:20Z`, or Unix seconds'
const address = 'an IP address or a block such as `10.0.0.0/8`'
const arn = 'an ARN of six parts such as `arn:aws:iam::111122223333:role/*`'

interface Row {
  readonly name: OperatorName
  readonly negated: boolean
  readonly expandsVariables: boolean
  readonly hasWildcards: boolean
  readonly expects: string
}

const rows: readonly Row[] = [
  { name: 'StringEquals', negated: false, expandsVariables: true, hasWildcards: false, expects: 'text' },
  { name: 'StringNotEquals', negated: true, expandsVariables: true, hasWildcards: false, expects: 'text' },
  { name: 'StringEqualsIgnoreCase', negated: false, expandsVariables: true, hasWildcards: false, expects: 'text' },
  { name: 'StringNotEqualsIgnoreCase', negated: true, expandsVariables: true, hasWildcards: false, expects: 'text' },
  { name: 'StringLike', negated: false, expandsVariables: true, hasWildcards: true, expects: 'text' },
  { name: 'StringNotLike', negated: true, expandsVariables: true, hasWildcards: true, expects: 'text' },
  { name: 'NumericEquals', negated: false, expandsVariables: false, hasWildcards: false, expects: number },
  { name: 'NumericNotEquals', negated: true, expandsVariables: false, hasWildcards: false, expects: number },
  { name: 'NumericLessThan', negated: false, expandsVariables: false, hasWildcards: false, expects: number },
  { name: 'NumericLessThanEquals', negated: false, expandsVariables: false, hasWildcards: false, expects: number },
  { name: 'NumericGreaterThan', negated: false, expandsVariables: false, hasWildcards: false, expects: number },
  { name: 'NumericGreaterThanEquals', negated: false, expandsVariables: false, hasWildcards: false, expects: number },
  { name: 'DateEquals', negated: false, expandsVariables: false, hasWildcards: false, expects: date },
  { name: 'DateNotEquals', negated: true, expandsVariables: false, hasWildcards: false, expects: date },
  { name: 'DateLessThan', negated: false, expandsVariables: false, hasWildcards: false, expects: date },
  { name: 'DateLessThanEquals', negated: false, expandsVariables: false, hasWildcards: false, expects: date },
  { name: 'DateGreaterThan', negated: false, expandsVariables: false, hasWildcards: false, expects: date },
  { name: 'DateGreaterThanEquals', negated: false, expandsVariables: false, hasWildcards: false, expects: date },
  { name: 'Bool', negated: false, expandsVariables: false, hasWildcards: false, expects: '`true` or `false`' },
  { name: 'BinaryEquals', negated: false, expandsVariables: false, hasWildcards: false, expects: 'base64 with padding' },
  { name: 'IpAddress', negated: false, expandsVariables: false, hasWildcards: false, expects: address },
  { name: 'NotIpAddress', negated: true, expandsVariables: false, hasWildcards: false, expects: address },
  { name: 'ArnEquals', negated: false, expandsVariables: true, hasWildcards: true, expects: arn },
  { name: 'ArnLike', negated: false, expandsVariables: true, hasWildcards: true, expects: arn },
  { name: 'ArnNotEquals', negated: true, expandsVariables: true, hasWildcards: true, expects: arn },
  { name: 'ArnNotLike', negated: true, expandsVariables: true, hasWildcards: true, expects: arn },
]

test.each(rows)('$name', ({ name, ...flags }) => {
  expect(operators[name]).toMatchObject({ kind: 'comparison', ...flags })
})

test('Null', () => {
  expect(operators.Null).toMatchObject({
    kind: 'presence',
    expandsVariables: false,
    hasWildcards: false,
    expects: '`true` (the key is absent) or `false` (it is present)',
  })
})

test('these are all 27 operators, in the catalogue and in the table', () => {
  const names = [...rows.map(({ name }) => name), 'Null']
  expect(Object.keys(operators)).toEqual(names)
  expect(conditionOperators).toEqual(names)
  expect(names).toHaveLength(27)
  expect(setPrefixes).toEqual(['ForAllValues', 'ForAnyValue'])
})

/** Operands that an operator reads, and some that it does not: what validation warns of. */
test.each<{ names: readonly OperatorName[]; readable: readonly string[]; unreadable: readonly string[] }>([
  {
    names: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'],
    readable: ['', 'a', '*', '${', '😀'],
    unreadable: [],
  },
  {
    names: [
      'NumericEquals',
      'NumericNotEquals',
      'NumericLessThan',
      'NumericLessThanEquals',
      'NumericGreaterThan',
      'NumericGreaterThanEquals',
    ],
    readable: ['0', '-1.5e3', '007'],
    unreadable: ['', 'a', '1.', '2026-09-21', '*'],
  },
  {
    names: ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'],
    readable: ['0', '-1.5', '2026-09-21', '2026-09-21T14:13Z'],
    unreadable: ['', 'a', '1e3', '2026-02-29', '*'],
  },
  { names: ['Bool', 'Null'], readable: ['true', 'false', 'TRUE', 'False'], unreadable: ['', '1', 'yes', ' true', 'truе', '*'] },
  { names: ['BinaryEquals'], readable: ['', 'AA==', 'QUJD'], unreadable: ['A', 'AB==', 'AA', '*'] },
  { names: ['IpAddress', 'NotIpAddress'], readable: ['10.0.0.1', '10.0.0.0/8', '::/0'], unreadable: ['', '10.0.0', '10.0.0.0/33', '*'] },
  {
    names: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    readable: ['arn:aws:s3:::b', '*:*:*:*:*:*', ':::::', 'arn:aws:s3:::b:c'],
    unreadable: ['', '*', 'arn:*', 'arn:aws:s3::b'],
  },
])('$names read $readable, not $unreadable', ({ names, readable, unreadable }) => {
  for (const name of names) {
    const { read } = operators[name]
    const isReadable = (text: string) => read([{ text, literal: false }]) !== undefined
    expect(readable.filter((text) => !isReadable(text))).toEqual([])
    expect(unreadable.filter(isReadable)).toEqual([])
  }
})

test('textOf joins the pieces, literal or not', () => {
  expect(textOf([])).toBe('')
  expect(
    textOf([
      { text: 'a*', literal: false },
      { text: '*b', literal: true },
    ]),
  ).toBe('a**b')
})

test('a comparison is its row with its kind', () => {
  const row = {
    negated: true,
    expandsVariables: true,
    hasWildcards: false,
    expects: 'x',
    read: () => 1,
    readValue: (text: string) => Number(text),
    matches: (operand: number, value: number) => operand === value,
  }
  expect(comparison(row)).toEqual({ ...row, kind: 'comparison' })
})
