import { describe, expect, test } from 'vitest'
import { diff } from '../../src/analyze.js'
import { type AuthorizationRequest, evaluate, type Principal } from '../../src/index.js'
import type { PlainStatement } from './brute-force/plain.js'
import { policySnapshot, readPolicy } from './brute-force/scene.js'

/** Two policies that few would write, and a request that one of them allows and the other does not. */
interface Seldom {
  readonly name: string
  readonly before: readonly PlainStatement[]
  readonly after: readonly PlainStatement[]
  readonly request: Partial<AuthorizationRequest>
}

const allow: PlainStatement = { Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::b/*'] }
const service: Principal = { kind: 'service', service: 's.amazonaws.com' }
const given = { bucket: 'b', owner: '1' }

const when = (operator: string, key: string, ...operands: readonly string[]): PlainStatement => ({
  ...allow,
  Condition: { [operator]: { [key]: operands } },
})
const on = (Effect: 'Allow' | 'Deny', resource: string): PlainStatement => ({ ...allow, Effect, Resource: [resource] })
const notOwn: PlainStatement = { ...allow, Effect: 'Deny', Condition: { StringEquals: { 'aws:PrincipalAccount': ['1'] } } }

const cases: readonly Seldom[] = [
  {
    name: 'what a variable stands for reaches into a star that also takes the text after it',
    before: [on('Allow', 'arn:aws:s3:::b/${aws:username}/x'), on('Deny', 'arn:aws:s3:::b/*a*'), notOwn],
    after: [on('Allow', 'arn:aws:s3:::b/${aws:username}/x'), on('Deny', 'arn:aws:s3:::b/*a/x'), notOwn],
    request: { principal: { kind: 'aws', arn: 'arn:aws:iam::2:user/ab', identityVerdict: 'Allow' }, key: 'ab/x' },
  },
  {
    name: 'an instant after the year 9999, in Unix seconds',
    before: [when('Null', 'aws:TokenIssueTime', 'false')],
    after: [when('DateLessThan', 'aws:TokenIssueTime', '999999999999')],
    request: { context: { 'aws:TokenIssueTime': '9999999999999' } },
  },
  {
    name: 'an instant before the year 0, in Unix seconds',
    before: [when('Null', 'aws:TokenIssueTime', 'false')],
    after: [when('DateGreaterThan', 'aws:TokenIssueTime', '-99999999999')],
    request: { context: { 'aws:TokenIssueTime': '-999999999999' } },
  },
  {
    name: 'numbers with the largest exponents that are read',
    before: [when('NumericGreaterThan', 'aws:MultiFactorAuthAge', '1e999999999')],
    after: [when('NumericGreaterThanEquals', 'aws:MultiFactorAuthAge', '3e999999999')],
    request: { context: { 'aws:MultiFactorAuthAge': '2e999999999' } },
  },
  {
    name: 'a number below zero, of a key that may be any text',
    before: [when('NumericLessThan', 's3:ExistingObjectTag/a', '0')],
    after: [when('NumericLessThan', 's3:ExistingObjectTag/a', '-5')],
    request: { context: { 's3:ExistingObjectTag/a': '-1' } },
  },
  {
    name: 'a letter that only folding makes another',
    before: [when('StringEqualsIgnoreCase', 's3:ExistingObjectTag/a', 'k')],
    after: [when('StringEquals', 's3:ExistingObjectTag/a', 'k', 'K')],
    request: { context: { 's3:ExistingObjectTag/a': '\u212a' } },
  },
  {
    name: 'the same number in another spelling',
    before: [when('NumericEquals', 'aws:MultiFactorAuthAge', '1')],
    after: [when('StringEquals', 'aws:MultiFactorAuthAge', '1', '01')],
    request: { context: { 'aws:MultiFactorAuthAge': '1.0' } },
  },
]

describe('what is seldom written', () => {
  test.each(cases)('$name', ({ before, after, request }) => {
    const asked: AuthorizationRequest = { principal: service, action: 's3:GetObject', bucket: 'b', key: 'k', time: 0, ...request }
    const verdicts = [before, after].map((Statement) => {
      const snapshot = policySnapshot({ policy: { Version: '2012-10-17', Statement }, owner: '1' }, ['b'])
      return evaluate(snapshot, asked).verdict === 'Allow'
    })
    expect(verdicts[0]).not.toBe(verdicts[1])
    const [one, other] = [before, after].map((Statement) => ({ policy: readPolicy({ Version: '2012-10-17', Statement }), ...given }))
    if (one === undefined || other === undefined) throw new Error('no policies')
    const { newlyAllowed, newlyDenied, undecided } = diff(one, other)
    const isShown = verdicts[1] ? newlyAllowed.length > 0 : newlyDenied.length > 0
    expect({ isShown, undecided: undecided.length > 0 }).not.toEqual({ isShown: false, undecided: false })
  })
})
