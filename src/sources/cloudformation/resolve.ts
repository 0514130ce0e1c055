import { type PositionedValue, plainValueOf } from '../../policy/positioned-value.js'
import { itemsOf, valueAt } from '../members.js'
import { reasonFor } from '../policy-at.js'
import { TEMPLATE_REGION } from '../template-names.js'
import { isKnown, unknownNames, unknownPart } from '../unknown-text.js'
import { getAttribute, plainTexts, type Referred, refer } from './references.js'
import type { Scope } from './scope.js'
import { substitute } from './substitute.js'

/** Longer texts and lists are no part of a policy that S3 stores; they count as unknown. */
const MAX_TEXT = 100_000
const MAX_ITEMS = 1000

/** Unknown parts are called as they are written up to this length. */
const MAX_SPELLING = 120

/** A value with its functions worked out, as far as that can be; undefined for `AWS::NoValue`. What a function gives stands where it stands. */
export function resolve(value: PositionedValue, scope: Scope): PositionedValue | undefined {
  if (value.kind === 'array') return { ...value, items: value.items.flatMap((item) => resolve(item, scope) ?? []) }
  if (value.kind !== 'object') return value
  const called = functionIn(value)
  if (called !== undefined) return bounded(call(called, value, scope), called.name, value, scope)
  const members = value.members.flatMap((member) => {
    const resolved = resolve(member.value, scope)
    return resolved === undefined ? [] : { ...member, value: resolved }
  })
  return { ...value, members }
}

interface Call {
  readonly name: string
  readonly argument: PositionedValue
}

/** The function that an object calls, if it calls one. */
export function functionIn(value: PositionedValue): Call | undefined {
  if (value.kind !== 'object') return undefined
  const [first] = value.members
  if (value.members.length === 1 && first?.name === 'Ref') return { name: 'Ref', argument: first.value }
  const member = value.members.find(({ name }) => name.startsWith('Fn::'))
  return member && { name: member.name, argument: member.value }
}

type Give = (argument: PositionedValue, at: PositionedValue, scope: Scope) => PositionedValue | undefined

/** Each gives undefined for `AWS::NoValue`. */
const functions: ReadonlyMap<string, Give> = new Map<string, Give>([
  ['Ref', giveRef],
  ['Fn::Sub', giveSub],
  ['Fn::GetAtt', giveAttribute],
  ['Fn::Join', giveJoin],
  ['Fn::If', giveIf],
  ['Fn::Select', giveSelect],
  ['Fn::Split', giveSplit],
  ['Fn::FindInMap', giveFromMap],
  ['Fn::ImportValue', (_, at, scope) => unknownCall(at, 'another stack exports the value', scope)],
])

function call({ name, argument }: Call, at: PositionedValue, scope: Scope): PositionedValue | undefined {
  const give = functions.get(name)
  // Beside other members, `Fn::Transform` changes the object that it stands in.
  const isAlone = at.kind === 'object' && at.members.length === 1
  if (give === undefined || !isAlone) return unknownCall(at, `\`${name}\` is worked out at deployment`, scope)
  return give(argument, at, scope)
}

function bounded(value: PositionedValue | undefined, name: string, at: PositionedValue, scope: Scope): PositionedValue | undefined {
  const isLong = value?.kind === 'string' ? value.text.length > MAX_TEXT : value?.kind === 'array' && value.items.length > MAX_ITEMS
  scope.budget.left -= sizeOf(value)
  return isLong || scope.budget.left < 0 ? unknownCall(at, `what \`${name}\` gives is too long`, scope) : value
}

function sizeOf(value: PositionedValue | undefined): number {
  if (value?.kind === 'array') return value.items.reduce((size, item) => size + 1 + (item.kind === 'string' ? item.text.length : 0), 1)
  return value?.kind === 'string' ? value.text.length : 1
}

function textAt(text: string, { start, end }: PositionedValue): PositionedValue {
  return { kind: 'string', text, start, end }
}

function unknownAt(name: string, reason: string, at: PositionedValue, { reasons }: Scope): PositionedValue {
  reasons.set(name, reason)
  return textAt(unknownPart(name), at)
}

/** What a call gives that is not known. Calls that are written alike give the same. */
function unknownCall(at: PositionedValue, reason: string, scope: Scope): PositionedValue {
  const spelling = JSON.stringify(plainValueOf(at))
  return unknownAt(spelling.length <= MAX_SPELLING ? spelling : `${spelling.slice(0, MAX_SPELLING)} at ${at.start}`, reason, at, scope)
}

/** What is worked out from an unknown text is unknown for the same reason. */
function unknownFrom(text: string, at: PositionedValue, scope: Scope): PositionedValue {
  return unknownCall(at, reasonFor(unknownNames(text), scope.reasons), scope)
}

function malformed(name: string, at: PositionedValue, scope: Scope): PositionedValue {
  return unknownCall(at, `\`${name}\` is not written as CloudFormation reads it`, scope)
}

function giveReferred(referred: Referred, name: string, at: PositionedValue, scope: Scope): PositionedValue | undefined {
  switch (referred.kind) {
    case 'text':
      return textAt(referred.text, at)
    case 'texts':
      return { kind: 'array', items: referred.texts.map((text) => textAt(text, at)), start: at.start, end: at.end }
    case 'nothing':
      return undefined
    case 'unknown':
      return unknownAt(name, referred.reason, at, scope)
  }
}

function giveRef(argument: PositionedValue, at: PositionedValue, scope: Scope): PositionedValue | undefined {
  if (argument.kind !== 'string') return malformed('Ref', at, scope)
  return giveReferred(refer(argument.text, scope), argument.text, at, scope)
}

