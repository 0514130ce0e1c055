import { readText } from '../tables/packed-text.js'
import {
  findRow,
  firstSlot,
  hashFor,
  NO_ROW,
  ROW_TEXT,
  recordOf,
  SHARD_HEADER,
  SHARD_PLACES,
  SHARD_SLOTS,
  shardFor,
} from '../tables/table.js'
import { type DecisionProgram, NAMES_PER_PIECE, type NameShard } from './decision-program.js'
import { NAME_NUMBER } from './name-layout.js'

/** No name: the place of no record. */
export const NO_NAME = 0

/** The place of a name's record in its shard, or NO_NAME. @param hash as hashFor gives it */
export function findName(shard: NameShard, hash: number, text: string): number {
  const row = findRow(shard, hash, text)
  return row === NO_ROW ? NO_NAME : recordOf(shard.words, row)
}

/** A member of a name's record; 0 if there is no such name. */
export function memberOfName({ names }: DecisionProgram, text: string, member: number): number {
  const hash = hashFor(names, text)
  const shard = shardFor(names, hash)
  const name = findName(shard, hash, text)
  return name === NO_NAME ? 0 : (shard.words[name + member] as number)
}

/** A member of the record of the name with this number. */
export function memberOfNumber({ names, nameHashes }: DecisionProgram, number: number, member: number): number {
  const hash = hashOfNumber(nameHashes, number)
  const { words } = shardFor(names, hash)
  return words[recordOf(words, placeAt(words, slotOfNumber(words, hash, number))) + member] as number
}

/** The name with this number: the same string each time. */
export function textOfNumber({ names, nameHashes }: DecisionProgram, number: number): string {
  const hash = hashOfNumber(nameHashes, number)
  const { words, texts } = shardFor(names, hash)
  const slot = slotOfNumber(words, hash, number)
  const known = texts[slot]
  if (known !== undefined) return known
  const text = readText(words, placeAt(words, slot) + ROW_TEXT)
  texts[slot] = text
  return text
}

function hashOfNumber(nameHashes: readonly Int32Array[], number: number): number {
  return nameHashes[Math.floor(number / NAMES_PER_PIECE)]?.[number % NAMES_PER_PIECE] as number
}

function slotOfNumber(words: Int32Array, hash: number, number: number): number {
  const mask = words[SHARD_SLOTS] as number
  let slot = firstSlot(hash, mask)
  while (words[recordOf(words, placeAt(words, slot)) + NAME_NUMBER] !== number) slot = (slot + 1) & mask
  return slot
}

function placeAt(words: Int32Array, slot: number): number {
  return (words[SHARD_HEADER + slot] as number) & (words[SHARD_PLACES] as number)
}
