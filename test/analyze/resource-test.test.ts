import { describe, expect, test } from 'vitest'
import { patternTest, resourceTest } from '../../src/analyze/conditions/resource-test.js'
import { partsOf } from '../../src/analyze/scene/resource-arn.js'
import { matchResource } from '../../src/evaluate/match-resource.js'
import type { ContextValues } from '../../src/operators/evaluate-operator.js'
import { mulberry32, pick, type Random } from '../differential/random.js'
import { generatePolicy, shortText } from './brute-force/policies.js'
import { readPolicy } from './brute-force/scene.js'

const seed = Number(process.env['GRANTREE_SEED'] ?? 20261123)
const values: readonly ContextValues[] = [[], ['a'], ['b'], ['*'], ['a/b'], ['a', 'b'], 'unknown']

function arnOf(random: Random): string {
  return `arn:aws:s3:::${pick(random, ['b', 'c', 'ab', 'b/', `b/${shortText(random, 3, 0.2)}`, `b/${shortText(random, 3, 0)}`, `c/${shortText(random, 2, 0)}`])}`
}

describe('the test of resources', () => {
  test(`says what the evaluator says, of random statements (GRANTREE_SEED=${seed})`, () => {
    const random = mulberry32(seed)
    const said = new Set<unknown>()
    for (let left = 1500; left > 0; left--) {
      const { Statement, Version } = readPolicy(generatePolicy(random))
      const known = new Map(['aws:username', 'aws:PrincipalTag/t', 'aws:userid', 's3:prefix'].map((key) => [key, pick(random, values)]))
      const context = { valuesOf: (key: string) => known.get(key) ?? [] }
      for (const statement of Statement) {
        const { truthOf } = resourceTest(statement, Version, context)
        for (let more = 4; more > 0; more--) {
          const arn = arnOf(random)
          const truth = truthOf(partsOf(arn))
          said.add(truth)
          expect({ arn, statement, truth }).toEqual({ arn, statement, truth: matchResource(statement, Version, arn, context) })
        }
      }
    }
    expect(said).toEqual(new Set([true, false, 'unknown']))
  })

  test.each([
    ['*', 'arn:aws:s3:::b/x', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/x', true],
    ['arn:aws:s3:::b/*', 'arn:aws:s3:::b', false],
    ['b/*', 'arn:aws:s3:::b/x', 'unknown'],
    ['arn:aws:s3:::b/${aws:username}', 'arn:aws:s3:::b/${aws:username}', true],
  ])('of one pattern: %s on %s', (pattern, arn, truth) => expect(patternTest(pattern).truthOf(partsOf(arn))).toBe(truth))
})
