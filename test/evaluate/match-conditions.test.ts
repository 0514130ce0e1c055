import { describe, expect, test } from 'vitest'
import { matchConditions } from '../../src/evaluate/match-conditions.js'
import type { Truth } from '../../src/operators/truth.js'
import { evaluationContextOf } from '../../src/request/evaluation-context.js'
import { anonymous, statementOf } from './ask.js'

const context = evaluationContextOf(
  {
    principal: anonymous,
    action: 's3:ListBucket',
    context: { 's3:prefix': 'home/red', 'aws:PrincipalTag/team': 'red', 'aws:TagKeys': ['a', 'b'], 'aws:SourceIp': '10.0.0.1' },
    unknown: ['aws:PrincipalTag/secret'],
  },
  { kind: 'anonymous' },
  undefined,
)

describe('the outcome of a condition', () => {
  test('has operator, key and operands as the policy spells them, and the request’s values', () => {
    const { Condition } = statementOf({
      Condition: {
        'ForAnyValue:StringLikeIfExists': { 'AWS:tagkeys': ['a*', '${x}'] },
        Null: { 'aws:PrincipalTag/none': true },
        NumericLessThan: { 's3:max-keys': 1e1 },
        StringEquals: { 'aws:PrincipalTag/secret': 'x' },
      },
    })
    expect(matchConditions(Condition, '2012-10-17', context)).toStrictEqual([
      { operator: 'ForAnyValue:StringLikeIfExists', key: 'AWS:tagkeys', operands: ['a*', '${x}'], values: ['a', 'b'], truth: true },
      { operator: 'Null', key: 'aws:PrincipalTag/none', operands: ['true'], values: [], truth: true },
      { operator: 'NumericLessThan', key: 's3:max-keys', operands: ['10'], values: [], truth: false },
      { operator: 'StringEquals', key: 'aws:PrincipalTag/secret', operands: ['x'], values: 'unknown', truth: 'unknown' },
    ])
  })

  test('no conditions, no outcomes', () => {
    expect(matchConditions([], '2012-10-17', context)).toEqual([])
  })
})

describe('variables in operands, S7.1: under 2012-10-17, under 2008-10-17 and without version', () => {
  test.each<[string, string, string, Truth, Truth]>([
    ['StringEquals', 's3:prefix', 'home/${aws:PrincipalTag/team}', true, false],
    ['StringLike', 's3:prefix', '${aws:PrincipalTag/none, "x"}*', 'unknown', false],
    ['StringLike', 's3:prefix', "${aws:PrincipalTag/none, 'home'}/*", true, false],
    ['StringNotEquals', 's3:prefix', 'home/${aws:PrincipalTag/team}', false, true],
    ['StringEquals', 's3:prefix', 'home/${aws:PrincipalTag/secret}', 'unknown', false],
    // The value is no ARN, whatever the operand is.
    ['ArnLike', 's3:prefix', 'arn:aws:iam::1:user/${aws:PrincipalTag/none}', 'unknown', 'unknown'],
    // Operators of other families read the text as it is.
    ['IpAddress', 'aws:SourceIp', "${aws:PrincipalTag/none, '10.0.0.0/8'}", 'unknown', 'unknown'],
    ['NumericEquals', 's3:prefix', "${aws:PrincipalTag/none, '5'}", 'unknown', 'unknown'],
    ['Bool', 's3:prefix', "${aws:PrincipalTag/none, 'true'}", 'unknown', 'unknown'],
    ['Null', 's3:prefix', "${aws:PrincipalTag/none, 'false'}", 'unknown', 'unknown'],
  ])('%s %s %s: %s, %s', (operator, key, operand, since2012, before) => {
    const { Condition } = statementOf({ Condition: { [operator]: { [key]: operand } } })
    const truth = (version?: '2012-10-17' | '2008-10-17') => matchConditions(Condition, version, context).map((outcome) => outcome.truth)
    expect(truth('2012-10-17')).toEqual([since2012])
    expect(truth('2008-10-17')).toEqual([before])
    expect(truth()).toEqual([before])
  })
})
