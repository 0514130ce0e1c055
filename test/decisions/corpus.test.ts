import { describe, expect, test } from 'vitest'
import { runDecisionTests } from '../../src/index.js'
import { readCorpus } from './read-corpus.js'

const corpus = readCorpus()

test('the corpus has at least 800 cases, each with a reason and a name of its own', () => {
  const cases = corpus.flatMap(({ name, cases }) => cases.map((item) => ({ id: `${name}: ${item.name}`, why: item.why })))
  expect(cases.length).toBeGreaterThanOrEqual(800)
  expect(cases.filter(({ why }) => why === undefined || why.length < 10)).toEqual([])
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length)
})

describe.each(corpus)('$name', ({ cases }) => {
  test.each(cases.map((item) => ({ name: item.name, item })))('$name', ({ item }) => {
    const [result] = runDecisionTests({ cases: [item] }).results
    const got = result?.decision?.verdict ?? { error: result?.errors.map(({ code }) => code).join(' ') }
    expect(got, item.why).toEqual(item.expect)
  })
})
