import { type DecisionProgram, NAMES_PER_PIECE, type NameShard } from '../program/decision-program.js'
import { directoryOf } from '../tables/directory.js'
import { indexRows } from '../tables/pack-shard.js'
import { hasSlots, type Shard, type Table } from '../tables/table.js'
import { isLittleEndian } from './byte-order.js'
import { catalogue } from './catalogue.js'
import { checksumOf } from './checksum.js'
import { ImageError } from './image-error.js'
import * as layout from './layout.js'

/** The program in an image: views of its words, which are not copied if they start at a multiple of four bytes. Throws ImageError. */
export function openImage(bytes: Uint8Array): DecisionProgram {
  const words = wordsOf(bytes)
  check(words, bytes.length)
  const seed = words[layout.HEADER_SEED] as number
  const nameCount = words[layout.HEADER_NAME_COUNT] as number
  const firstHash = words[layout.HEADER_NAME_HASHES] as number
  return {
    keys: readTable(words, words[layout.HEADER_KEYS] as number, seed, (shard) => shard),
    names: readTable(
      words,
      words[layout.HEADER_NAMES] as number,
      seed,
      (shard, policies): NameShard => ({
        ...shard,
        policies: policies.map((at) => ({ kind: 'packed', words, at })),
        texts: new Map(),
      }),
    ),
    nameHashes: Array.from({ length: Math.ceil(nameCount / NAMES_PER_PIECE) }, (_, piece) =>
      words.subarray(firstHash + piece * NAMES_PER_PIECE, firstHash + Math.min(nameCount, (piece + 1) * NAMES_PER_PIECE)),
    ),
    nameCount,
    usualNames: words[layout.HEADER_USUAL_NAMES] as number,
  }
}

function wordsOf(bytes: Uint8Array): Int32Array {
  const whole = bytes.length - (bytes.length % 4)
  if (isLittleEndian && bytes.byteOffset % 4 === 0) return new Int32Array(bytes.buffer, bytes.byteOffset, whole / 4)
  const copy = bytes.slice(0, whole)
  const view = new DataView(copy.buffer, copy.byteOffset)
  return Int32Array.from({ length: whole / 4 }, (_, index) => view.getInt32(4 * index, true))
}

function check(words: Int32Array, bytes: number): void {
  const [name, version] = layout.MAGIC
  if (words[layout.HEADER_MAGIC] !== name || ((words[layout.HEADER_MAGIC + 1] as number) & 0xffffff) !== (version & 0xffffff))
    throw new ImageError('not-an-image', 'these bytes are no image; `toImage` makes one')
  if (words[layout.HEADER_MAGIC + 1] !== version || words[layout.HEADER_CATALOGUE] !== catalogue)
    throw new ImageError('other-version', 'the image was made by another version of grantree; make it again from the snapshot')
  const length = words[layout.HEADER_LENGTH] as number
  if (bytes !== 4 * length) throw new ImageError('truncated', `the image has ${bytes} bytes instead of ${4 * length}`)
  const [a, b] = checksumOf(words, layout.HEADER_CHECKSUM, layout.HEADER_CHECKSUM + layout.CHECKSUM_SIZE)
  if (words[layout.HEADER_CHECKSUM] !== a || words[layout.HEADER_CHECKSUM + 1] !== b)
    throw new ImageError('damaged', 'the image is damaged: its checksum is another one; make it again from the snapshot')
}

function readTable<S extends Shard>(
  words: Int32Array,
  place: number,
  seed: number,
  make: (shard: Shard, others: readonly number[]) => S,
): Table<S> {
  const bits = words[place + layout.TABLE_BITS] as number
  const count = words[place + layout.TABLE_SHARDS] as number
  const shards = Array.from({ length: count }, (_, number) => {
    const row = place + layout.TABLE_SIZE + number * layout.SHARD_SIZE
    const first = words[row + layout.SHARD_PLACE] as number
    const own = words.subarray(first, first + (words[row + layout.SHARD_WORDS] as number))
    const others = words[row + layout.SHARD_FIRST_POLICY] as number
    const places = Array.from(words.subarray(others, others + (words[row + layout.SHARD_POLICIES] as number)))
    return make({ words: own, rows: bits === 0 || !hasSlots(own) ? indexRows(own) : undefined }, places)
  })
  const numbers = words.subarray(place + layout.TABLE_SIZE + count * layout.SHARD_SIZE).subarray(0, 2 ** bits)
  return {
    bits,
    seed,
    count: words[place + layout.TABLE_COUNT] as number,
    directory: directoryOf(Array.from(numbers, (number) => shards[number] as S)),
  }
}
