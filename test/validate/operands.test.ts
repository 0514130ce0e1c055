import { describe, expect, test } from 'vitest'
import { conditionOperators } from '../../src/catalog/condition-operators.js'
import { codesOf, policyWith, problemsOf } from './policy-text.js'

function codesWith(operator: string, key: string, values: string, version?: string): readonly string[] {
  return codesOf(policyWith({ Condition: `{ ${JSON.stringify(operator)}: { ${JSON.stringify(key)}: ${values} } }` }, version))
}

const malformed = ['malformed-operand']

interface Family {
  readonly operators: readonly string[]
  readonly key: string
  readonly good: readonly string[]
  readonly bad: readonly string[]
}

const comparisons = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals']

/** What each family of operators reads, and what it does not. */
const families: Readonly<Record<string, Family>> = {
  text: {
    operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'],
    key: 'aws:username',
    good: ['"alice"', '""', '"*"', '10', 'true', '"${aws:userid}"', '"${*}"', '["a", 1, false]'],
    bad: [],
  },
  numbers: {
    operators: comparisons.map((name) => `Numeric${name}`),
    key: 's3:signatureAge',
    good: ['10', '"10"', '"-1.5e3"', '1e3', '"007"', '"0.10"'],
    bad: ['"ten"', '""', '"1,000"', '" 10"', '"+1"', '".5"', '"5."', '"0x10"', '"1e1234567890"', '"${aws:userid}"', 'true', '"*"'],
  },
  times: {
    operators: comparisons.map((name) => `Date${name}`),
    key: 'aws:CurrentTime',
    good: ['"2026-09-21"', '"2026-09-21T14:13:20Z"', '"2026-09-21T14:13:20.5+02:00"', '1790000000', '"1790000000.5"', '"2024-02-29"'],
    bad: [
      '"tomorrow"',
      '""',
      '"2026-02-29"',
      '"2026-9-1"',
      '"2026-09-21T14:13:20"',
      '"2026-09-21 14:13:20Z"',
      '"${aws:CurrentTime}"',
      '1e9',
      'true',
    ],
  },
  truths: {
    operators: ['Bool'],
    key: 'aws:SecureTransport',
    good: ['true', '"true"', '"TRUE"', 'false', '["true", "false"]'],
    bad: ['"yes"', '""', '1', '"true "', '"${aws:SecureTransport}"', '"*"'],
  },
  bytes: {
    operators: ['BinaryEquals'],
    key: 'aws:username',
    good: ['"QmluYXJ5"', '"YQ=="', '""', '"ab+/"'],
    bad: ['"YQ"', '"YR=="', '"YQ==="', '"a b="', '"ab-_"', '"${aws:userid}"', '1'],
  },
  addresses: {
    operators: ['IpAddress', 'NotIpAddress'],
    key: 'aws:VpcSourceIp',
    good: ['"10.0.0.1"', '"10.0.0.0/8"', '"10.1.2.3/8"', '"2001:db8::/32"', '"::ffff:10.0.0.1"', '"0.0.0.0/0"', '"::/0"'],
    bad: [
      '"10.0.0"',
      '"10.0.0.0/33"',
      '"10.0.0.0/08"',
      '"010.0.0.1"',
      '"::/129"',
      '"fe80::1%eth0"',
      '""',
      '"*"',
      '"10.*"',
      '10',
      '"${aws:SourceIp}"',
    ],
  },
  ARNs: {
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    key: 'aws:PrincipalArn',
    good: [
      '"arn:aws:iam::111122223333:role/*"',
      '"arn:*:*:*:*:*"',
      '"arn:aws:iam::${aws:PrincipalAccount}:role/x"',
      '"*:*:*:*:*:*"',
      '"${aws:PrincipalArn}"',
    ],
    bad: ['"alice"', '"*"', '""', '"arn:aws:iam::111122223333"', '10', '"arn:aws:s3:::${*}"'.replace(':::', '::')],
  },
  presence: {
    operators: ['Null'],
    key: 'aws:username',
    good: ['true', '"true"', '"False"', '["true", "false"]'],
    bad: ['"absent"', '""', '0', '"${aws:username}"'],
  },
}

describe.each(Object.entries(families))('operands that are %s', (_, { operators, key, good, bad }) => {
  describe.each(operators)('%s', (operator) => {
    test.each(good)('reads %s', (value) => expect(codesWith(operator, key, value)).toEqual([]))
    test.each(bad)('cannot read %s', (value) => expect(codesWith(operator, key, value)).toEqual(malformed))
    test('reads or cannot read each value of a list', () => {
      const list = [...good.filter((value) => !value.startsWith('[')), ...bad]
      expect(codesWith(operator, key, `[${list.join(', ')}]`)).toEqual(bad.map(() => 'malformed-operand'))
    })
    if (operator === 'Null') return
    test.each([`${operator}IfExists`, `ForAllValues:${operator}`, `ForAnyValue:${operator}IfExists`])('%s reads the same', (form) => {
      for (const value of good) expect(codesWith(form, key, value)).toEqual([])
      for (const value of bad) expect(codesWith(form, key, value)).toEqual(malformed)
    })
  })
})

test('every operator is in a family', () => {
  expect(
    Object.values(families)
      .flatMap(({ operators }) => operators)
      .sort(),
  ).toEqual([...conditionOperators].sort())
})

