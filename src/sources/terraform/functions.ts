import type { Extent, PositionedMember, PositionedValue } from '../../policy/positioned-value.js'
import { isKnown } from '../unknown-text.js'
import { joinTexts } from './pieces.js'
import { isUnknownValue } from './unknown-values.js'

/** What a function makes of its arguments, standing at its call; undefined if that cannot be told. */
type TerraformFunction = (values: readonly PositionedValue[], call: Extent) => PositionedValue | undefined

/** The functions that policies are made with. Arguments may hold unknown parts. */
export const functions: ReadonlyMap<string, TerraformFunction> = new Map<string, TerraformFunction>([
  ['concat', (values, { start, end }) => ({ kind: 'array', items: values.flatMap(itemsOrUnknown), start, end })],
  ['setunion', (values, { start, end }) => ({ kind: 'array', items: values.flatMap(itemsOrUnknown), start, end })],
  ['flatten', ([list], { start, end }) => list && { kind: 'array', items: flat(list), start, end }],
  ['compact', ([list]) => (list?.kind === 'array' ? { ...list, items: list.items.filter(isNotEmpty) } : list)],
  ['distinct', ([list]) => list],
  ['toset', ([list]) => list],
  ['tolist', ([list]) => list],
  ['sort', ([list]) => list],
  ['tostring', ([value]) => (value === undefined || value.kind === 'null' ? undefined : textAt(scalarText(value), value))],
  ['merge', (values, { start, end }) => merged(values, start, end)],
  ['join', ([separator, list], call) => textAt(joined(separator, list), call)],
  ['format', ([template, ...values], call) => textAt(formatted(template, values), call)],
  ['formatlist', ([template, ...values], call) => formattedList(template, values, call)],
  ['lower', ([value], call) => textAt(ifKnown(value)?.toLowerCase(), call)],
  ['upper', ([value], call) => textAt(ifKnown(value)?.toUpperCase(), call)],
  ['trimspace', ([value], call) => textAt(ifKnown(value)?.trim(), call)],
])

/** The text of a value within a template; undefined if it has none. */
export function scalarText(value: PositionedValue | undefined): string | undefined {
  if (value?.kind === 'string' || value?.kind === 'number') return value.text
  return value?.kind === 'boolean' ? String(value.value) : undefined
}

function textAt(text: string | undefined, { start, end }: Extent): PositionedValue | undefined {
  return text === undefined ? undefined : { kind: 'string', text, start, end }
}

function ifKnown(value: PositionedValue | undefined): string | undefined {
  const text = scalarText(value)
  return text !== undefined && isKnown(text) ? text : undefined
}

/** An unknown list counts as one unknown item. */
function itemsOrUnknown(value: PositionedValue): readonly PositionedValue[] {
  return value.kind === 'array' ? value.items : [value]
}

function flat(value: PositionedValue): readonly PositionedValue[] {
  return value.kind === 'array' ? value.items.flatMap(flat) : [value]
}

function isNotEmpty(value: PositionedValue): boolean {
  return value.kind !== 'null' && !(value.kind === 'string' && value.text === '')
}

/** Later members replace earlier ones of their name. */
function merged(values: readonly PositionedValue[], start: number, end: number): PositionedValue | undefined {
  const members = new Map<string, PositionedMember>()
  for (const value of values) {
    if (value.kind === 'null') continue
    if (value.kind !== 'object') return undefined
    for (const member of value.members) members.set(member.name, member)
  }
  return { kind: 'object', members: [...members.values()], start, end }
}

function joined(separator: PositionedValue | undefined, list: PositionedValue | undefined): string | undefined {
  const between = scalarText(separator)
  if (between === undefined || list?.kind !== 'array') return undefined
  const texts = list.items.map(scalarText)
  return texts.includes(undefined) ? undefined : joinTexts(texts as readonly string[], between)
}

/** One text for each item of the lists, which are of one length; other values are the same in each. */
function formattedList(
  template: PositionedValue | undefined,
  values: readonly PositionedValue[],
  call: Extent,
): PositionedValue | undefined {
  const lengths = new Set(values.flatMap((value) => (value.kind === 'array' ? [value.items.length] : [])))
  const [length] = lengths
  if (length === undefined || lengths.size > 1 || values.some(isUnknownValue)) return undefined
  const items: PositionedValue[] = []
  for (let i = 0; i < length; i++) {
    const row = values.map((value) => (value.kind === 'array' ? (value.items[i] as PositionedValue) : value))
    const text = textAt(formatted(template, row), call)
    if (text === undefined) return undefined
    items.push(text)
  }
  return { kind: 'array', items, start: call.start, end: call.end }
}

/** Only `%s`, `%d`, `%v` and `%%`. */
function formatted(template: PositionedValue | undefined, values: readonly PositionedValue[]): string | undefined {
  const pattern = template === undefined || isUnknownValue(template) ? undefined : scalarText(template)
  if (pattern === undefined) return undefined
  const [first = '', ...parts] = pattern.split('%')
  const texts = [first]
  let next = 0
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] as string
    if (part === '') {
      texts.push(`%${parts[++i] ?? ''}`)
      continue
    }
    const value = 'sdv'.includes(part[0] as string) ? scalarText(values[next++]) : undefined
    if (value === undefined) return undefined
    texts.push(value, part.slice(1))
  }
  return next === values.length ? joinTexts(texts) : undefined
}
