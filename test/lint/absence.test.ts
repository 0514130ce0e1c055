import { describe, expect, test } from 'vitest'
import { conditionOperators, setPrefixes } from '../../src/catalog/condition-operators.js'
import { isNegated, isPresenceChecked, mayBeAbsent, needsKey } from '../../src/lint/absence.js'
import { evaluateOperator } from '../../src/operators/evaluate-operator.js'
import { operators } from '../../src/operators/table.js'
import { type Condition, formatOperator, type Statement } from '../../src/policy/ast.js'
import { parsePolicy } from '../../src/policy/parser.js'
import { plainText } from '../../src/policy/template.js'

function statementOf(condition: unknown, principal: unknown = '*'): Statement {
  const statement = { Effect: 'Allow', Principal: principal, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*', Condition: condition }
  const { policy } = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }))
  return policy?.Statement[0] as Statement
}

const spellings = conditionOperators.flatMap((name) =>
  [undefined, ...setPrefixes].flatMap((prefix) =>
    (name === 'Null' ? [false] : [false, true]).map((ifExists) => formatOperator({ name, ifExists, ...(prefix && { prefix }) })),
  ),
)

describe('a condition on an absent key', () => {
  test.each(spellings)('%s is false exactly where it needs the key', (spelling) => {
    for (const value of ['true', 'false']) {
      const condition = statementOf({ [spelling]: { 'aws:SourceVpce': value } }).Condition[0] as Condition
      expect(needsKey(condition)).toBe(evaluateOperator(condition.operator, [plainText(value)], []) === false && !isConstant(condition))
    }
  })

  /** `ForAnyValue:Null` is false whether the key is there or not. */
  function isConstant({ operator: { name, prefix } }: Condition): boolean {
    return name === 'Null' && prefix !== undefined
  }

  test.each(conditionOperators)('%s is negated where the operators say so', (name) => {
    const condition = statementOf({ [name]: { 'aws:SourceVpce': 'true' } }).Condition[0] as Condition
    const row = operators[name]
    expect(isNegated(condition)).toBe(row.kind === 'comparison' && row.negated)
  })
})

describe('whether a key may be absent', () => {
  const account = { AWS: '111122223333' }
  const role = { AWS: 'arn:aws:iam::111122223333:role/deploy' }

  test.each([
    ['aws:PrincipalArn', '*', true],
    ['aws:principalarn', account, false],
    ['aws:userid', '*', false],
    ['aws:SourceVpce', account, true],
    ['aws:MultiFactorAuthPresent', account, true],
    ['aws:MultiFactorAuthPresent', role, false],
    ['aws:MultiFactorAuthPresent', { AWS: [role.AWS, account.AWS] }, true],
  ])('%s for %j: %s', (key, principal, expected) => {
    expect(mayBeAbsent(key, statementOf({}, principal))).toBe(expected)
  })

  test('another condition on the key counts in any case', () => {
    const statement = statementOf({ StringEqualsIfExists: { 'aws:SourceVpce': 'a' }, Null: { 'AWS:SOURCEVPCE': 'false' } })
    expect(statement.Condition.map((condition) => isPresenceChecked(statement, condition))).toEqual([true, true])
  })
})
