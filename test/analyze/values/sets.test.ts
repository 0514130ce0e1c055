import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { conditionTest } from '../../../src/analyze/conditions/condition-test.js'
import { chooseSets } from '../../../src/analyze/values/sets.js'
import { parsePolicy } from '../../../src/index.js'
import { patterns } from '../../languages/arbitraries.js'

const operators = fc
  .tuple(
    fc.constantFrom('', 'ForAllValues:', 'ForAnyValue:'),
    fc.constantFrom('StringEquals', 'StringLike', 'StringNotLike', 'StringNotEquals', 'NumericLessThan'),
    fc.constantFrom('', 'IfExists'),
  )
  .map((parts) => parts.join(''))

const conditions = fc.array(fc.tuple(operators, fc.array(fc.oneof(patterns, fc.constant('5')), { minLength: 1, maxLength: 2 })), {
  maxLength: 4,
})

function testsOf(list: readonly (readonly [string, readonly string[]])[]) {
  const Statement = list.map(([operator, operands]) => ({
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: '*',
    Condition: { [operator]: { 'aws:TagKeys': operands } },
  }))
  const { policy } = parsePolicy(JSON.stringify({ Statement }))
  return (policy?.Statement ?? []).flatMap(({ Condition }) =>
    Condition.map((condition) => conditionTest(condition, undefined, { valuesOf: () => [] })),
  )
}

describe('sets chosen for conditions', () => {
  test('stand for every list of the values: one makes the same of all conditions, and is a single value or not like it', () => {
    const members = fc.uniqueArray(fc.constantFrom('a', 'b', 'ab', '/', '', '5', '7'), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(
        conditions,
        members,
        fc.array(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 }), { maxLength: 10 }),
        (list, values, picks) => {
          const tests = testsOf(list)
          const kindOf = (set: readonly string[]) => [set.length > 1, ...tests.map(({ truthOf }) => truthOf(set))].join()
          const chosen = chooseSets({ values }, tests)
          expect(chosen.incomplete).toBe(undefined)
          const known = new Set(chosen.values.map(kindOf))
          for (const pick of picks) {
            const set = pick.map((index) => values[index % values.length] as string)
            expect(known.has(kindOf(set)), JSON.stringify(set)).toBe(true)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('have a list of two values even if there is one only', () => {
    expect(chooseSets({ values: ['a'] }, []).values).toEqual([['a'], ['a', 'a']])
  })

  test('tell that they are not complete if the values are not, or if there are too many', () => {
    expect(chooseSets({ values: ['a'], incomplete: 'why' }, []).incomplete).toBe('why')
    const letters = Array.from('abcdefghij')
    const tests = testsOf(letters.map((letter) => ['ForAnyValue:StringEquals', [letter]]))
    expect(chooseSets({ values: letters }, tests).incomplete).toBe('there are too many sets of values')
  })
})
