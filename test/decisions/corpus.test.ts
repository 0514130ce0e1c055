import { describe, expect, test } from 'vitest'
import { type DecisionTestResult, runDecisionTests } from '../../src/index.js'
import { readCorpus } from './read-corpus.js'

const corpus = readCorpus()

test('the corpus has at least 800 cases, each with a reason and a name of its own', () => {
  const cases = corpus.flatMap(({ name, cases }) => cases.map((item) => ({ id: `${name}: ${item.name}`, why: item.why })))
  expect(cases.length).toBeGreaterThanOrEqual(800)
  expect(cases.filter(({ why }) => why === undefined || why.length < 10)).toEqual([])
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
})

describe.each(['reference', 'program'] as const)('by the %s', (engine) => {
  describe.each(corpus)('$name', ({ cases }) => {
    test.each(cases.map((item) => ({ name: item.name, item })))('$name', ({ item }) => {
      const [result] = runDecisionTests({ cases: [item] }, { engine }).results
      const got = result?.decision?.verdict ?? { error: result?.errors.map(({ code }) => code).join(' ') }
      expect(got, item.why).toEqual(item.expect)
    })
  })
})

test.each(corpus)('both engines give the same reasons: $name', ({ cases }) => {
  const reasons = (engine: 'reference' | 'program') => runDecisionTests({ cases }, { engine }).results.map(reasonOf)
  expect(reasons('program')).toEqual(reasons('reference'))
})

function reasonOf({ case: { name }, decision }: DecisionTestResult): string {
  return `${name}: ${decision?.reason ?? 'an error'}`
}
