import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseSnapshot } from '../../src/snapshot/parse-snapshot.js'
import { plainSnapshot } from '../../src/snapshot/plain-snapshot.js'
import { changedDocuments, everyChange } from '../schemas/mutations.js'
import { pools, samples } from '../schemas/samples.js'

/** Snapshots without policies that are objects, and without blocks: those are never plain. */
const plainSamples = samples.snapshot.map((sample) => ({
  ...(sample as object),
  buckets: [
    { name: 'b', owner: '1' },
    { name: 'c', owner: '2', policy: '{"Statement":[]}' },
  ],
  accounts: [{ id: '1', canonicalId: 'c0' }, { id: '2' }],
}))

/** What the reader of JSON text says of an object, if it is one that parseSnapshot takes. */
function asText(json: unknown) {
  return parseSnapshot(JSON.stringify(json))
}

function expectSame(json: unknown): boolean {
  const plain = typeof json === 'object' && json !== null ? plainSnapshot(json) : undefined
  if (plain !== undefined) expect({ snapshot: plain, diagnostics: [] }).toEqual(asText(json))
  return plain !== undefined
}

describe('an object that is plainly a snapshot is the one that its text is', () => {
  test('whatever is changed at five places', () => {
    let plain = 0
    fc.assert(
      fc.property(changedDocuments(plainSamples, pools.snapshot), (json) => {
        if (expectSame(json)) plain++
      }),
      { numRuns: 10_000 },
    )
    expect(plain).toBeGreaterThan(300)
  })

  test('whatever is changed at one place', () => {
    let plain = 0
    for (const sample of plainSamples) for (const json of everyChange(sample, pools.snapshot)) if (expectSame(json)) plain++
    expect(plain).toBeGreaterThan(100)
  })
})

const key = { accessKey: 'AK', account: '1', grants: [{ bucket: 'b', permission: 'read' }] }

test.each<[string, object, boolean]>([
  ['nothing', {}, true],
  ['a key', { keys: [key] }, true],
  ['members that are undefined', { keys: [{ ...key, name: undefined }], accounts: undefined }, true],
  ['an object without a prototype', Object.assign(Object.create(null), { keys: [key] }), true],
  ['a policy that is text', { buckets: [{ name: 'b', owner: '1', policy: '{' }] }, true],
  ['a policy that is an object', { buckets: [{ name: 'b', owner: '1', policy: {} }] }, false],
  ['an instance of a class', { keys: [Object.assign(new (class Row {})(), key)] }, false],
  ['half of a surrogate pair', { keys: [{ ...key, accessKey: '\ud800' }] }, false],
  ['a list with a hole', { keys: [key, undefined] }, false],
  ['a key twice', { keys: [key, key] }, false],
  ['toJSON that nobody lists', { keys: [Object.defineProperty({ ...key }, 'toJSON', { value: () => ({}) })] }, false],
  ['a list with toJSON', { keys: [{ ...key, grants: Object.assign([...key.grants], { toJSON: () => [] }) }] }, false],
  ['an owner that nobody lists', { buckets: [Object.defineProperty({ name: 'b' }, 'owner', { value: '1' })] }, false],
  ['toJSON', { keys: [{ ...key, toJSON: () => ({}) }] }, false],
  ['a pattern that covers nothing', { keys: [{ ...key, grants: [{ bucket: 'b', actions: ['s3:Gte*'] }] }] }, false],
])('%s: plain is %o', (_, json, isPlain) => {
  expect(plainSnapshot(json) !== undefined).toBe(isPlain)
})

test('a list is what stands in it, whatever walking it gives', () => {
  const grants = Object.assign([...key.grants], { [Symbol.iterator]: () => [{ bucket: '', permission: 'fullaccess' }][Symbol.iterator]() })
  expect(plainSnapshot({ keys: [{ ...key, grants }] })?.keys.get('AK')?.grants).toMatchObject(key.grants)
})
