import fc from 'fast-check'
import { expect, test } from 'vitest'
import { policyStages } from '../../src/compile/stages.js'
import { parsePolicy } from '../../src/policy/parser.js'
import { loadPolicy } from '../../src/program/load.js'
import { generatePolicy } from '../differential/policies.js'
import { mulberry32 } from '../differential/random.js'
import { readProgram } from './read-program.js'
import { type Json, stagesOf } from './stages-of.js'

/** Random policies by seed that can be read. */
const policies = fc
  .nat({ max: 0x7fffffff })
  .map((seed) => parsePolicy(JSON.stringify(generatePolicy(mulberry32(seed), 'bucket').policy)).policy)
  .filter((policy) => policy !== undefined)

test('every reference is the place of the record that the layout says, and no two records share a word', () => {
  fc.assert(
    fc.property(policies, (policy) => {
      const { layout } = policyStages(policy, 'bucket')
      expect(readProgram(layout).size).toBeLessThanOrEqual(layout.words.length)
    }),
    { numRuns: 1_000 },
  )
})

test.each<[string, readonly Json[]]>([
  ['no statement', []],
  ['everything', [{}]],
  [
    'principals of every kind',
    [
      {
        Principal: {
          AWS: ['1', 'arn:aws:iam::1:user/a', 'arn:aws:iam::2:user/a', 'arn:aws:iam::1:role/a', 'AIDAAAAAAAAAAAAAAAAA'],
          Service: 's',
          Federated: 'f',
          CanonicalUser: 'c',
        },
      },
    ],
  ],
  [
    'operands of every family',
    [
      {
        Condition: {
          StringEquals: { k: ['a', '${k}'] },
          StringLike: { k: 'a*b?c*${k}*d*' },
          StringEqualsIgnoreCase: { k: 'A' },
          NumericEquals: { k: '1' },
          DateEquals: { k: '1' },
          Bool: { k: 'true' },
          BinaryEquals: { k: 'AA==' },
          IpAddress: { k: '::1' },
          ArnLike: { k: 'arn:*:s3:::${k}*' },
          Null: { k: 'true' },
        },
      },
    ],
  ],
  ['conditions without operands', [{ Condition: { StringEquals: { k: [] }, Null: { k: [] } } }]],
  [
    'resources of every kind',
    [
      { Resource: ['arn:aws:s3:::bucket/a', 'arn:aws:s3:::bucket/a*b*', 'arn:aws:s3:::${k}/x', 'arn:aws:s3:::bucket/${k}'] },
      { NotResource: ['x', 'arn:aws:s3:::bucket/${k}', 'arn:aws:s3:::bucket/?'], Effect: 'Deny' },
    ],
  ],
])('all words are read of: %s', (_, statements) => {
  const { layout } = stagesOf(statements)
  expect(readProgram(layout).size).toBe(layout.words.length)
})

test('a program is numbers and strings, and nothing else', () => {
  fc.assert(
    fc.property(policies, (policy) => {
      const { words, strings, ...others } = policyStages(policy, 'bucket').layout
      expect(words).toBeInstanceOf(Int32Array)
      expect([...new Set(strings.map((each) => typeof each)), ...Object.keys(others)]).toEqual(strings.length === 0 ? [] : ['string'])
      expect(new Set(strings).size).toBe(strings.length)
    }),
  )
})

test('compiling twice makes the same words', () => {
  fc.assert(
    fc.property(policies, (policy) => {
      expect(policyStages(policy, 'bucket').layout).toEqual(policyStages(policy, 'bucket').layout)
    }),
  )
})

test('what a statement decides is made once, frozen, with its place and Sid', () => {
  const { decisions } = loadPolicy(stagesOf([{ Sid: 'a' }, { Effect: 'Deny' }]).layout)
  const allow = { index: 0, sid: 'a' }
  expect(decisions).toEqual([
    { verdict: 'Allow', reason: 'policy-allows', statement: allow },
    { verdict: 'Allow', reason: 'both-allow', statement: allow },
    { verdict: 'ExplicitDeny', reason: 'policy-denies', statement: { index: 1 } },
    { verdict: 'Allow', reason: 'both-allow', statement: { index: 1 } },
  ])
  for (const decision of decisions) expect([Object.isFrozen(decision), Object.isFrozen(decision.statement)]).toEqual([true, true])
})
