import { hashOf, type Shards } from '../program/shards.js'

/** How entries become a shard and come out of it again. */
export interface ShardKind<Entry, Shard> {
  /** More entries split a shard in two. A change makes the shards anew that it touches: this is what it costs. */
  readonly mostEntries: number
  nameOf(entry: Entry): string
  make(entries: readonly Entry[]): Shard
  entriesOf(shard: Shard): Iterable<Entry>
}

/**
 * The table has at most one place for this many entries on average. A shard that is overfull even so has names that somebody has made to
 * share bits of their hashes: it stays one, and only what stands in it is slow to change.
 */
const LEAST_ENTRIES = 8

/** A table in the making. */
interface Draft<Shard> {
  bits: number
  count: number
  places: Shard[]
}

/** A table of entries, one of a name. */
export function buildShards<Entry, Shard>(kind: ShardKind<Entry, Shard>, entries: readonly Entry[]): Shards<Shard> {
  const draft = { bits: 0, count: entries.length, places: [kind.make([])] }
  writeShards(kind, draft, [0], entries)
  return draft
}

/** The table with the entries of a change, in place of those with their names, and without the entries removed. It shares what is the same. */
export function changeShards<Entry, Shard>(
  kind: ShardKind<Entry, Shard>,
  table: Shards<Shard>,
  changed: Iterable<Entry>,
  removed: Iterable<string>,
): Shards<Shard> {
  const changes = new Map<string, Entry | undefined>()
  for (const name of removed) changes.set(name, undefined)
  for (const entry of changed) changes.set(kind.nameOf(entry), entry)
  if (changes.size === 0) return table
  const draft = { ...table, places: [...table.places] }
  for (const [place, names] of groupByPlace(table, changes.keys())) {
    const shard = table.places[place] as Shard
    const entries = new Map(Array.from(kind.entriesOf(shard), (entry) => [kind.nameOf(entry), entry]))
    draft.count -= entries.size
    for (const name of names) {
      const entry = changes.get(name)
      if (entry === undefined) entries.delete(name)
      else entries.set(name, entry)
    }
    draft.count += entries.size
    writeShards(kind, draft, placesOf(draft, shard, place), [...entries.values()])
  }
  return draft
}

/** The names by the first place of the shard that they belong to. */
function groupByPlace<Shard>({ places }: Shards<Shard>, names: Iterable<string>): ReadonlyMap<number, readonly string[]> {
  const groups = new Map<number, string[]>()
  const firstPlaces = new Map<Shard, number>()
  for (const name of names) {
    const place = hashOf(name) & (places.length - 1)
    const shard = places[place] as Shard
    const first = firstPlaces.get(shard) ?? place
    firstPlaces.set(shard, first)
    const group = groups.get(first) ?? []
    groups.set(first, group)
    group.push(name)
  }
  return groups
}

/** Every place of the shard that stands at one: those with the same low bits, as many as choose it. */
function placesOf<Shard>({ bits, places }: Shards<Shard>, shard: Shard, place: number): readonly number[] {
  let own = bits
  while (own > 0 && places[(place ^ (1 << (own - 1))) & (places.length - 1)] === shard) own--
  const first = place & ((1 << own) - 1)
  return Array.from({ length: 1 << (bits - own) }, (_, index) => first + (index << own))
}

/** Puts the entries at these places, which have their low bits in common, in as many shards as they need. */
function writeShards<Entry, Shard>(
  kind: ShardKind<Entry, Shard>,
  draft: Draft<Shard>,
  at: readonly number[],
  entries: readonly Entry[],
): void {
  const shared = draft.bits - Math.log2(at.length)
  const own = bitsFor(shared, entries.length, kind.mostEntries, draft.count)
  widen(draft, own)
  const { places } = draft
  const groups = new Map<number, Entry[]>()
  for (const entry of entries) {
    const group = hashOf(kind.nameOf(entry)) & ((1 << own) - 1)
    const list = groups.get(group) ?? []
    groups.set(group, list)
    list.push(entry)
  }
  const shards = new Map<number, Shard>()
  for (let place = at[0] as number; place < places.length; place += 1 << shared) {
    const group = place & ((1 << own) - 1)
    const shard = shards.get(group) ?? kind.make(groups.get(group) ?? [])
    shards.set(group, shard)
    places[place] = shard
  }
}

/**
 * With how many bits shards of at most `most` entries are chosen among so many that share `shared` bits.
 * @param count the entries of the whole table
 */
function bitsFor(shared: number, entries: number, most: number, count: number): number {
  let bits = shared
  while (entries > most * 2 ** (bits - shared) && 2 ** (bits + 1) * LEAST_ENTRIES <= count) bits++
  return bits
}

/** Gives the table at least so many bits: each shard stands at more places. */
function widen<Shard>(draft: Draft<Shard>, atLeast: number): void {
  const { bits, places } = draft
  if (atLeast <= bits) return
  draft.bits = atLeast
  draft.places = Array.from({ length: 1 << atLeast }, (_, place) => places[place & (places.length - 1)] as Shard)
}
