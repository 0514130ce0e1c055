import { describe, expect, test } from 'vitest'
import { actions } from '../../src/catalog/actions.js'
import { slotOfKey } from '../../src/catalog/lookup.js'
import type { NumberedPolicy } from '../../src/compile/numbered-policy.js'
import * as layout from '../../src/program/layout.js'
import { derivations } from '../../src/program/values.js'
import { type Json, stagesOf } from './stages-of.js'

function numbered(statements: readonly Json[], version?: string): NumberedPolicy {
  return stagesOf(statements, version === undefined ? {} : { version }).number
}

describe('principals', () => {
  /** Kind and parts of each, in order of their numbers. */
  const principalsOf = (...entries: readonly unknown[]) => {
    const { principals, strings, statements } = numbered(entries.map((Principal) => ({ Principal })))
    const text = (number: number) => (number < 0 ? [] : [strings[number]])
    const lines = principals.map(({ kind, text: own, account, name }) => [kind, ...text(own), ...text(account), ...text(name)].join(' '))
    return [lines, statements.map(({ principal }) => (principal.kind === 'listed' ? principal.principals : principal.kind))]
  }

  test.each<[string, readonly unknown[], readonly string[], readonly unknown[]]>([
    [
      'accounts come first, then roles, then ids, each in order of code units, then the others as they come',
      [
        { Service: 'z' },
        { AWS: ['AIDAZZZZZZZZZZZZZZZZ', 'arn:aws:iam::2:role/b', '9', 'AIDAAAAAAAAAAAAAAAAA', 'é', 'Z', '10', 'arn:aws:iam::10:role/z'] },
      ],
      [
        'account 10 10',
        'account 9 9',
        'account Z Z',
        'account é é',
        'role arn:aws:iam::10:role/z 10 z',
        'role arn:aws:iam::2:role/b 2 b',
        'id AIDAAAAAAAAAAAAAAAAA',
        'id AIDAZZZZZZZZZZZZZZZZ',
        'service z',
        'arn arn:aws:iam::2:role/b',
        'arn arn:aws:iam::10:role/z',
      ],
      [[9], [8, 10, 6, 2, 7, 4, 3, 1, 11, 5]],
    ],
    [
      'two spellings of an account are one principal',
      [{ AWS: ['1', 'arn:aws:iam::1:root'] }, { AWS: 'arn:aws-cn:iam::1:root' }],
      ['account 1 1'],
      [[1], [1]],
    ],
    [
      'two roles of one name and account are one by name, and two by ARN',
      [{ AWS: ['arn:aws:iam::1:role/a/x', 'arn:aws:iam::1:role/b/x'] }],
      ['role arn:aws:iam::1:role/b/x 1 x', 'arn arn:aws:iam::1:role/a/x', 'arn arn:aws:iam::1:role/b/x'],
      [[2, 1, 3]],
    ],
    [
      'one text of two kinds is two principals',
      [{ Service: 's', Federated: 's', CanonicalUser: 's' }],
      ['service s', 'provider s', 'canonical s'],
      [[1, 2, 3]],
    ],
    ['everyone has no number, and nobody who is tested has one', ['*', { AWS: ['1', 'a*'] }], [], ['everyone', 'tested']],
    [
      'an account may be called like a word of the language',
      [{ AWS: ['constructor', '__proto__'] }],
      ['account __proto__ __proto__', 'account constructor constructor'],
      [[2, 1]],
    ],
  ])('%s', (_, entries, lines, lists) => {
    expect(principalsOf(...entries)).toEqual([lines, lists])
  })
})

describe('conditions', () => {
  const equals = { StringEquals: { 's3:prefix': 'a' } }
  test.each<[string, readonly Json[], readonly (readonly number[])[]]>([
    ['equal conditions are one', [equals, { StringEquals: { 'S3:Prefix': ['a'] } }], [[0], [0]]],
    ['another spelling of a value is another', [equals, { StringEquals: { 's3:prefix': 'A' } }], [[0], [1]]],
    ['another order of values is another', [{ StringEquals: { k: ['a', 'b'] } }, { StringEquals: { k: ['b', 'a'] } }], [[0], [1]]],
    ['another operator is another', [equals, { StringLike: { 's3:prefix': 'a' } }], [[0], [1]]],
    [
      'IfExists and prefixes make others',
      [equals, { StringEqualsIfExists: { 's3:prefix': 'a' } }, { 'ForAllValues:StringEquals': { 's3:prefix': 'a' } }],
      [[0], [1], [2]],
    ],
    [
      'a statement keeps the order of its own',
      [{ Null: { a: 'true', b: 'true' } }, { Null: { b: 'true', a: 'true' } }],
      [
        [0, 1],
        [1, 0],
      ],
    ],
  ])('%s', (_, conditions, expected) => {
    const { statements } = numbered(conditions.map((Condition) => ({ Condition })))
    expect(statements.map(({ conditions: own }) => own)).toEqual(expected)
  })

  test.each<[string, number, number, number]>([
    ['StringEquals', layout.FAMILY_EQUALS, 0, layout.ORDER_EQUAL],
    [
      'ForAllValues:StringNotLikeIfExists',
      layout.FAMILY_LIKE,
      layout.FLAG_NEGATED | layout.FLAG_IF_EXISTS | layout.FLAG_ALL_VALUES,
      layout.ORDER_EQUAL,
    ],
    ['ForAnyValue:ArnNotEquals', layout.FAMILY_ARN, layout.FLAG_NEGATED | layout.FLAG_ANY_VALUE, layout.ORDER_EQUAL],
    ['NumericLessThanEquals', layout.FAMILY_NUMBER, 0, layout.ORDER_BELOW | layout.ORDER_EQUAL],
    ['NumericGreaterThan', layout.FAMILY_NUMBER, 0, layout.ORDER_ABOVE],
    ['DateLessThan', layout.FAMILY_DATE, 0, layout.ORDER_BELOW],
    ['DateGreaterThanEquals', layout.FAMILY_DATE, 0, layout.ORDER_ABOVE | layout.ORDER_EQUAL],
  ])('the codes of %s', (operator, family, flags, orders) => {
    const { conditions, strings } = numbered([{ Condition: { [operator]: { k: '1' } } }])
    expect(conditions.map((each) => [each.family, each.flags, each.orders, strings[each.operator]])).toEqual([
      [family, flags, orders, operator],
    ])
  })
})

