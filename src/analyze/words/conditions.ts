import type { OperatorName } from '../../catalog/condition-operators.js'
import type { KeyLabel } from '../regions/labels.js'
import type { KeyCondition } from '../regions/region.js'
import type { Term } from '../regions/term.js'
import { listOf, quoted } from './lists.js'

/** What a condition key must be: `from 10.0.0.0/8`, `over TLS`, "`s3:prefix` is like `home/*`". */
export function conditionInWords({ key, values }: KeyCondition): string {
  const alternatives = values.map(({ only, except }) => (only.length === 1 && except.length === 0 ? only[0] : undefined))
  const labels = alternatives.flatMap((label) => label ?? [])
  const verb = sharedVerb(labels)
  const isUsual = values.some((term) => usualWords(key, term) !== undefined)
  if (verb !== undefined && !isUsual && labels.length === values.length)
    return `${quoted(key)} ${verb} ${listOf(labels.flatMap(valuesOf), 'or')}`
  return listOf(
    values.map((term) => usualWords(key, term) ?? termInWords(key, term)),
    'or',
  )
}

/** How people say the conditions that most policies have. */
function usualWords(key: string, { only, except }: Term<KeyLabel>): string | undefined {
  if (key === 'aws:SourceIp') {
    const inside = only.map(rangeOf)
    const outside = except.map(rangeOf)
    if ([...inside, ...outside].includes(undefined) || inside.length > 1) return undefined
    const ranges = listOf(outside as string[], 'and')
    if (inside.length === 0) return outside.length === 0 ? undefined : `from outside ${ranges}`
    return outside.length === 0 ? `from ${inside[0]}` : `from ${inside[0]} except ${ranges}`
  }
  if (key !== 'aws:SecureTransport') return undefined
  const isTrue = boolOf(only[0]) ?? opposite(boolOf(except[0]))
  return only.length + except.length !== 1 || isTrue === undefined ? undefined : isTrue ? 'over TLS' : 'without TLS'
}

function rangeOf(label: KeyLabel): string | undefined {
  return label.kind === 'matches' && label.operator === 'IpAddress' ? label.value : undefined
}

function boolOf(label: KeyLabel | undefined): boolean | undefined {
  if (label?.kind === 'is') return label.values[0] === 'true'
  return label?.kind === 'matches' && label.operator === 'Bool' ? label.value.toLowerCase() === 'true' : undefined
}

function opposite(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value
}

function termInWords(key: string, { only, except }: Term<KeyLabel>): string {
  const positive = only.map((label) => keyLabelInWords(key, label))
  return [...positive, ...negations(key, except)].join(' and ') || `any ${quoted(key)} or none`
}

/** What the key is not, in one go where it can be said so. */
function negations(key: string, labels: readonly KeyLabel[]): readonly string[] {
  const verb = sharedVerb(labels)
  if (verb !== undefined && labels.length > 1) return [`${quoted(key)} ${negated(verb)} ${listOf(labels.flatMap(valuesOf), 'or')}`]
  return labels.map((label) => `${quoted(key)} ${negatedLabel(label)}`)
}

/** What a key is: `s3:prefix` is like `home/*`. */
export function keyLabelInWords(key: string, label: KeyLabel): string {
  return `${quoted(key)} ${labelInWords(label)}`
}

function labelInWords(label: KeyLabel): string {
  switch (label.kind) {
    case 'absent':
      return 'is absent'
    case 'is':
      return `is such as ${listOf(label.values.map(quoted), 'and')}`
    case 'fulfils':
      return `fulfils ${label.operator} ${label.values.map(quoted).join(', ')}`
    case 'matches':
      return `${verbs[label.operator] ?? 'is'} ${quoted(label.value)}`
  }
}

function negatedLabel(label: KeyLabel): string {
  if (label.kind === 'absent') return 'is present'
  return label.kind === 'fulfils'
    ? `does not fulfil ${label.operator} ${label.values.map(quoted).join(', ')}`
    : negated(labelInWords(label))
}

/** Verbs begin with `is`. */
function negated(words: string): string {
  return `is not${words.slice('is'.length)}`
}

function sharedVerb(labels: readonly KeyLabel[]): string | undefined {
  const [verb, ...others] = new Set(labels.map((label) => (label.kind === 'matches' ? (verbs[label.operator] ?? 'is') : undefined)))
  return others.length === 0 ? verb : undefined
}

function valuesOf(label: KeyLabel): readonly string[] {
  return label.kind === 'matches' ? [quoted(label.value)] : []
}

const verbs: Readonly<Partial<Record<OperatorName, string>>> = {
  StringEqualsIgnoreCase: 'is, in any case,',
  StringLike: 'is like',
  ArnLike: 'is like',
  NumericLessThan: 'is below',
  NumericLessThanEquals: 'is at most',
  NumericGreaterThan: 'is above',
  NumericGreaterThanEquals: 'is at least',
  DateLessThan: 'is before',
  DateLessThanEquals: 'is at or before',
  DateGreaterThan: 'is after',
  DateGreaterThanEquals: 'is at or after',
  IpAddress: 'is in',
}
