import { type ContextRecord, type GivenValue, isRequestContext, type RequestContext, UNKNOWN } from '../request/request-context.js'
import { accountOf, accountTextOf, nameFromOf, nameOf, nameTextOf, principalArnOf } from './caller.js'
import * as layout from './layout.js'
import type { PolicyProgram } from './policy-program.js'
import type { Registers } from './registers.js'
import * as registers from './registers.js'

/** How many values a condition key has in a request; of ONE and MANY they are in the registers. */
export const ABSENT = 0
export const ONE = 1
export const MANY = 2
export const NOT_KNOWN = 3

/** How a key's value follows from caller, bucket and clock: docs/semantics.md, S12. */
export const derivations = [
  '',
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:PrincipalType',
  'aws:userid',
  'aws:username',
  'aws:ResourceAccount',
  's3:ResourceAccount',
  'aws:CurrentTime',
  'aws:EpochTime',
] as const

const PRINCIPAL_ARN = derivations.indexOf('aws:PrincipalArn')
const PRINCIPAL_ACCOUNT = derivations.indexOf('aws:PrincipalAccount')
const PRINCIPAL_TYPE = derivations.indexOf('aws:PrincipalType')
const USER_ID = derivations.indexOf('aws:userid')
const USER_NAME = derivations.indexOf('aws:username')
const OWNER = derivations.indexOf('aws:ResourceAccount')
const OWNER_OF_S3 = derivations.indexOf('s3:ResourceAccount')
const CURRENT_TIME = derivations.indexOf('aws:CurrentTime')
const EPOCH_TIME = derivations.indexOf('aws:EpochTime')

/** By type of ARN; undefined is not known. */
const principalTypes: readonly (string | undefined)[] = [
  undefined,
  'Account',
  'User',
  'AssumedRole',
  'AssumedRole',
  'FederatedUser',
  undefined,
]

/** The place of a key's row. */
export function keyRow({ words }: PolicyProgram, key: number): number {
  return (words[layout.HEADER_KEYS] as number) + 1 + key * layout.KEY_SIZE
}

/** Reads the values of a key into the registers: what is listed as unknown, else what follows, else what the request carries. */
export function loadValue(p: PolicyProgram, r: Registers, key: number): number {
  const row = keyRow(p, key)
  const derivation = p.words[row + layout.KEY_DERIVATION] as number
  if (isDeclaredUnknown(p, r, row)) return NOT_KNOWN
  if (derivation === 0) return loadGiven(p, r, row, ABSENT)
  const derived = loadDerived(r, derivation)
  // The clock alone tells the time; of the others the request may say what cannot be told.
  return derived === NOT_KNOWN && derivation < CURRENT_TIME ? loadGiven(p, r, row, NOT_KNOWN) : derived
}

/**
 * The text of a key that the request carries, if that is all there is to it: not listed as unknown, following from nothing, one text. What nearly
 * all conditions come to; it spares them the registers.
 */
export function plainText(p: PolicyProgram, r: Registers, key: number): string | undefined {
  const row = keyRow(p, key)
  if (p.words[row + layout.KEY_DERIVATION] !== 0 || r.unknown !== undefined || r.context === undefined) return undefined
  const slot = p.words[row + layout.KEY_SLOT] as number
  const value = r.prepared && slot >= 0 ? r.prepared.slots[slot] : (r.context as ContextRecord)[nameOfKey(p, row)]
  return typeof value === 'string' ? value : undefined
}

/** The value that a policy variable stands for: a key that may have several values, or has, is unset. */
export function loadVariable(p: PolicyProgram, r: Registers, key: number, fallback: number): number {
  const count = loadValue(p, r, key)
  if (count === NOT_KNOWN) return NOT_KNOWN
  if (count === ONE && p.words[keyRow(p, key) + layout.KEY_MULTI_VALUED] === 0) return ONE
  if (fallback < 0) return ABSENT
  return setText(r, p.strings[fallback] as string)
}

/** Reads the values of a key that follows from nothing and is of no family, by its name and its slot in the catalogue. */
export function loadNamed(r: Registers, name: string, slot: number): number {
  if (r.unknown !== undefined && isListed(r.unknown, name, name)) return NOT_KNOWN
  return setValue(r, givenValue(r, name, slot, undefined), ABSENT)
}

/** Whether the request says that the key is not known, which outweighs all else: in its list, or in a context made ready. */
function isDeclaredUnknown(p: PolicyProgram, r: Registers, row: number): boolean {
  if (r.unknown !== undefined) {
    const name = nameOfKey(p, row)
    if (isListed(r.unknown, name, familyOfKey(p, row) ?? name)) return true
  }
  const prepared = preparedOf(r)
  return prepared !== undefined && prepared.slots[p.words[row + layout.KEY_SLOT] as number] === UNKNOWN
}

function isListed(unknown: readonly string[], name: string, family: string): boolean {
  for (let i = 0; i < unknown.length; i++) {
    if (unknown[i] === name || unknown[i] === family) return true
  }
  return false
}

function loadGiven(p: PolicyProgram, r: Registers, row: number, otherwise: number): number {
  const slot = p.words[row + layout.KEY_SLOT] as number
  return setValue(r, givenValue(r, nameOfKey(p, row), slot, familyOfKey(p, row)), otherwise)
}

