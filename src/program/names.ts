import { readText } from '../tables/packed-text.js'
import {
  findRow,
  firstSlot,
  hashFor,
  hasSlots,
  NO_ROW,
  ROW_TEXT,
  recordOf,
  rowsOf,
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

/** A member of the record of the name with this number; 0 of the number 0, which is no name. */
export function memberOfNumber({ names, nameHashes }: DecisionProgram, number: number, member: number): number {
  if (number === 0) return 0
  const hash = hashOfNumber(nameHashes, number)
  const { words } = shardFor(names, hash)
  return words[recordOf(words, rowOfNumber(words, hash, number)) + member] as number
}

/** The name with this number: the same string each time. Of the number 0, nothing. */
export function textOfNumber({ names, nameHashes }: DecisionProgram, number: number): string {
  if (number === 0) return ''
  const hash = hashOfNumber(nameHashes, number)
  const { words, texts } = shardFor(names, hash)
  const known = texts.get(number)
  if (known !== undefined) return known
  const text = readText(words, rowOfNumber(words, hash, number) + ROW_TEXT)
  texts.set(number, text)
  return text
}

function hashOfNumber(nameHashes: readonly Int32Array[], number: number): number {
  return nameHashes[Math.floor(number / NAMES_PER_PIECE)]?.[number % NAMES_PER_PIECE] as number
}

/** The place of the row with this number, which there is. */
function rowOfNumber(words: Int32Array, hash: number, number: number): number {
  if (!hasSlots(words)) return rowAmong(words, number)
  const mask = words[SHARD_SLOTS] as number
  for (let slot = firstSlot(hash, mask); ; slot = (slot + 1) & mask) {
    const row = placeAt(words, slot)
    if (row === 0) throw noName(number)
    if (words[recordOf(words, row) + NAME_NUMBER] === number) return row
  }
}

function rowAmong(words: Int32Array, number: number): number {
  for (const row of rowsOf(words)) if (words[recordOf(words, row) + NAME_NUMBER] === number) return row
  throw noName(number)
}

function noName(number: number): RangeError {
  return new RangeError(`no name has the number ${number}`)
}

function placeAt(words: Int32Array, slot: number): number {
  return (words[SHARD_HEADER + slot] as number) & (words[SHARD_PLACES] as number)
}
