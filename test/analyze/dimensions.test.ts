import { describe, expect, test } from 'vitest'
import { diff } from '../../src/analyze.js'
import type { Entries, PlainStatement } from './brute-force/plain.js'
import { readPolicy } from './brute-force/scene.js'

interface Told {
  readonly name: string
  readonly before: readonly PlainStatement[]
  readonly after: readonly PlainStatement[]
  readonly relation: 'equal' | 'less' | 'more' | 'incomparable'
}

const ann: Entries = { AWS: ['arn:aws:iam::2:user/ann'] }
const allow: PlainStatement = { Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::b/*'] }
const when = (operator: string, key: string, operand: string, Principal: Entries = '*'): PlainStatement => ({
  ...allow,
  Principal,
  Condition: { [operator]: { [key]: [operand] } },
})

/** Each is decided by one dimension, or by one special case of it. */
const cases: readonly Told[] = [
  {
    name: 'a caller whose id is not known',
    before: [when('StringEquals', 'aws:userid', 'AIDAX', ann), when('StringNotEquals', 'aws:userid', 'AIDAX', ann)],
    after: [{ ...allow, Principal: ann }],
    relation: 'more',
  },
  {
    name: 'a partition that only a condition names',
    before: [when('StringEquals', 'aws:PrincipalArn', 'arn:aws-cn:iam::2:user/ann')],
    after: [],
    relation: 'less',
  },
  {
    name: 'a service that only a condition names',
    before: [when('StringEquals', 'aws:PrincipalServiceName', 'logs.amazonaws.com')],
    after: [],
    relation: 'less',
  },
  {
    name: 'one service by two names of conditions',
    before: [when('StringLike', 'aws:PrincipalServiceName', '*.amazonaws.com')],
    after: [when('StringLike', 'aws:PrincipalServiceName', 'logs.*')],
    relation: 'incomparable',
  },
  {
    name: 'a federated user by the id that follows from its name',
    before: [when('StringEquals', 'aws:userid', '2:bob', { AWS: ['arn:aws:sts::2:federated-user/bob'] })],
    after: [],
    relation: 'less',
  },
]

describe('what one dimension decides', () => {
  test.each(cases)('$name', ({ before, after, relation }) => {
    const [one, other] = [before, after].map((Statement) => ({
      // A policy needs a statement: one for nobody is none.
      policy: readPolicy({
        Version: '2012-10-17',
        Statement: [...Statement, { ...allow, Principal: { Service: ['nobody.amazonaws.com'] } }],
      }),
      bucket: 'b',
      owner: '1',
    }))
    if (one === undefined || other === undefined) throw new Error('no policies')
    const found = diff(one, other)
    expect({ relation: found.relation, undecided: found.undecided }).toEqual({ relation, undecided: [] })
  })
})
