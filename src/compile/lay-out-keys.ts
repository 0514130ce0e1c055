import { actionNumber } from '../catalog/lookup.js'
import { permissions } from '../grants/permission.js'
import type { Instant } from '../match/date.js'
import * as layout from '../program/key-layout.js'
import type { KeyProgram } from '../program/key-program.js'
import { wordsOfActions, wordsOfInstant } from '../program/packed.js'
import { maskedRange } from '../scan/masked-range.js'
import type { GrantTerms, NormalKey } from './normal-key.js'
import { StringPool } from './string-pool.js'
import { WordWriter } from './word-writer.js'

/** The last stage for access keys: as words, as program/key-layout.ts describes them. */
export function layOutKeys(keys: readonly NormalKey[]): KeyProgram {
  const pool = new StringPool()
  const writer = new WordWriter()
  const terms = new TermsWriter(writer, pool)
  writer.reserve(layout.HEADER_SIZE)
  const rows = writer.reserve(keys.length * layout.KEY_SIZE)
  writer.put(0, [keys.length, rows])
  for (const [at, key] of keys.entries()) {
    const { accessKey, account, arn, name, isSuspended, rescues, notBefore, expiresAt } = key
    const hasBounds = notBefore !== undefined || expiresAt !== undefined
    const bounds = hasBounds ? writer.append([...boundWords(notBefore), ...boundWords(expiresAt)]) : 0
    const grants = key.grants.map(({ bucket, terms: own, index }) => [pool.numberOf(bucket), terms.write(own), index])
    writer.put(rows + at * layout.KEY_SIZE, [
      pool.numberOf(accessKey),
      pool.numberOf(account),
      arn === undefined ? -1 : pool.numberOf(arn),
      name === undefined ? -1 : pool.numberOf(name),
      (isSuspended ? layout.FLAG_SUSPENDED : 0) | (rescues ? layout.FLAG_RESCUES : 0),
      bounds,
      grants.length,
      writer.append(grants.flat()),
    ])
  }
  return { words: writer.finish(), strings: pool.strings }
}

function boundWords(instant: Instant | undefined): readonly number[] {
  return instant === undefined ? [0, 0, 0, 0] : [1, ...wordsOfInstant(instant)]
}

/** Writes equal terms once: a snapshot of many keys has few kinds of grants. */
class TermsWriter {
  private readonly places = new Map<string, number>()
  private readonly actionSets = new Map<string, number>()

  constructor(
    private readonly writer: WordWriter,
    private readonly pool: StringPool,
  ) {}

  write(terms: GrantTerms): number {
    const identity = JSON.stringify([terms.permission, terms.patterns, terms.prefix, terms.ranges?.map(({ text }) => text)])
    const known = this.places.get(identity)
    if (known !== undefined) return known
    const { permission, patterns, actions, prefix, ranges } = terms
    const place = this.writer.append([
      permission === undefined ? -1 : permissions.indexOf(permission),
      this.actionSet(actions),
      prefix === undefined ? -1 : this.pool.numberOf(prefix),
      patterns.length,
      ranges === undefined ? -1 : ranges.length,
      ...patterns.map((pattern) => this.pool.numberOf(pattern)),
      ...(ranges ?? []).flatMap(({ text, range }) => [this.pool.numberOf(text), ...maskedRange(range)]),
    ])
    this.places.set(identity, place)
    return place
  }

  private actionSet(actions: readonly string[]): number {
    const identity = actions.join(' ')
    const known = this.actionSets.get(identity) ?? this.writer.append(wordsOfActions(actions.map((name) => actionNumber(name) as number)))
    this.actionSets.set(identity, known)
    return known
  }
}
