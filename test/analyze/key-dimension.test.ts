import { describe, expect, test } from 'vitest'
import { bitsKey, meets } from '../../src/analyze/bits.js'
import { conditionTest } from '../../src/analyze/conditions/condition-test.js'
import { dimensionOf } from '../../src/analyze/dimensions/dimension.js'
import { demandOf, keyDimension } from '../../src/analyze/dimensions/key-dimension.js'
import type { Clause } from '../../src/analyze/scene/clause.js'
import { canonicalKeyName, findConditionKey } from '../../src/catalog/lookup.js'
import { chance, mulberry32, pick } from '../differential/random.js'
import { valuesFor } from './brute-force/key-values.js'
import { conditionsOf } from './brute-force/plain.js'
import { generatePolicy, withCondition } from './brute-force/policies.js'
import { readPolicy } from './brute-force/scene.js'

const seed = Number(process.env['GRANTREE_SEED'] ?? 20261123)

/** Random conditions on one key, each of a statement of its own. */
function conditionsOnOneKey(random: () => number) {
  const blocks = Array.from({ length: 400 }, () => withCondition(random))
  const keys = blocks.flatMap((block) => Object.values(block).flatMap((byKey) => Object.keys(byKey)))
  const key = pick(random, keys)
  const own = blocks.filter((block) => Object.values(block).some((byKey) => key in byKey)).slice(0, 4)
  const [base] = generatePolicy(random).Statement
  return own.map((Condition) => ({ ...base, Effect: chance(random, 0.5) ? ('Allow' as const) : ('Deny' as const), Condition }))
}

describe('the values of a condition key', () => {
  test(`stand for every value of its type: one that no statement tells apart from it (GRANTREE_SEED=${seed})`, () => {
    const random = mulberry32(seed)
    const types = new Set<string>()
    for (let left = 250; left > 0; left--) {
      const statements = conditionsOnOneKey(random)
      const written = statements.flatMap(conditionsOf)
      const key = canonicalKeyName(written[0]?.key ?? '')
      const { Statement } = readPolicy({ Statement: statements as never })
      const demands = Statement.map(({ Effect, Condition }, index) => {
        const tests = Condition.map((condition) => conditionTest(condition, undefined, { valuesOf: () => [] }))
        return demandOf(index, { kind: Effect === 'Deny' ? 'deny' : 'allow' } as Clause, tests)
      })
      const dimension = keyDimension(key, demands, { size: demands.length, steps: 40_000 })
      const known = new Set(dimension.atoms.map(({ alive }) => bitsKey(alive)))
      types.add(findConditionKey(key)?.type ?? 'other')
      if (dimension.gap !== undefined) {
        expect(meets(dimension.gap.clauses, dimension.involved)).toBe(true)
        continue
      }
      const single = valuesFor(key, written)
      const several = findConditionKey(key)?.multiValued === true ? single.map((value) => [value, pick(random, single)]) : []
      for (const values of [[], ...single.map((value) => [value]), ...several]) {
        const [atom] = dimensionOf(key, [values], demands, demands.length).atoms
        if (atom !== undefined && !known.has(bitsKey(atom.alive))) expect({ key, values, written }).toEqual('a value that stands for it')
      }
    }
    expect([...types]).toEqual(expect.arrayContaining(['String', 'Numeric', 'Bool', 'IPAddress', 'Date']))
  })
})
