import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { equivalent, examineStatements } from '../../../src/analyze.js'
import { evaluate } from '../../../src/index.js'
import { pick } from '../../differential/random.js'
import { alone, policySnapshot, sceneOf } from '../brute-force/scene.js'
import { sweep } from '../brute-force/sweep.js'
import { compare, drawOf, policyOf, type Relation, shuffled, splitByAction, statementWith, withStatements } from './subjects.js'

const runs = { numRuns: Number(process.env['GRANTREE_LAWS'] ?? 25) }
const seeds = fc.nat({ max: 0x7fffffff })

const mirrored: Readonly<Record<Relation, Relation>> = {
  equal: 'equal',
  less: 'more',
  more: 'less',
  incomparable: 'incomparable',
  undecided: 'undecided',
}

describe('laws of comparison', () => {
  test('whatever it is, it is equal to itself', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { before } = drawOf(seed).pair
        const { relation } = compare(before, before)
        expect(['equal', 'undecided']).toContain(relation)
      }),
      runs,
    )
  })

  test('the other way round, what was newly allowed is newly denied', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { before, after } = drawOf(seed).pair
        const forth = compare(before, after)
        const back = compare(after, before)
        expect(back.relation).toBe(mirrored[forth.relation])
        expect(back.newlyAllowed.length > 0).toBe(forth.newlyDenied.length > 0)
        expect(back.newlyDenied.length > 0).toBe(forth.newlyAllowed.length > 0)
      }),
      runs,
    )
  })

  test('another Allow never denies, another Deny never allows', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom('Allow', 'Deny'), (seed, effect) => {
        const { policy, random, given } = policyOf(seed)
        const more = withStatements(policy, [...policy.Statement, statementWith(random, effect)])
        const { relation, newlyAllowed, newlyDenied } = compare({ policy, ...given }, { policy: more, ...given })
        expect(effect === 'Allow' ? newlyDenied : newlyAllowed).toEqual([])
        expect(['equal', 'undecided', effect === 'Allow' ? 'more' : 'less']).toContain(relation)
      }),
      { numRuns: 2 * runs.numRuns },
    )
  })

  test('the order of statements and of their lists does not matter', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { policy, random, given } = policyOf(seed)
        const other = shuffled(random, policy.Statement).map(({ Action, Resource, ...rest }) => ({
          ...rest,
          ...(Action && { Action: shuffled(random, Action) }),
          ...(Resource && { Resource: shuffled(random, Resource) }),
        }))
        const { relation } = compare({ policy, ...given }, { policy: withStatements(policy, other), ...given })
        expect(['equal', 'undecided']).toContain(relation)
      }),
      runs,
    )
  })

  test('a statement as two, each with some of its actions, is the same', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { policy, random, given } = policyOf(seed)
        const other = policy.Statement.flatMap((statement) => splitByAction(random, statement))
        const { relation } = compare({ policy, ...given }, { policy: withStatements(policy, other), ...given })
        expect(['equal', 'undecided']).toContain(relation)
      }),
      runs,
    )
  })

  test('what is equivalent has no difference, and what has one is not', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { before, after } = sceneOf(drawOf(seed).pair)
        const { verdict } = equivalent(before.subject, after.subject)
        const { relation } = compare(before.plain, after.plain)
        const expected: readonly Relation[] =
          verdict === 'equivalent' ? ['equal'] : verdict === 'different' ? ['less', 'more', 'incomparable', 'undecided'] : ['undecided']
        expect(expected).toContain(relation)
      }),
      runs,
    )
  })

  test('few questions stay undecided', () => {
    const relations = Array.from({ length: runs.numRuns }, (_, index) => {
      const { before, after } = drawOf(index + 1).pair
      return compare(before, after).relation
    })
    expect(relations.filter((relation) => relation === 'undecided').length).toBeLessThanOrEqual(runs.numRuns / 8)
  })
})

describe('laws of statements', () => {
  test('without one that is redundant, every verdict is the same; without one that is needed, its witness gets another', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(seeds, (seed) => {
        const { policy, random, given } = policyOf(seed)
        // The same twice makes for more that is redundant.
        const twice = withStatements(policy, [...policy.Statement, pick(random, policy.Statement)])
        const { before } = sceneOf(alone({ policy: twice, ...given }))
        for (const { status, index, witness } of examineStatements(before.subject)) {
          seen.add(status)
          const rest = {
            policy: withStatements(
              twice,
              twice.Statement.filter((_, at) => at !== index),
            ),
            ...given,
          }
          if (witness !== undefined) {
            const snapshot = policySnapshot(rest, ['b'])
            const verdicts = [before.snapshot, snapshot].map((one) => evaluate(one, witness.request).verdict)
            expect(verdicts[0]).not.toBe(verdicts[1])
          }
          if (!['redundant', 'unreachable', 'shadowed'].includes(status)) continue
          const found = sweep(sceneOf({ before: before.plain, after: rest }), 60, random)
          const changed = found.judged.find((judged) => judged.before.verdict !== judged.after.verdict)
          expect(changed && found.requestOf(changed)).toBe(undefined)
        }
      }),
      { numRuns: Math.ceil(runs.numRuns / 2) },
    )
    expect([...seen]).toEqual(expect.arrayContaining(['needed', 'redundant']))
  })
})