/** `"Logs.Arn"`, or `["Logs", "Arn"]`. */
function giveAttribute(argument: PositionedValue, at: PositionedValue, scope: Scope): PositionedValue | undefined {
  const text = argument.kind === 'string' ? argument.text : plainTexts(argument)?.join('.')
  if (text === undefined) return malformed('Fn::GetAtt', at, scope)
  return giveReferred(attributeAt(text, scope), text, at, scope)
}

function attributeAt(text: string, scope: Scope): Referred {
  const dot = text.indexOf('.')
  return getAttribute(text.slice(0, Math.max(dot, 0)), text.slice(dot + 1), scope)
}

/** A text with `${…}`, or a list of it and of values for some of its names. */
function giveSub(argument: PositionedValue, at: PositionedValue, scope: Scope): PositionedValue | undefined {
  const [template, values] = argument.kind === 'string' ? [argument, undefined] : itemsOf(argument)
  if (template?.kind !== 'string') return malformed('Fn::Sub', at, scope)
  const own = new Map<string, PositionedValue | undefined>()
  for (const { name, value } of values?.kind === 'object' ? values.members : []) own.set(name, resolve(value, scope))
  const text = substitute(template.text, MAX_TEXT, (name) => {
    const value = own.has(name) ? own.get(name) : referredBySub(name, at, scope)
    return textOfScalar(value) ?? markOf(name, `\`${name}\` is no text`, scope)
  })
  return textAt(text, at)
}

function referredBySub(name: string, at: PositionedValue, scope: Scope): PositionedValue | undefined {
  return giveReferred(name.includes('.') ? attributeAt(name, scope) : refer(name, scope), name, at, scope)
}

function markOf(name: string, reason: string, { reasons }: Scope): string {
  reasons.set(name, reason)
  return unknownPart(name)
}

function textOfScalar(value: PositionedValue | undefined): string | undefined {
  if (value?.kind === 'boolean') return String(value.value)
  return value?.kind === 'string' || value?.kind === 'number' ? value.text : undefined
}

function giveJoin(argument: PositionedValue, at: PositionedValue, scope: Scope): PositionedValue | undefined {
  const [separator, listed] = itemsOf(argument)
  const items = listed && resolve(listed, scope)
  if (separator?.kind !== 'string' || items === undefined) return malformed('Fn::Join', at, scope)
  if (items.kind === 'string' && !isKnown(items.text)) return unknownFrom(items.text, at, scope)
  const texts = itemsOf(items).flatMap((item) => textOfScalar(item) ?? [])
  if (items.kind !== 'array' || texts.length < items.items.length) return malformed('Fn::Join', at, scope)
  const length = texts.reduce((sum, text) => sum + text.length + separator.text.length, 0)
  return length > MAX_TEXT ? unknownCall(at, 'what `Fn::Join` gives is too long', scope) : textAt(texts.join(separator.text), at)
}

/** Both branches have been taken by then, each in a policy of its own, or there were too many of them. */
function giveIf(argument: PositionedValue, at: PositionedValue, scope: Scope): PositionedValue | undefined {
  const [condition, whenTrue, whenFalse] = itemsOf(argument)
  if (condition?.kind !== 'string' || whenTrue === undefined || whenFalse === undefined) return malformed('Fn::If', at, scope)
  const holds = scope.assignment.conditions.get(condition.text)
  if (holds !== undefined) return resolve(holds ? whenTrue : whenFalse, scope)
  return unknownCall(at, `the condition \`${condition.text}\` is decided at deployment`, scope)
}

function giveSelect(argument: PositionedValue, at: PositionedValue, scope: Scope): PositionedValue | undefined {
  const [index, listed] = itemsOf(argument)
  const items = listed && resolve(listed, scope)
  if (items?.kind === 'string' && !isKnown(items.text)) return unknownFrom(items.text, at, scope)
  const selected = itemsOf(items)[Number(textOfScalar(index && resolve(index, scope)))]
  return selected === undefined ? malformed('Fn::Select', at, scope) : { ...selected, start: at.start, end: at.end }
}

function giveSplit(argument: PositionedValue, at: PositionedValue, scope: Scope): PositionedValue | undefined {
  const [separator, source] = itemsOf(argument)
  const text = source && resolve(source, scope)
  if (separator?.kind !== 'string' || separator.text === '' || text?.kind !== 'string') return malformed('Fn::Split', at, scope)
  // An unknown part may hold the separator.
  if (!isKnown(text.text)) return unknownFrom(text.text, at, scope)
  return giveReferred({ kind: 'texts', texts: text.text.split(separator.text) }, 'Fn::Split', at, scope)
}

function giveFromMap(argument: PositionedValue, at: PositionedValue, scope: Scope): PositionedValue | undefined {
  const names = itemsOf(argument)
    .slice(0, 3)
    .map((item) => resolve(item, scope))
  // No map has the name that is made up for the region.
  const [map, top, second] = names.map((name) =>
    name?.kind === 'string' && isKnown(name.text) && name.text !== TEMPLATE_REGION ? name.text : undefined,
  )
  if (map === undefined || top === undefined || second === undefined) {
    return unknownCall(at, 'what is looked up in the map is known only at deployment', scope)
  }
  const found = valueAt(scope.template.mappings.get(map), top, second)
  const texts = plainTexts(found)
  if (texts !== undefined) return giveReferred({ kind: 'texts', texts }, 'Fn::FindInMap', at, scope)
  const text = textOfScalar(found)
  return text === undefined ? malformed('Fn::FindInMap', at, scope) : textAt(text, at)
}
