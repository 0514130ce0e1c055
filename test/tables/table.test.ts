import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/tables/hash.js'
import { type Shard, shardFor, shardsOf, type Table } from '../../src/tables/table.js'
import { buildTable, changeTable } from '../../src/tables/write-table.js'
import { mulberry32, pick, type Random, times } from '../differential/random.js'
import { contentOf, faultsOf, found, type Model, plainKind, written } from './model.js'
import { kinds, namesOfOneHash, namesWithBits, pairsOfOneHash } from './names.js'

const SEED = 12_345

interface Change {
  readonly put: Model
  readonly removed: readonly string[]
}

/** What the table is said to hold after a change, as a Map does it: removals come first. */
function applied(model: Model, { put, removed }: Change): Model {
  const next = new Map(model)
  for (const name of removed) next.delete(name)
  for (const [name, record] of put) next.set(name, record)
  return next
}

const changed = (table: Table, { put, removed }: Change): Table => changeTable(plainKind, table, written(put), removed)

const wordsOf = (table: Table): readonly (readonly number[])[] => [...shardsOf(table)].map(({ words }) => [...words])

/** Where a table keeps a name. */
const shardOf = (table: Table, name: string): Shard => shardFor(table, hashOf(name, table.seed))

function expectAnswers(table: Table, model: Model, names: readonly string[]): void {
  expect(faultsOf(table)).toEqual([])
  expect(contentOf(table)).toEqual(model)
  for (const name of names) expect(found(table, name)).toEqual(model.get(name))
}

/** No shard is made anew that keeps none of the names of the change. */
function expectShared(before: Table, after: Table, { put, removed }: Change): void {
  const touched = new Set([...put.keys(), ...removed].map((name) => shardOf(before, name)))
  for (const [place, shard] of after.directory.flat().entries()) {
    const old = shardFor(before, place)
    if (!touched.has(old)) expect(shard).toBe(old)
  }
}

const record = (random: Random): readonly number[] => times(Math.floor(random() * 4), () => (random() * 2 ** 32) | 0)

/** Some names come, are replaced and go, sometimes the same ones at once; how many there are goes up and down. */
function changeOf(random: Random, names: readonly string[], model: Model, most: number): Change {
  const some = (count: number) => times(count, () => pick(random, names))
  const size = Math.floor(random() ** 2 * most)
  const isGrowing = random() < 0.6
  const put = some(isGrowing ? size : size >> 2)
  const removed = some(isGrowing ? size >> 2 : size)
  const all = random() < 0.03 ? [...model.keys()] : []
  return { put: new Map(put.map((name) => [name, record(random)])), removed: [...removed, ...all, ...(random() < 0.2 ? put : [])] }
}

/** Pools of names to change, and how many changes of how many names there are. */
const pools: Readonly<Record<string, readonly [names: readonly string[], changes: number, most: number]>> = {
  'a few names': [['', 'a', 'b', '__proto__', 'constructor', 'a\0', '\0', 'ä', 'Ā', '\ud800', 'x'.repeat(5_000)], 60, 4],
  'names by the thousand': [namesOf(6_000, kinds['numbered buckets']), 25, 3_000],
  'names whose hashes have ten low bits in common': [namesWithBits(2_600, 1_023, 77, SEED), 15, 1_500],
  'names of one hash, and others': [[...namesOfOneHash(10), ...namesOf(2_500, kinds['account ids'])], 12, 1_800],
  'names of one hash in twos': [[...pairsOfOneHash(30, SEED).flat(), ...namesOf(2_400, kinds['names that end alike'])], 12, 1_800],
}

function namesOf(count: number, nameAt: ((at: number) => string) | undefined): readonly string[] {
  return Array.from({ length: count }, (_, at) => nameAt?.(at) ?? '')
}

describe.each(Object.entries(pools))('%s', (_, [names, changes, most]) => {
  test('a table answers as a Map, change by change; old tables do not change, and what is not touched is shared', () => {
    fc.assert(
      fc.property(fc.nat({ max: 0x7fffffff }), (number) => {
        const random = mulberry32(number)
        const first = changeOf(random, names, new Map(), most).put
        let table: Table = buildTable(plainKind, written(first), SEED)
        let model = first
        const old: { readonly table: Table; readonly model: Model; readonly words: unknown }[] = []
        for (let count = 0; count < changes; count++) {
          const change = changeOf(random, names, model, most)
          const next = changed(table, change)
          const nextModel = applied(model, change)
          expectAnswers(next, nextModel, names)
          expectShared(table, next, change)
          if (count % 5 === 0) old.push({ table, model, words: wordsOf(table) })
          table = next
          model = nextModel
        }
        for (const before of old) {
          expect(wordsOf(before.table)).toEqual(before.words)
          expectAnswers(before.table, before.model, names.slice(0, 100))
        }
      }),
      { numRuns: most < 10 ? 60 : 2 },
    )
  })

  test('two changes of one table know nothing of each other', () => {
    const random = mulberry32(most)
    const model = new Map(names.slice(0, Math.ceil(names.length / 2)).map((name) => [name, record(random)]))
    const table = buildTable(plainKind, written(model), SEED)
    const forks = times(3, () => changeOf(random, names, model, most))
    const tables = forks.map((change) => changed(table, change))
    for (const [at, change] of forks.entries()) expectAnswers(tables[at] as Table, applied(model, change), names)
    const again = forks.map((_, at) => changed(tables[at] as Table, forks[(at + 1) % 3] as Change))
    for (const [at, change] of forks.entries()) {
      expectAnswers(again[at] as Table, applied(applied(model, change), forks[(at + 1) % 3] as Change), names)
    }
    expectAnswers(table, model, names)
  })
})

