import { describe, expect, test } from 'vitest'
import { diff, examineStatements } from '../../src/analyze.js'
import type { PlainStatement } from './brute-force/plain.js'
import { readPolicy } from './brute-force/scene.js'

/*
 * A variable and a condition may speak of the same caller: `${aws:username}` is not free where aws:PrincipalArn is compared. Found by the
 * search over requests.
 */

const subjectOf = (...Statement: PlainStatement[]) => ({
  policy: readPolicy({ Version: '2012-10-17', Statement }),
  bucket: 'b',
  owner: '1',
})

const allow = (Condition: PlainStatement['Condition'], Resource = 'arn:aws:s3:::b/*'): PlainStatement => ({
  Effect: 'Allow',
  Principal: '*',
  Action: ['s3:GetObject'],
  Resource: [Resource],
  ...(Condition !== undefined && { Condition }),
})

const uses = (variable: string): PlainStatement => ({ ...allow(undefined, `arn:aws:s3:::b/\${${variable}}/x`), Action: ['s3:PutObject'] })

const variables = ['aws:username', 'aws:PrincipalAccount', 'aws:userid', 'aws:PrincipalArn']

const conditions = [
  { ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::22:user/a'] } },
  { ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::22:user/p/a?c'] } },
  { StringLike: { 'aws:PrincipalArn': ['arn:aws:iam::22*a'] } },
  { StringEqualsIgnoreCase: { 'aws:PrincipalArn': ['arn:aws:iam::22:USER/A'] } },
  { StringEquals: { 'aws:PrincipalArn': ['arn:aws:iam::${aws:PrincipalAccount}:user/a'] } },
  { StringEquals: { 'aws:PrincipalArn': ['arn:aws:sts::22:federated-user/f'] } },
  { StringEquals: { 'aws:PrincipalArn': ['arn:aws:iam::22:root'] } },
  { StringEquals: { 'aws:userid': ['22:f'] } },
  { StringEquals: { 'aws:userid': ['AIDAAAAAAAAAAAAA'] } },
  { StringEquals: { 'aws:PrincipalAccount': ['22'] } },
]

describe.each(variables)('a policy that uses ${%s}', (variable) => {
  test.each(conditions)('a statement about %j is needed', (condition) => {
    const [statement] = examineStatements(subjectOf(allow(condition), uses(variable)))
    expect(statement).toMatchObject({ status: 'needed' })
    const { relation } = diff(subjectOf(uses(variable)), subjectOf(allow(condition), uses(variable)))
    // Two variables at once are not always followed exactly.
    expect(JSON.stringify(condition).includes('${') ? ['more', 'undecided'] : ['more']).toContain(relation)
  })

  test('a statement for an id is needed', () => {
    const named: PlainStatement = { ...allow(undefined), Principal: { AWS: ['AIDAAAAAAAAAAAAA'] } }
    const [statement] = examineStatements(subjectOf(named, uses(variable)))
    expect(statement).toMatchObject({ status: 'needed' })
  })
})

test('callers with an id are told apart from those without, even by a condition that cannot be read', () => {
  const denied: PlainStatement = { Effect: 'Deny', Principal: '*', Action: ['s3:*'], Resource: ['arn:aws:s3:::b/*'] }
  const [change] = diff(
    subjectOf(allow(undefined), { ...denied, Condition: { Null: { 'aws:userid': ['x'] } } }),
    subjectOf(allow(undefined)),
  ).newlyAllowed
  expect(change?.words).not.toContain('aws:userid')
})

test('what S3 counts is never negative, even where it is compared as text', () => {
  const listing: PlainStatement = {
    ...allow({ StringLike: { 's3:max-keys': ['-1'] } }, 'arn:aws:s3:::b'),
    Action: ['s3:ListBucket'],
  }
  expect(examineStatements(subjectOf(listing))).toMatchObject([{ status: 'unreachable' }])
})
