import type { OperatorName } from '../../catalog/condition-operators.js'
import { foldedLiteral, type Language, literal, wildcardTokens } from '../../languages/language.js'
import { type IpRange, parseRange } from '../../match/cidr.js'
import { type Instant, parseInstant } from '../../match/date.js'
import { type Decimal, parseDecimal } from '../../match/number.js'
import { hasWildcard, type Piece } from '../../match/wildcard.js'
import { textOf } from '../../operators/operator.js'
import type { Expansion } from '../../policy/template.js'
import { anyArn, arnLanguage } from './arn-language.js'

/**
 * What a test tells apart, so that values can be chosen of which one stands for all that the test treats alike. Whether a value passes is
 * never decided by these: only by the operator itself.
 */
export type Probe =
  /** The texts of a language from all others. Probes of the same name have the same language. */
  | { readonly kind: 'language'; readonly name: string; readonly language: Language }
  | { readonly kind: 'range'; readonly range: IpRange }
  | { readonly kind: 'number'; readonly number: Decimal; readonly text: string }
  | { readonly kind: 'instant'; readonly instant: Instant }
  /** A text of base64, from all other texts of base64, and those from texts that are none. */
  | { readonly kind: 'bytes'; readonly text: string }

type ProbeMaker = (pieces: readonly Piece[]) => readonly Probe[]

/** What a condition with this operator and operand tells apart. */
export function probesOf(operator: OperatorName, operand: Expansion): readonly Probe[] {
  return operand.kind === 'text' ? makers[operator](operand.pieces) : []
}

const exact: ProbeMaker = (pieces) => [exactProbe(textOf(pieces))]

const ignoringCase: ProbeMaker = (pieces) => {
  const text = textOf(pieces)
  return [{ kind: 'language', name: `fold ${text}`, language: [foldedLiteral(text)] }]
}

const like: ProbeMaker = (pieces) => (pieces.every(({ text, literal }) => literal || !hasWildcard(text)) ? exact(pieces) : pattern(pieces))

const pattern: ProbeMaker = (pieces) => [{ kind: 'language', name: `like ${JSON.stringify(pieces)}`, language: [wildcardTokens(pieces)] }]

const arn: ProbeMaker = (pieces) => {
  const isArn: Probe = { kind: 'language', name: 'arn', language: anyArn }
  const language = arnLanguage(pieces)
  return language === undefined ? [isArn] : [isArn, { kind: 'language', name: `arn ${JSON.stringify(pieces)}`, language }]
}

const bool: ProbeMaker = () => ['true', 'false'].flatMap((text) => ignoringCase([{ text, literal: true }]))

const binary: ProbeMaker = (pieces) => [{ kind: 'bytes', text: textOf(pieces) }]

const address: ProbeMaker = (pieces) => {
  const range = parseRange(textOf(pieces))
  return range === undefined ? [] : [{ kind: 'range', range }]
}

const number: ProbeMaker = (pieces) => {
  const text = textOf(pieces)
  const value = parseDecimal(text)
  return value === undefined ? [] : [{ kind: 'number', number: value, text }]
}

const date: ProbeMaker = (pieces) => {
  const instant = parseInstant(textOf(pieces))
  return instant === undefined ? [] : [{ kind: 'instant', instant }]
}

const makers: Readonly<Record<OperatorName, ProbeMaker>> = {
  StringEquals: exact,
  StringNotEquals: exact,
  StringEqualsIgnoreCase: ignoringCase,
  StringNotEqualsIgnoreCase: ignoringCase,
  StringLike: like,
  StringNotLike: like,
  NumericEquals: number,
  NumericNotEquals: number,
  NumericLessThan: number,
  NumericLessThanEquals: number,
  NumericGreaterThan: number,
  NumericGreaterThanEquals: number,
  DateEquals: date,
  DateNotEquals: date,
  DateLessThan: date,
  DateLessThanEquals: date,
  DateGreaterThan: date,
  DateGreaterThanEquals: date,
  Bool: bool,
  BinaryEquals: binary,
  IpAddress: address,
  NotIpAddress: address,
  ArnEquals: arn,
  ArnLike: arn,
  ArnNotEquals: arn,
  ArnNotLike: arn,
  Null: () => [],
}

export function exactProbe(text: string): Probe {
  return { kind: 'language', name: EXACT + text, language: [literal(text)] }
}

/** The one text that a probe is of; none for others. */
export function exactTextOf(probe: Probe): readonly string[] {
  return probe.kind === 'language' && probe.name.startsWith(EXACT) ? [probe.name.slice(EXACT.length)] : []
}

const EXACT = 'is '

export function prefixProbe(text: string): Probe {
  return pattern([
    { text, literal: true },
    { text: '*', literal: false },
  ])[0] as Probe
}
