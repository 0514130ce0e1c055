import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hash } from '../../../src/lint/formats/hash.js'
import { barePolicy, fingerprintsOf, lintFound, type Rule } from '../../../src/lint.js'

/** Finds every action and every statement. */
const everything: Rule = {
  meta: {
    id: 'everything',
    severity: 'warning',
    category: 'structure',
    summary: '',
    recommended: false,
    fixable: false,
    analysis: false,
    messages: { action: 'an action', statement: 'a statement' },
  },
  create: ({ report }) => ({
    statement({ location, Action }) {
      report({ messageId: 'statement', location })
      for (const action of Action ?? []) report({ messageId: 'action', location: action.location })
    },
  }),
}

function fingerprints(text: string): readonly string[] {
  const path = 'policy.json'
  const { findings } = lintFound(barePolicy({ path, text }), [{ rule: everything, severity: 'warning', options: {} }])
  return fingerprintsOf(findings, { texts: new Map([[path, text]]) })
}

const statement = (action: string | readonly string[], sid?: string) => ({
  ...(sid !== undefined && { Sid: sid }),
  Effect: 'Allow',
  Principal: '*',
  Action: action,
  Resource: 'arn:aws:s3:::assets/*',
})
const policy = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements })
const write = (value: unknown, indent?: number | string) => JSON.stringify(value, undefined, indent)

const two = policy(statement('s3:GetObject', 'Read'), statement(['s3:PutObject', 's3:GetObject']))

test('they tell findings apart', () => {
  const all = fingerprints(write(two, 2))
  expect(all).toHaveLength(5)
  expect(new Set(all).size).toBe(5)
})

test('they stay when lines are inserted above, and with any indentation', () => {
  const before = fingerprints(write(two, 2))
  fc.assert(
    fc.property(fc.array(fc.constantFrom('\n', '\r\n', ' ', '\t')), fc.constantFrom(undefined, 1, 4, '\t'), (lines, indent) => {
      expect(fingerprints(lines.join('') + write(two, indent))).toEqual(before)
    }),
  )
})

test('they stay when statements are added before and behind', () => {
  const [first, second] = two.Statement as [object, object]
  const more = policy(statement('s3:DeleteObject', 'New'), first, statement('s3:ListBucket'), second)
  expect(fingerprints(write(more, 2))).toEqual(expect.arrayContaining([...fingerprints(write(two, 2))]))
})

test('they change with the text and the Sid', () => {
  const [, action] = fingerprints(write(policy(statement('s3:GetObject', 'Read'))))
  expect(fingerprints(write(policy(statement('s3:PutObject', 'Read'))))).not.toContain(action)
  expect(fingerprints(write(policy(statement('s3:GetObject', 'Write'))))).not.toContain(action)
})

test('findings that are alike are numbered', () => {
  const [first, second] = fingerprints(write(policy(statement(['s3:GetObject', 's3:GetObject'])))).slice(1) as [string, string]
  expect(first.endsWith(':1')).toBe(true)
  expect(second).toBe(first.replace(':1', ':2'))
})

test('the same file below another root has the same', () => {
  const text = write(two)
  const { findings } = lintFound(barePolicy({ path: '/a/policy.json', text }), [{ rule: everything, severity: 'warning', options: {} }])
  expect(fingerprintsOf(findings, { texts: new Map([['/a/policy.json', text]]), root: '/a' })).toEqual(fingerprints(text))
})

// The vectors of FNV’s authors.
test.each([
  ['', 'cbf29ce484222325'],
  ['a', 'af63dc4c8601ec8c'],
  ['foobar', '85944171f73967e8'],
])('the hash of %j', (text, expected) => {
  expect(hash(text)).toBe(expected)
})

test('the hash is one of UTF-8', () => {
  const ofBytes = (bytes: Uint8Array): string => {
    let value = 0xcbf29ce484222325n
    for (const byte of bytes) value = ((value ^ BigInt(byte)) * 0x100000001b3n) % 2n ** 64n
    return value.toString(16).padStart(16, '0')
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(hash(text)).toBe(ofBytes(new TextEncoder().encode(text)))
    }),
  )
})
