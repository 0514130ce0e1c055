import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accepts, type DocumentKind, kinds } from './documents.js'
import { expectAgreement } from './expect-agreement.js'
import { changedDocuments, everyChange } from './mutations.js'
import { parserAnswer } from './parsers.js'
import { ownPools, pools, samples, smallSamples } from './samples.js'

describe('a schema accepts a document changed at one place, in every way, exactly if the parser finds no error that a schema can see', () => {
  test.each(kinds)('%s', (kind) => {
    for (const sample of smallSamples[kind]) {
      for (const document of everyChange(sample, ownPools[kind])) {
        const answer = parserAnswer(kind, document)
        if (answer !== 'unclear' && accepts(kind, document) !== (answer === 'fine')) expectAgreement(kind, document)
      }
    }
  })
})

describe('a schema accepts a document changed at up to five random places exactly if the parser finds no error that a schema can see', () => {
  test.each<[DocumentKind, number]>([
    ['policy', 10_000],
    ['snapshot', 5_000],
    ['request', 5_000],
    ['decision-test', 4_000],
  ])('%s', (kind, numRuns) => {
    const count = { fine: 0, error: 0, unclear: 0 }
    fc.assert(
      fc.property(changedDocuments(samples[kind], pools[kind]), (document) => {
        const answer = parserAnswer(kind, document)
        count[answer]++
        if (answer !== 'unclear' && accepts(kind, document) !== (answer === 'fine')) expectAgreement(kind, document)
      }),
      { numRuns },
    )
    // The law would say little if nearly all documents were on one side.
    expect(count.unclear).toBeLessThan(numRuns / 10)
    expect(count.fine).toBeGreaterThan(numRuns / 20)
    expect(count.error).toBeGreaterThan(numRuns / 2)
  })
})
