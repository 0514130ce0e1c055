import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/tables/hash.js'
import { findRow, hashFor, type Shard, shardFor } from '../../src/tables/table.js'
import { buildTable } from '../../src/tables/write-table.js'
import { plainKind, written } from './model.js'
import { kinds, namesOfOneHash } from './names.js'

const numbered = kinds['numbered buckets'] as (at: number) => string

/** How often words are read to find names. */
function readsOf(names: readonly string[], wanted: readonly string[], seed: number): number {
  const table = buildTable(plainKind, written(names.map((name) => [name, []])), seed)
  let reads = 0
  const counted = ({ words, ...rest }: Shard): Shard => ({
    ...rest,
    words: new Proxy(words, {
      get(target, member) {
        reads++
        return Reflect.get(target, member) as unknown
      },
    }),
  })
  for (const name of wanted) {
    const hash = hashFor(table, name)
    findRow(counted(shardFor(table, hash)), hash, name)
  }
  return reads
}

describe('how often words are read to find a name among four thousand', () => {
  const names = Array.from({ length: 4_096 }, (_, at) => numbered(at))

  test('no more than a few times its length', () => {
    expect(readsOf(names, names.slice(0, 100), 7) / 100).toBeLessThan(40)
    const others = names.slice(0, 100).map((name) => `${name}x`)
    expect(readsOf(names, others, 7) / 100).toBeLessThan(40)
  })

  test('also if somebody has chosen names that have one hash whatever the seed', () => {
    const own = namesOfOneHash(12)
    expect(readsOf(own, own.slice(-100), 7) / 100).toBeLessThan(400)
  })
})

/** Where nobody has an access key the seed is 0, and names that have one hash can be looked for: these are valid names of buckets. */
test('a snapshot without keys has a hash that everybody knows', () => {
  const names = [
    '1cg02jhb80hpo8jq9sgevs9y2zjbnlf4xlrjb3ljbu64z9qjcmoj2ip349al',
    'r5ymxfhb80hpo8jq9sgevs9y2zjbnlf4xlrjb3ljbu64z9qjcmoj2ip349al',
  ] as const
  expect(hashOf(names[0], 0)).toBe(hashOf(names[1], 0))
})
