import type { OperatorName } from '../../catalog/condition-operators.js'
import type { KeyLabel } from '../regions/labels.js'
import type { KeyCondition } from '../regions/region.js'
import type { Term } from '../regions/term.js'
import { listOf, quoted } from './lists.js'

/** What a condition key must be: `from 10.0.0.0/8`, `over TLS`, "`s3:prefix` is like `home/*`". */
export function conditionInWords({ key, values }: KeyCondition): string {
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
  const isTrue = boolOf(only[0]) ?? negated(boolOf(except[0]))
  return only.length + except.length !== 1 || isTrue === undefined ? undefined : isTrue ? 'over TLS' : 'without TLS'
}

function rangeOf(label: KeyLabel): string | undefined {
  return label.kind === 'matches' && label.operator === 'IpAddress' ? label.value : undefined
}

function boolOf(label: KeyLabel | undefined): boolean | undefined {
  if (label?.kind === 'is') return label.values[0] === 'true'
  return label?.kind === 'matches' && label.operator === 'Bool' ? label.value.toLowerCase() === 'true' : undefined
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value
}

function termInWords(key: string, { only, except }: Term<KeyLabel>): string {
  const positive = only.map((label) => keyLabelInWords(key, label))
  const negative = except.map((label) => keyLabelNegated(key, label))
  return [...positive, ...negative].join(' and ') || `any ${quoted(key)} or none`
}

export function keyLabelInWords(key: string, label: KeyLabel): string {
  switch (label.kind) {
    case 'absent':
      return `${quoted(key)} is absent`
    case 'is':
      return `${quoted(key)} is such as ${listOf(label.values.map(quoted), 'and')}`
    case 'fulfils':
      return `${quoted(key)} fulfils ${label.operator} ${label.values.map(quoted).join(', ')}`
    case 'matches':
      return `${quoted(key)} ${verbs[label.operator] ?? 'is'} ${quoted(label.value)}`
  }
}

function keyLabelNegated(key: string, label: KeyLabel): string {
  switch (label.kind) {
    case 'absent':
      return `${quoted(key)} is present`
    case 'is':
      return `${quoted(key)} is not ${listOf(label.values.map(quoted), 'and')}`
    case 'fulfils':
      return `${quoted(key)} does not fulfil ${label.operator} ${label.values.map(quoted).join(', ')}`
    case 'matches':
      return `${quoted(key)} ${(verbs[label.operator] ?? 'is').replace('is', 'is not')} ${quoted(label.value)}`
  }
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
