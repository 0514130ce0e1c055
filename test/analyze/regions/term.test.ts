import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Terms, type Trait, Vocabulary } from '../../../src/analyze/regions/term.js'

type Label = string

/** Values are small numbers; a trait holds for those in its list. */
const traitLists = fc.array(fc.uniqueArray(fc.nat({ max: 11 }), { maxLength: 9 }), { maxLength: 6 })

const traitsOf = (lists: readonly (readonly number[])[]): readonly Trait<number, Label>[] =>
  lists.map((list, index) => ({ label: `t${index}`, holds: (value) => list.includes(value) }))

function describeValues(
  inside: readonly number[],
  outside: readonly number[],
  traits: readonly Trait<number, Label>[],
  labelOf: (value: number) => Label,
): Terms<Label> {
  return new Vocabulary([...inside, ...outside], traits, labelOf).describe(inside, outside)
}

/** Whether the terms say that a value is in the set. */
function isSaid(terms: Terms<Label>, value: number, traits: readonly Trait<number, Label>[]): boolean {
  const holds = (label: Label) => traits.find((trait) => trait.label === label)?.holds(value) ?? label === `is ${value}`
  return terms.some(({ only, except }) => only.every(holds) && !except.some(holds))
}

describe('a description', () => {
  test('covers exactly the values inside', () => {
    fc.assert(
      fc.property(traitLists, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), (lists, sides) => {
        const traits = traitsOf(lists)
        const inside = sides.flatMap((isInside, value) => (isInside ? value : []))
        const outside = sides.flatMap((isInside, value) => (isInside ? [] : value))
        const terms = describeValues(inside, outside, traits, (value) => `is ${value}`)
        for (const value of inside) expect(isSaid(terms, value, traits), String(value)).toBe(true)
        for (const value of outside) expect(isSaid(terms, value, traits), String(value)).toBe(false)
      }),
      { numRuns: 5000 },
    )
  })

  test('says nothing where nothing is outside', () => {
    expect(describeValues([1, 2], [], traitsOf([[1]]), String)).toEqual([{ only: [], except: [] }])
  })

  test.each([
    ['one trait', [[1, 2]], [1, 2], [3], [{ only: ['t0'], except: [] }]],
    ['what a trait leaves out', [[3]], [1, 2], [3], [{ only: [], except: ['t0'] }]],
    ['a trait without another', [[1, 2, 3], [3]], [1, 2], [3, 4], [{ only: ['t0'], except: ['t1'] }]],
    [
      'two traits',
      [
        [1, 2],
        [5, 6],
      ],
      [1, 2, 5, 6],
      [9],
      [
        { only: ['t0'], except: [] },
        { only: ['t1'], except: [] },
      ],
    ],
    [
      'both of two traits',
      [
        [1, 2],
        [1, 3],
      ],
      [1],
      [2, 3],
      [{ only: ['t0', 't1'], except: [] }],
    ],
    ['the values themselves where no trait tells', [[1, 3]], [1], [3], [{ only: ['is 1'], except: [] }]],
  ])('by %s', (_, lists, inside, outside, terms) => {
    expect(describeValues(inside, outside, traitsOf(lists), (value) => `is ${value}`)).toEqual(terms)
  })
})
