import { expect, test } from 'vitest'
import { evaluators } from './evaluators.js'
import { type Claim, compare, type Evaluator } from './mix.js'

/** The evaluators, and one that says what the program says, but for what a slip makes of it. */
function mismatches(slip: (claim: Claim) => Claim | undefined): number {
  const program = evaluators.find(({ name }) => name === 'program') as Evaluator
  const wrong: Evaluator = {
    name: 'wrong',
    prepare(json) {
      const decide = program.prepare(json)
      return (request) => slip(decide(request) as Claim)
    },
  }
  return compare({ seed: 7, requests: 1000, evaluators: [...evaluators, wrong] }).mismatchCount
}

test.each<readonly [string, (claim: Claim) => Claim | undefined]>([
  ['what the program says', (claim) => claim],
  ['nothing', () => undefined],
  ['a verdict and a reason alone', ({ verdict, reason }) => ({ verdict, reason })],
])('an evaluator that says %s agrees', (_, slip) => {
  expect(mismatches(slip)).toBe(0)
})

test.each<readonly [string, (claim: Claim) => Claim | undefined]>([
  ['another verdict', (claim) => ({ ...claim, verdict: 'Allow' })],
  ['another reason', (claim) => (claim.reason === 'no-allow' ? { ...claim, reason: 'identity-side-missing' } : claim)],
  ['a statement that does not apply', (claim) => (claim.applying === undefined ? claim : { ...claim, applying: [99] })],
  ['no statement where one decides', (claim) => ({ ...claim, applying: [] })],
  ['the permission of no grant', (claim) => (claim.permission === undefined ? claim : { ...claim, permission: 'all' })],
  [
    'an error',
    () => {
      throw new Error('no answer')
    },
  ],
])('an evaluator that says %s is found out', (_, slip) => {
  expect(mismatches(slip)).toBeGreaterThan(10)
})