describe('the name of an operator', () => {
  test.each([
    'StringEqual',
    'stringEquals',
    'STRINGEQUALS',
    'StringEquals ',
    'StringLikeIgnoreCase',
    'NumericLike',
    'NotBool',
    'NullIfExists',
    'ForAllValues:NullIfExists',
    'IfExists',
    'ForAnyValue:',
    'ForAllValues:ForAnyValue:StringEquals',
    'forallvalues:StringEquals',
    'ForAllValues StringEquals',
    'StringEqualsIfExistsIfExists',
    '',
    'constructor',
  ])('%j does not exist', (operator) => expect(codesWith(operator, 'aws:username', '"x"')).toEqual(['unknown-operator']))
})

describe('addresses under aws:SourceIp, whatever the operator', () => {
  const invalid = ['invalid-ip-address']

  test.each<[operator: string, value: string, codes: readonly string[]]>([
    ['IpAddress', '"203.0.113.0/24"', []],
    ['NotIpAddress', '["203.0.113.7", "2001:db8::/32"]', []],
    ['StringEquals', '"203.0.113.7"', []],
    ['IpAddress', '""', invalid],
    ['IpAddress', '"home"', invalid],
    ['IpAddress', '"203.0.113.0/33"', invalid],
    ['NotIpAddress', '"203.0.113.256"', invalid],
    ['StringEquals', '"home"', invalid],
    ['StringLike', '"203.0.*"', invalid],
    ['StringEquals', '"${aws:SourceIp}"', invalid],
    ['ForAnyValue:StringEqualsIfExists', '["203.0.113.7", "home", ""]', [...invalid, ...invalid]],
    ['IpAddress', '[]', ['empty-operand-list']],
    ['StringEquals', '[]', ['empty-operand-list']],
  ])('%s %s: %j', (operator, value, codes) => {
    expect(codesWith(operator, 'aws:SourceIp', value)).toEqual(codes)
    expect(codesWith(operator, 'AWS:sourceip', value)).toEqual(codes)
  })

  test('S3 takes an empty list', () => {
    expect(codesOf(policyWith({ Condition: '{ "IpAddress": { "aws:SourceIp": [] } }' }))).not.toContain('invalid-ip-address')
  })

  test('other keys with addresses are not looked at by S3', () => {
    expect(codesWith('IpAddress', 'aws:VpcSourceIp', '"home"')).toEqual(malformed)
    expect(codesWith('StringEquals', 'aws:VpcSourceIp', '"home"')).toEqual([])
  })
})

describe('variables in operands', () => {
  const broken = ['malformed-variable']

  test.each<[operator: string, value: string, codes: readonly string[]]>([
    ['StringEquals', '"${aws:username}"', []],
    ['StringLike', '"home/${aws:username}/*"', []],
    ['StringEquals', '"${aws:username, \'x\'}"', []],
    ['StringEquals', '"$aws:username"', []],
    ['StringEquals', '"${aws:username"', broken],
    ['StringLike', '"${}"', broken],
    ['StringNotEquals', '["a", "${ aws:username}", "${aws:username, x}"]', [...broken, ...broken]],
    ['ArnLike', '"arn:aws:iam::111122223333:user/${aws:username"', broken],
    ['ArnLike', '"${"', broken],
  ])('%s %s: %j', (operator, value, codes) => expect(codesWith(operator, 'aws:userid', value)).toEqual(codes))

  test('before 2012-10-17 there are none', () => {
    expect(codesWith('StringEquals', 'aws:userid', '"${"', '2008-10-17')).toEqual([])
    expect(codesWith('ArnLike', 'aws:userid', '"${aws:PrincipalArn}"', '2008-10-17')).toEqual(malformed)
  })
})

describe('conditions that are always the same', () => {
  test.each<[condition: string, codes: readonly string[]]>([
    ['{}', ['empty-condition']],
    ['{ "StringEquals": {} }', ['empty-condition']],
    ['{ "StringEquals": {}, "Bool": {} }', ['empty-condition', 'empty-condition']],
    ['{ "StringEquals": { "aws:username": [] } }', ['empty-operand-list']],
    ['{ "Null": { "aws:username": [] } }', ['empty-operand-list']],
    ['{ "ForAllValues:StringEquals": { "aws:TagKeys": [] } }', ['empty-operand-list']],
    ['{ "ForAllValues:Null": { "aws:TagKeys": "true" } }', ['null-with-set-operator']],
    ['{ "ForAnyValue:Null": { "aws:TagKeys": "false" } }', ['null-with-set-operator']],
    ['{ "Null": { "aws:TagKeys": "true" } }', []],
    ['{ "ForAllValues:Null": {} }', ['empty-condition']],
  ])('%s: %j', (condition, codes) => expect(codesOf(policyWith({ Condition: condition }))).toEqual(codes))

  test.each([
    ['{}', 'always true'],
    ['{ "StringEquals": {} }', 'always true'],
    ['{ "ForAllValues:Null": { "aws:TagKeys": "false" } }', 'always true'],
    ['{ "ForAnyValue:Null": { "aws:TagKeys": "true" } }', 'always false'],
  ])('the message on %s says %s', (condition, what) => {
    expect(problemsOf(policyWith({ Condition: condition })).map(({ message }) => message)).toEqual([expect.stringContaining(what)])
  })
})
