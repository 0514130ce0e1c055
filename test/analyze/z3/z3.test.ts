import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { corpusIsThere, corpusPairs } from './corpus-pairs.js'
import { judgeAll, type Tally } from './judge.js'
import { randomPairs } from './random-pairs.js'
import { startZ3, type Z3 } from './solver.js'

const isWhole = process.env['GRANTREE_Z3'] !== undefined
const seed = Number(process.env['SEED'] ?? 20260921)
const TIMEOUT = isWhole ? 5000 : 500

describe(`what the analyser has proved, asked of Z3 (seed ${seed}; all pairs with GRANTREE_Z3=1)`, () => {
  let z3: Z3
  beforeAll(async () => {
    z3 = await startZ3()
  })
  afterAll(() => z3.close())

  test('policies and their mutations', async () => {
    const tally = await judgeAll(z3, randomPairs(seed, isWhole ? 600 : 30), TIMEOUT)
    expectAgreement(tally)
    expect(tally.answered).toBeGreaterThanOrEqual(isWhole ? 500 : 20)
  }, 3_000_000)

  test.skipIf(!isWhole || !corpusIsThere)(
    'policies that others wrote, two and two (skipped where ../shared/corpus is not there)',
    async () => {
      expectAgreement(await judgeAll(z3, corpusPairs(), TIMEOUT))
    },
    6_000_000,
  )
})

function expectAgreement(tally: Tally): void {
  const { misread, disagreements, ...figures } = tally
  console.log(JSON.stringify({ seed, ...figures }, null, 1))
  expect(misread, 'the translation contradicts the evaluator').toEqual([])
  expect(disagreements, 'the analyser contradicts Z3').toEqual([])
}
