/** Policies, snapshots and pairs of them as they are written, before anything reads them. */
import type { SnapshotJson } from '../../../src/index.js'

export type Operands = string | readonly string[]
export type Conditions = Readonly<Record<string, Readonly<Record<string, Operands>>>>
export type Entries = '*' | Readonly<Record<string, Operands>>

export interface PlainStatement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal?: Entries
  readonly NotPrincipal?: Entries
  readonly Action?: readonly string[]
  readonly NotAction?: readonly string[]
  readonly Resource?: readonly string[]
  readonly NotResource?: readonly string[]
  readonly Condition?: Conditions
}

export interface PlainPolicy {
  readonly Version?: '2012-10-17' | '2008-10-17'
  readonly Statement: readonly PlainStatement[]
}

/** One side of a comparison: a policy alone, or a snapshot. */
export type PlainSubject =
  | { readonly policy: PlainPolicy; readonly bucket?: string; readonly owner?: string }
  | { readonly snapshot: SnapshotJson }

export interface Pair {
  readonly before: PlainSubject
  readonly after: PlainSubject
}

export const listOf = <T>(item: T | readonly T[] | undefined): readonly T[] =>
  item === undefined ? [] : Array.isArray(item) ? item : [item as T]

/** The policies of a subject. */
export function policiesOf(subject: PlainSubject): readonly PlainPolicy[] {
  if ('policy' in subject) return [subject.policy]
  return (subject.snapshot.buckets ?? []).flatMap(({ policy }) => (policy === undefined ? [] : [policy as PlainPolicy]))
}

/** The entries of a Principal or NotPrincipal, each with the member it stands under. */
export function entriesOf(entries: Entries | undefined): readonly (readonly [kind: string, text: string])[] {
  if (entries === undefined) return []
  if (entries === '*') return [['*', '*']]
  return Object.entries(entries).flatMap(([kind, texts]) => listOf(texts).map((text) => [kind, text] as const))
}

export interface PlainCondition {
  readonly operator: string
  /** The operator without its prefix and `IfExists`. */
  readonly base: string
  readonly key: string
  readonly operands: readonly string[]
}

export function conditionsOf({ Condition = {} }: PlainStatement): readonly PlainCondition[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, operands]) => ({
      operator,
      base: operator.replace(/^For\w+:/, '').replace(/IfExists$/, ''),
      key,
      operands: listOf(operands),
    })),
  )
}
