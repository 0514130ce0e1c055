/**
 * A table by name in shards, chosen by the low bits of the name's hash. A change makes anew only the shards that it touches, and shares the
 * others (extendible hashing: Fagin, Nievergelt, Pippenger and Strong, 1979).
 */
export interface Shards<Shard> {
  /** How many bits of the hash choose. */
  readonly bits: number
  /** How many entries there are. */
  readonly count: number
  /** 2 ^ bits places; a shard that fewer bits choose stands at several. */
  readonly places: readonly Shard[]
}

export function shardOf<Shard>({ bits, places }: Shards<Shard>, name: string): Shard {
  // One shard needs no hash: most tables are small.
  return places[bits === 0 ? 0 : hashOf(name) & (places.length - 1)] as Shard
}

/** FNV-1a over the code units, its bits mixed once more because the low ones choose. */
export function hashOf(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** Every shard once. */
export function shardsOf<Shard>({ places }: Shards<Shard>): ReadonlySet<Shard> {
  return new Set(places)
}
