import fc from 'fast-check'
import { expect, test } from 'vitest'
import { suggest } from '../../src/policy/suggestion.js'

test.each([
  { name: 'Allw', candidates: ['Allow', 'Deny'], nearest: 'Allow' },
  { name: 'allow', candidates: ['Allow', 'Deny'], nearest: 'Allow' },
  { name: 'DENY', candidates: ['Allow', 'Deny'], nearest: 'Deny' },
  { name: 'Allow', candidates: ['Allow', 'Deny'], nearest: 'Allow' },
  { name: 'Permit', candidates: ['Allow', 'Deny'], nearest: undefined },
  { name: '', candidates: ['Allow'], nearest: undefined },
  { name: 'a', candidates: [], nearest: undefined },
  // A third of the candidate's letters, rounded up, may be wrong.
  { name: 'abxxef', candidates: ['abcdef'], nearest: 'abcdef' },
  { name: 'abxxxf', candidates: ['abcdef'], nearest: undefined },
  { name: 'abxxxfg', candidates: ['abcdefg'], nearest: 'abcdefg' },
  { name: 'x', candidates: ['a'], nearest: 'a' },
  { name: 'xx', candidates: ['a'], nearest: undefined },
  { name: '', candidates: ['a'], nearest: 'a' },
  { name: 'a', candidates: [''], nearest: undefined },
  { name: '', candidates: [''], nearest: '' },
  // Letters left out, put in and put in place of another count one each.
  { name: 'abdef', candidates: ['abcdef'], nearest: 'abcdef' },
  { name: 'abccdef', candidates: ['abcdef'], nearest: 'abcdef' },
  { name: 'bacdef', candidates: ['abcdef'], nearest: 'abcdef' },
  { name: 'badcef', candidates: ['abcdef'], nearest: undefined },
  // The nearest of several; of equals the first.
  { name: 'abcx', candidates: ['abxx', 'abcd', 'abce'], nearest: 'abxx' },
  { name: 'abcd', candidates: ['abxd', 'abcd'], nearest: 'abcd' },
  { name: 's3:getobjct', candidates: ['s3:PutObject', 's3:GetObject', 's3:GetObjectAcl'], nearest: 's3:GetObject' },
  // Other alphabets' letters are not folded.
  { name: '\u212a', candidates: ['k'], nearest: 'k' },
  { name: '\u212a\u212a', candidates: ['kk'], nearest: undefined },
])('$name among $candidates: $nearest', ({ name, candidates, nearest }) => {
  expect(suggest(name, candidates)).toBe(nearest === undefined ? undefined : `did you mean \`${nearest}\`?`)
})

test('names of up to 64 characters are compared', () => {
  const candidate = 'a'.repeat(64)
  expect(suggest('a'.repeat(64), [candidate])).toBe(`did you mean \`${candidate}\`?`)
  expect(suggest('a'.repeat(65), [candidate])).toBeUndefined()
  expect(suggest('a'.repeat(1_000_000), [candidate])).toBeUndefined()
})

/** Levenshtein's distance, by its definition. */
function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  const replaced = distance(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1)
  return Math.min(replaced, distance(a.slice(1), b) + 1, distance(a, b.slice(1)) + 1)
}

test('the first of the nearest candidates, if at most a third of its letters differ', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 })
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 4 }), (name, candidates) => {
      const near = candidates.filter((candidate) => distance(name, candidate) <= Math.ceil(candidate.length / 3))
      const least = Math.min(...near.map((candidate) => distance(name, candidate)))
      const expected = near.find((candidate) => distance(name, candidate) === least)
      expect(suggest(name, candidates)).toBe(expected === undefined ? undefined : `did you mean \`${expected}\`?`)
    }),
    { numRuns: 500 },
  )
})