describe('how many shards there are', () => {
  const named = (count: number) => namesOf(count, kinds['numbered access keys'])
  const modelOf = (names: readonly string[]): Model => new Map(names.map((name, at) => [name, [at]]))
  const tableOf = (names: readonly string[]) => buildTable(plainKind, written(modelOf(names)), SEED)
  const shards = (table: Table) => shardsOf(table).size

  test.each([
    [0, 1],
    [1, 1],
    [2_048, 1],
    [2_049, 32],
    [20_000, 256],
  ])('%i rows are built into %i', (count, expected) => {
    const table = tableOf(named(count))
    expect(shards(table)).toBe(expected)
    expectAnswers(table, modelOf(named(count)), [...named(count + 10)])
  })

  test('one row too many for one shard makes several; they stay when it goes, and all others too, and fill again', () => {
    const names = named(6_000)
    let table = tableOf(names.slice(0, 2_048))
    const put = (own: readonly string[]) => changed(table, { put: modelOf(own), removed: [] })
    const remove = (own: readonly string[]) => changed(table, { put: new Map(), removed: own })
    table = put(names.slice(0, 2_049))
    expect(shards(table)).toBe(32)
    table = remove(names)
    expect([shards(table), table.count]).toEqual([32, 0])
    expectAnswers(table, new Map(), names)
    table = put(names)
    expectAnswers(table, modelOf(names), names)
    for (let at = 0; at < 6_000; at += 500) table = remove(names.slice(at, at + 500))
    expectAnswers(table, new Map(), names)
  })

  test('rows that come one at a time are split among as many as those that come together, within a factor of four', () => {
    const names = named(9_000)
    let table = tableOf(names.slice(0, 2_000))
    for (const name of names.slice(2_000)) table = changed(table, { put: new Map([[name, [1, 2]]]), removed: [] })
    expect(faultsOf(table)).toEqual([])
    expect(table.count).toBe(9_000)
    const sizes = [...shardsOf(table)].map(({ words }) => words[0] as number)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(256)
    expect(shards(table)).toBeGreaterThan(shards(tableOf(names)) / 4)
    expect(shards(table)).toBeLessThan(shards(tableOf(names)) * 4)
  })

  test('nobody makes the table grow by names of one hash: there is at most one place for eight rows', () => {
    const names = namesOfOneHash(11)
    let table = tableOf([...names, 'x'])
    for (let count = 0; count < 10; count++) {
      table = changed(table, { put: modelOf([`y${count}`, names[count] as string]), removed: [names[100 + count] as string] })
      expect(table.directory.flat().length).toBeLessThanOrEqual(table.count / 8)
    }
    expect(faultsOf(table)).toEqual([])
    expect(found(table, names[100] as string)).toBeUndefined()
    expect(found(table, names[2_000] as string)).toEqual([2_000])
  })

  test('a change of nothing is the table itself', () => {
    const table = tableOf(named(3_000))
    expect(changed(table, { put: new Map(), removed: ['x', 'y', ''] })).toBe(table)
  })
})

describe('two rows of one name are refused', () => {
  test.each([2, 2_000, 5_000])('among %i', (count) => {
    const names = namesOf(count - 1, kinds['numbered buckets'])
    const rows = [...names, 'bucket-0'].map((name, at) => [name, [at]] as const)
    expect(() => buildTable(plainKind, written(rows), SEED)).toThrow(new TypeError('two rows have the name `bucket-0`'))
    const table = buildTable(plainKind, written(rows.slice(1)), SEED)
    expect(() => changeTable(plainKind, table, written([...rows.slice(-1), ...rows.slice(-1)]), [])).toThrow(TypeError)
  })
})

test('a row larger than a million words, and those before and behind it', () => {
  const large = Array.from({ length: 2 ** 20 + 5 }, (_, at) => -at)
  const rows = [
    ['a', [1]],
    ['large', large],
    ['b', [2, 3]],
  ] as const
  const table = buildTable(plainKind, written(rows), SEED)
  expect(rows.map(([name]) => found(table, name)?.length)).toEqual([1, large.length, 2])
  const many = new Map<string, readonly number[]>([...rows, ...namesOf(3_000, kinds['account ids']).map((name) => [name, [7]] as const)])
  const grown = changed(table, { put: many, removed: [] })
  expect([grown.bits > 0, found(grown, 'large')?.at(-1), found(grown, 'b'), found(grown, 'x')]).toEqual([
    true,
    large.at(-1),
    [2, 3],
    undefined,
  ])
  const without = changed(grown, { put: new Map(), removed: ['large'] })
  expect([found(without, 'large'), found(without, 'a')]).toEqual([undefined, [1]])
})

test('a name that is not there is not found, however full the slots of its shard are', () => {
  // 170 rows are in 256 slots, 171 in 512: at most two thirds are taken.
  for (const count of [1, 2, 5, 10, 21, 42, 85, 170, 171, 341]) {
    const names = namesWithBits(count, 31, 5, SEED)
    const others = namesOf(2_100, kinds['account ids']).filter((name) => (hashOf(name, SEED) & 31) !== 5)
    const table = buildTable(plainKind, written([...names, ...others].map((name) => [name, [0]] as const)), SEED)
    expect(faultsOf(table)).toEqual([])
    for (const name of namesWithBits(300, 31, 5, SEED, kinds['names that end alike'])) expect(found(table, name)).toBeUndefined()
  }
})