describe('operands', () => {
  /** What an operand was read as, its strings in full. */
  const read = (operator: string, text: unknown) => {
    const { conditions, strings } = numbered([{ Condition: { [operator]: { k: text } } }])
    const reading = conditions[0]?.operands[0]?.reading
    return reading?.kind === 'string' ? strings[reading.string] : reading?.kind === 'words' ? reading.words : reading?.kind
  }

  test.each<[string, unknown, unknown]>([
    ['StringEquals', 'A*', 'A*'],
    ['StringEqualsIgnoreCase', 'ÀSS', 'àss'],
    ['StringEquals', '${aws:username}', 'pattern'],
    ['StringEquals', '${', 'unknown'],
    ['StringLike', 'a', 'pattern'],
    ['ArnLike', 'arn:aws:s3:::b', 'arn'],
    ['ArnLike', 'b', 'unreadable'],
    ['NumericEquals', 'x', 'unreadable'],
    ['DateEquals', '1970-01-01T00:00:01.5Z', [0, 1, 500_000_000]],
    ['DateEquals', '-1', [-1, -1, 0]],
    ['DateEquals', '4294967296', [1, 0, 0]],
    ['DateEquals', '2147483648', [0, -2_147_483_648, 0]],
    ['DateEquals', 'tomorrow', 'unreadable'],
    ['Bool', 'TRUE', [1]],
    ['Bool', false, [0]],
    ['Bool', 'yes', 'unreadable'],
    ['Null', 'true', [1]],
    ['BinaryEquals', 'AA==', 'AA=='],
    ['BinaryEquals', 'AB==', 'unreadable'],
    ['IpAddress', '10.1.2.3/8', [4, 0x0a000000, 0, 0, 0, 0xff000000 | 0, 0, 0, 0]],
    ['IpAddress', '10.1.2.3/33', 'unreadable'],
  ])('%s %j', (operator, text, expected) => {
    expect(read(operator, text)).toEqual(expected)
  })

  test('a decimal is its sign, digits and exponent', () => {
    const { conditions, strings } = numbered([{ Condition: { NumericEquals: { k: '-12.50' } } }])
    const reading = conditions[0]?.operands[0]?.reading
    const [negative, digits, exponent] = reading?.kind === 'words' ? reading.words : []
    expect([negative, strings[digits as number], exponent]).toEqual([1, '125', 2])
  })
})

describe('condition keys', () => {
  test.each<[string, string, string | undefined, boolean]>([
    ['S3:prefix', 's3:prefix', undefined, false],
    ['aws:TagKeys', 'aws:TagKeys', undefined, true],
    ['aws:PrincipalTag/Team', 'aws:PrincipalTag/team', 'aws:PrincipalTag/*', false],
    ['s3:ExistingObjectTag/Team', 's3:ExistingObjectTag/Team', 's3:ExistingObjectTag/*', false],
    ['aws:username', 'aws:username', undefined, false],
    ['Aws:currenttime', 'aws:CurrentTime', undefined, false],
    ['nobody:knows', 'nobody:knows', undefined, false],
    ['__proto__', '__proto__', undefined, false],
  ])('%s', (spelling, name, family, multiValued) => {
    const { keys, strings } = numbered([{ Condition: { StringEquals: { [spelling]: 'x' } } }])
    expect(keys.map((key) => ({ ...key, name: strings[key.name], family: strings[key.family] }))).toEqual([
      { name, family, multiValued, slot: slotOfKey(name), derivation: Math.max(0, (derivations as readonly string[]).indexOf(name)) },
    ])
  })

  test('a key has one number, as a condition’s own and in variables', () => {
    const Condition = { StringEquals: { 'aws:username': '${AWS:Username}' } }
    const { keys, conditions } = numbered([{ Condition, Resource: 'arn:aws:s3:::bucket/${aws:userName}' }])
    expect([keys.length, conditions[0]?.key, conditions[0]?.operands[0]?.variables[0]?.key]).toEqual([1, 0, 0])
  })
})

test('actions are places in the catalogue, in order', () => {
  const [statement] = numbered([{ Action: ['s3:PutObject', 's3:GetObject'] }]).statements
  expect(statement?.actions.map((number) => actions[number]?.name)).toEqual(['s3:GetObject', 's3:PutObject'])
})
