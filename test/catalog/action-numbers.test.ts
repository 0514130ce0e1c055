import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actionNumber } from '../../src/catalog/action-numbers.js'
import { actions } from '../../src/catalog/actions.js'

const names: readonly string[] = actions.map(({ name }) => name)

/** What actionNumber says, the plain way. */
function plainNumber(name: string): number | undefined {
  const place = names.indexOf(name)
  return place < 0 ? undefined : place
}

/** A string that nobody has hashed, made of parts. */
const made = (name: string) => `${name.slice(0, 4)}${name.slice(4)}`

test.each(names)('%s has its place in the catalogue for a number', (name) => {
  expect(actionNumber(made(name))).toBe(names.indexOf(name))
})

const letters = ['', 'a', 's', 'S', ':', 'E', 'Z', '*', '\0', 'ſ', 'Ā', '😀']

test('no name that is nearly one has a number: a letter changed, added or left out', () => {
  for (const name of names) {
    for (let at = 0; at <= name.length; at++) {
      for (const letter of letters) {
        for (const taken of [0, 1]) {
          const other = name.slice(0, at) + letter + name.slice(at + taken)
          if (actionNumber(other) !== plainNumber(other)) expect([other, actionNumber(other)]).toEqual([other, plainNumber(other)])
        }
      }
    }
  }
})

describe('no number', () => {
  test.each([
    '',
    's',
    's3',
    's3:',
    's3:G',
    's3:*',
    '*',
    's3:getobject',
    'S3:GetObject',
    's3:GetObject ',
    ' s3:GetObject',
    'GetObject',
    's3:GetObject\0',
    'iam:GetUser',
    's3:ＧetObject',
    '\uffff\uffff\uffff\uffff',
    '\ud800\ud800\ud800\ud800\ud800',
    '__proto__',
    'constructor',
    'x'.repeat(100_000),
  ])('%#: %.40s', (name) => {
    expect(actionNumber(name)).toBeUndefined()
  })
})

test('of random texts, only actions have numbers', () => {
  const parts = fc.oneof(
    fc.constantFrom(...names, 's3:', 'Get', 'Put', 'Object', 'Bucket', 'Tagging', 'Version', 'Acl'),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(
      fc.oneof(
        parts,
        fc.string(),
        fc.tuple(parts, parts, parts).map((own) => own.join('')),
      ),
      (name) => {
        expect(actionNumber(name)).toBe(plainNumber(name))
      },
    ),
    { numRuns: 10_000 },
  )
})
