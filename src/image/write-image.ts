import { policyOf } from '../program/buckets.js'
import { type DecisionProgram, NAMES_PER_PIECE, type NameShard } from '../program/decision-program.js'
import { NAME_POLICY } from '../program/name-layout.js'
import { packPolicy } from '../program/packed-policy.js'
import { recordOf, rowsOf, type Shard, shardsOf, type Table } from '../tables/table.js'
import { WordWriter } from '../tables/word-writer.js'
import { isLittleEndian } from './byte-order.js'
import { catalogue } from './catalogue.js'
import { checksumOf } from './checksum.js'
import * as layout from './layout.js'

/** The program as bytes that openImage reads. */
export function writeImage(program: DecisionProgram): Uint8Array {
  const writer = new WordWriter()
  const header = writer.reserve(layout.HEADER_SIZE)
  const keys = writeTable(writer, program.keys, () => [])
  const names = writeTable(writer, program.names, (shard) => writePolicies(writer, shard))
  const hashes = writer.reserve(program.nameCount)
  for (let number = 0; number < program.nameCount; number++) {
    writer.set(hashes + number, program.nameHashes[Math.floor(number / NAMES_PER_PIECE)]?.[number % NAMES_PER_PIECE] ?? 0)
  }
  writer.set(header + layout.HEADER_MAGIC, layout.MAGIC[0])
  writer.set(header + layout.HEADER_MAGIC + 1, layout.MAGIC[1])
  writer.set(header + layout.HEADER_CATALOGUE, catalogue)
  writer.set(header + layout.HEADER_LENGTH, writer.end)
  writer.set(header + layout.HEADER_SEED, program.names.seed)
  writer.set(header + layout.HEADER_NAME_COUNT, program.nameCount)
  writer.set(header + layout.HEADER_USUAL_NAMES, program.usualNames)
  writer.set(header + layout.HEADER_KEYS, keys)
  writer.set(header + layout.HEADER_NAMES, names)
  writer.set(header + layout.HEADER_NAME_HASHES, hashes)
  const words = writer.finish()
  words.set(checksumOf(words, layout.HEADER_CHECKSUM, layout.HEADER_CHECKSUM + layout.CHECKSUM_SIZE), layout.HEADER_CHECKSUM)
  return bytesOf(words)
}

/** Writes a table and its shards; where it is described. @param writeOthers writes what of a shard is no words, and returns the places */
function writeTable<S extends Shard>(writer: WordWriter, table: Table<S>, writeOthers: (shard: S) => readonly number[]): number {
  const numbers = new Map([...shardsOf(table)].map((shard, number) => [shard, number] as const))
  const shards = table.directory.flat()
  const place = writer.reserve(layout.TABLE_SIZE + numbers.size * layout.SHARD_SIZE + shards.length)
  writer.set(place + layout.TABLE_BITS, table.bits)
  writer.set(place + layout.TABLE_COUNT, table.count)
  writer.set(place + layout.TABLE_SHARDS, numbers.size)
  for (const [shard, number] of numbers) {
    const row = place + layout.TABLE_SIZE + number * layout.SHARD_SIZE
    const others = writeOthers(shard)
    writer.set(row + layout.SHARD_POLICIES, others.length)
    writer.set(row + layout.SHARD_FIRST_POLICY, writer.append(others))
    writer.set(row + layout.SHARD_WORDS, shard.words.length)
    writer.set(row + layout.SHARD_PLACE, writer.copy(shard.words))
  }
  const places = place + layout.TABLE_SIZE + numbers.size * layout.SHARD_SIZE
  for (const [at, shard] of shards.entries()) writer.set(places + at, numbers.get(shard) as number)
  return place
}

/** Writes the policies of a shard in the order in which its rows count them, and returns their places. */
function writePolicies(writer: WordWriter, shard: NameShard): readonly number[] {
  const places = new Array<number>(shard.policies.length).fill(0)
  if (places.length === 0) return places
  for (const row of rowsOf(shard.words)) {
    const name = recordOf(shard.words, row)
    const policy = policyOf(shard, name)
    if (policy === undefined) continue
    places[(shard.words[name + NAME_POLICY] as number) - 1] = writer.end
    packPolicy(policy, writer.push)
  }
  return places
}

/** The lowest byte first, whatever the machine's order is. */
function bytesOf(words: Int32Array): Uint8Array {
  const bytes = new Uint8Array(words.buffer)
  if (isLittleEndian) return bytes
  const view = new DataView(words.buffer)
  for (const [index, word] of Int32Array.from(words).entries()) view.setInt32(4 * index, word, true)
  return bytes
}
