import { expect, test } from 'vitest'
import { operations } from '../../src/s3/operations/operations.js'

test('every operation asks something of every request, but preflights and those that are never done', () => {
  const silent = operations.filter(
    ({ asks, refusal }) =>
      refusal === undefined &&
      !asks.some(({ when, requirement }) => when === undefined && (requirement === undefined || requirement === 'per-object')),
  )
  expect(silent.map(({ name }) => name)).toEqual(['OptionsObject'])
})