/** @param family the `family/*` of a key that belongs to one */
function givenValue(r: Registers, name: string, slot: number, family: string | undefined): GivenValue {
  const { context } = r
  if (context === undefined) return undefined
  const prepared = preparedOf(r)
  if (prepared === undefined) return ownValue(context as ContextRecord, name)
  if (slot >= 0) return prepared.slots[slot]
  return family !== undefined && prepared.unknownFamilies.has(family) ? UNKNOWN : prepared.others.get(name)
}

export function nameOfKey({ words, strings }: PolicyProgram, row: number): string {
  return strings[words[row + layout.KEY_NAME] as number] as string
}

function familyOfKey({ words, strings }: PolicyProgram, row: number): string | undefined {
  const family = words[row + layout.KEY_FAMILY] as number
  return family < 0 ? undefined : strings[family]
}

function preparedOf(r: Registers): RequestContext | undefined {
  if (r.prepared === null) r.prepared = r.context !== undefined && isRequestContext(r.context) ? r.context : undefined
  return r.prepared
}

/** A name such as `constructor` finds what every object inherits, which is no text: only then is it asked whose it is. */
function ownValue(context: ContextRecord, name: string): GivenValue {
  const value = context[name]
  return value === undefined || typeof value === 'string' || Array.isArray(value) || Object.hasOwn(context, name) ? value : undefined
}

/** What is neither a text nor a list of texts is not known: nobody can tell what it would match. */
function setValue(r: Registers, value: GivenValue, otherwise: number): number {
  if (typeof value === 'string') return setText(r, value)
  if (value === undefined) return otherwise
  if (!Array.isArray(value)) return NOT_KNOWN
  if (value.length === 0) return ABSENT
  if (value.length > 1) {
    r.list = value
    return MANY
  }
  return typeof value[0] === 'string' ? setText(r, value[0]) : NOT_KNOWN
}

function setText(r: Registers, text: string): number {
  return setRange(r, text, 0, text.length)
}

function setRange(r: Registers, text: string, from: number, to: number): number {
  r.text = text
  r.from = from
  r.to = to
  return ONE
}

function loadDerived(r: Registers, derivation: number): number {
  switch (derivation) {
    case PRINCIPAL_ARN:
      if (r.callerKind === registers.CALLER_ANONYMOUS) return ABSENT
      return r.arnType === registers.ARN_NONE ? NOT_KNOWN : setText(r, principalArnOf(r))
    case PRINCIPAL_ACCOUNT:
      if (r.callerKind === registers.CALLER_ANONYMOUS) return setText(r, 'anonymous')
      return r.hasAccount ? setRange(r, accountTextOf(r), r.accountFrom, r.accountTo) : NOT_KNOWN
    case PRINCIPAL_TYPE: {
      const type = r.callerKind === registers.CALLER_ANONYMOUS ? 'Anonymous' : principalTypes[r.arnType]
      return type === undefined ? NOT_KNOWN : setText(r, type)
    }
    case USER_ID:
      return loadUserId(r)
    case USER_NAME:
      return r.arnType === registers.ARN_USER ? setRange(r, nameTextOf(r), nameFromOf(r), r.nameTo) : ABSENT
    case OWNER:
    case OWNER_OF_S3:
      return setText(r, r.owner)
    default:
      return loadClock(r, derivation)
  }
}

function loadUserId(r: Registers): number {
  if (r.callerKind === registers.CALLER_ANONYMOUS) return setText(r, 'anonymous')
  if (r.arnType === registers.ARN_ROOT) return setRange(r, accountTextOf(r), r.accountFrom, r.accountTo)
  if (r.userId !== '') return setText(r, r.userId)
  return r.arnType === registers.ARN_FEDERATED ? setText(r, `${accountOf(r)}:${nameOf(r)}`) : NOT_KNOWN
}

/** Whether the key has one value whatever the request carries: it follows from caller or bucket. */
export function isSettled(p: PolicyProgram, r: Registers, key: number): boolean {
  const row = keyRow(p, key)
  const derivation = p.words[row + layout.KEY_DERIVATION] as number
  return derivation !== 0 && derivation < CURRENT_TIME && !isDeclaredUnknown(p, r, row) && loadDerived(r, derivation) !== NOT_KNOWN
}

/** Whether the key tells the time. */
export function isClock(p: PolicyProgram, key: number): boolean {
  return (p.words[keyRow(p, key) + layout.KEY_DERIVATION] as number) >= CURRENT_TIME
}

/** Reads the value of a key that tells the time as an instant, without making a text of it; false if it is not known. */
export function loadClockInstant(p: PolicyProgram, r: Registers, key: number): boolean {
  const row = keyRow(p, key)
  const time = r.request?.time
  if (time === undefined || !Number.isFinite(time) || isDeclaredUnknown(p, r, row)) return false
  r.instant.seconds = Math.floor(time / 1000)
  r.instant.nanos = p.words[row + layout.KEY_DERIVATION] === EPOCH_TIME ? 0 : (time - r.instant.seconds * 1000) * 1_000_000
  return true
}

function loadClock(r: Registers, derivation: number): number {
  const time = r.request?.time
  if (time === undefined || !Number.isFinite(time)) return NOT_KNOWN
  return setText(r, derivation === CURRENT_TIME ? new Date(time).toISOString() : String(Math.floor(time / 1000)))
}
