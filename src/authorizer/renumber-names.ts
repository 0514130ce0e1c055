import { type DecisionProgram, NAMES_PER_PIECE, type StoredPolicy } from '../program/decision-program.js'
import { bucketOfGrant, grantsOf, termsOf } from '../program/find-grant.js'
import * as keyLayout from '../program/key-layout.js'
import * as layout from '../program/name-layout.js'
import { patternsOf, rangesOf } from '../program/terms.js'
import { hashOfText } from '../tables/hash.js'
import { RowWriter } from '../tables/row-writer.js'
import { mapShards, ROW_TEXT, recordOf, rowsOf, shardsOf } from '../tables/table.js'
import { buildTable } from '../tables/write-table.js'
import type { ProgramNames } from './name-draft.js'
import { nameKind } from './shard-kinds.js'

/** Names that nothing refers to any more may be as many as the others, and so many more. */
const MOST_UNUSED = 1024

/**
 * The program without the names that changes have left behind, once they may be more than the others: to look for them takes a walk through all
 * grants, which is done once for as many changes as it takes to double the names.
 */
export function renumberNames(program: DecisionProgram): DecisionProgram {
  if (program.nameCount <= 2 * program.usualNames + MOST_UNUSED) return program
  const keys = mapShards(program.keys, ({ words, rows }) => ({ words: words.slice(), rows }))
  const copies = shardsOf(keys)
  const numbers = new Int32Array(program.nameCount)
  const mark = (number: number): number => {
    numbers[number] = 1
    return number
  }
  for (const { words } of copies) renumberKeys(words, mark)
  markMeaningful(program, mark)
  const nameCount = countUp(numbers)
  for (const { words } of copies) renumberKeys(words, (number) => numbers[number] as number)
  return {
    keys,
    ...renumberRows(program, numbers, nameCount),
    usualNames: nameCount,
  }
}

/** Numbers what is marked anew, in the order of the old numbers, which indexes of grants rely on. Returns one more than the last. */
function countUp(numbers: Int32Array): number {
  let next = 1
  numbers[0] = 0
  for (let number = 1; number < numbers.length; number++) if (numbers[number] !== 0) numbers[number] = next++
  return next
}

const members = [layout.NAME_NUMBER, layout.NAME_OWNER, layout.NAME_CANONICAL_ID, layout.NAME_ACCOUNT]

/** The rows of the names that have a new number. */
function renumberRows({ names }: DecisionProgram, numbers: Int32Array, nameCount: number): ProgramNames {
  const policies: StoredPolicy[] = []
  const kind = nameKind(policies)
  const writer = new RowWriter()
  for (const shard of shardsOf(names)) {
    for (const row of rowsOf(shard.words)) {
      const number = shard.words[recordOf(shard.words, row) + layout.NAME_NUMBER] as number
      if (numbers[number] !== 0) kind.copyRow(shard, row, writer)
    }
  }
  const nameHashes = Array.from({ length: Math.ceil(nameCount / NAMES_PER_PIECE) }, () => new Int32Array(NAMES_PER_PIECE))
  const { words } = writer
  for (const row of writer.rows) {
    const name = recordOf(words, row)
    for (const member of members) words[name + member] = numbers[words[name + member] as number] as number
    const number = words[name + layout.NAME_NUMBER] as number
    const piece = nameHashes[Math.floor(number / NAMES_PER_PIECE)] as Int32Array
    piece[number % NAMES_PER_PIECE] = hashOfText(words, row + ROW_TEXT, names.seed)
  }
  return { names: buildTable(kind, writer, names.seed), nameHashes, nameCount }
}

/** Buckets, accounts and canonical ids stay, whether or not a key refers to them, and what they refer to. */
function markMeaningful({ names }: DecisionProgram, mark: (number: number) => number): void {
  for (const { words } of shardsOf(names)) {
    for (const row of rowsOf(words)) {
      const name = recordOf(words, row)
      if (words[name + layout.NAME_FLAGS] === 0 && words[name + layout.NAME_ACCOUNT] === 0) continue
      for (const member of members) mark(words[name + member] as number)
    }
  }
}

function renumberKeys(words: Int32Array, renumber: (number: number) => number): void {
  for (const row of rowsOf(words)) renumberKey(words, recordOf(words, row), renumber)
}

function renumberKey(words: Int32Array, key: number, renumber: (number: number) => number): void {
  const renew = (at: number) => {
    words[at] = renumber(words[at] as number)
  }
  renew(key + keyLayout.KEY_ACCOUNT)
  if ((words[key + keyLayout.KEY_FLAGS] as number) & keyLayout.FLAG_ARN) renew(key + keyLayout.KEY_SIZE)
  for (const grant of grantsOf(words, key)) {
    const code = (words[grant] as number) & keyLayout.GRANT_CODE
    words[grant] = (renumber(bucketOfGrant(words, grant)) << keyLayout.BUCKET_SHIFT) | code
    const terms = termsOf(words, grant)
    if (terms === 0) continue
    for (let i = 0; i < (words[terms + keyLayout.TERMS_PATTERNS] as number); i++) renew(patternsOf(terms) + i)
    for (let i = 0; i < (words[terms + keyLayout.TERMS_RANGES] as number); i++) renew(rangesOf(words, terms) + i * keyLayout.RANGE_SIZE)
  }
}
