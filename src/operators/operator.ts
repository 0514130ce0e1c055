import type { Piece } from '../match/wildcard.js'

/** Compares the operands in the policy with the values in the request, pair by pair. */
export interface Comparison<Operand = unknown, Value = unknown> {
  readonly kind: 'comparison'
  /** `StringNotEquals` and the like: true when no operand matches, and when the key is absent. */
  readonly negated: boolean
  /** Whether `${…}` in operands is a variable under 2012-10-17. */
  readonly expandsVariables: boolean
  /** Whether `*` and `?` in operands are wildcards. */
  readonly hasWildcards: boolean
  /** What operands look like, for messages. */
  readonly expects: string
  /** The operand as data, or undefined if the operator cannot read it. */
  readonly read: (pieces: readonly Piece[]) => Operand | undefined
  /** The request's value as data, or undefined if the operator cannot read it. */
  readonly readValue: (text: string) => Value | undefined
  /** Whether the value matches the operand, without negation. */
  readonly matches: (operand: Operand, value: Value) => boolean
}

/** `Null`: asks only whether the key is there. */
export interface Presence {
  readonly kind: 'presence'
  readonly expandsVariables: false
  readonly hasWildcards: false
  readonly expects: string
  /** Whether the operand asks for absence; undefined if it is neither `true` nor `false`. */
  readonly read: (pieces: readonly Piece[]) => boolean | undefined
}

export type Operator = Comparison | Presence

/** The text of an operand for operators that have no wildcards. */
export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('')
}

/** A row of the operator table. Only its own `read` and `readValue` make what its `matches` takes, so their types stay inside the row. */
export function comparison<Operand, Value>(row: Omit<Comparison<Operand, Value>, 'kind'>): Comparison {
  return { ...row, kind: 'comparison' } as Comparison
}
