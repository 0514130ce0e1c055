import type { Span } from '../policy/position.js'
import type { PositionedValue } from '../policy/positioned-value.js'
import type { FoundPolicy } from '../sources/found.js'
import type { Edit } from './finding.js'

/** Another text in a text's place; `undefined` where the policy cannot be edited. @param span extent of the text with its quotes */
export function replaceText(found: FoundPolicy | undefined, { start, end }: Span, text: string): readonly Edit[] | undefined {
  return found?.isEditable ? [{ start: start.offset, end: end.offset, text: JSON.stringify(text) }] : undefined
}

/**
 * The edits that take an item out of its list, together with one comma; `undefined` if it is in no list or the policy cannot be edited.
 *
 * @param removed all places in the list that are to go, so that the edits of several of them never overlap
 */
export function removeItem(found: FoundPolicy | undefined, { start }: Span, removed: readonly Span[]): readonly Edit[] | undefined {
  if (!found?.isEditable || found.root === undefined) return undefined
  const items = listAround(found.root, start.offset)
  const index = items?.findIndex((item) => item.start === start.offset) ?? -1
  const item = items?.[index]
  if (items === undefined || item === undefined) return undefined
  const isRemoved = (other: PositionedValue) => removed.some((span) => span.start.offset === other.start)
  const next = items[index + 1]
  // At the beginning of the list the comma after the item goes, elsewhere the one before it.
  if (items.slice(0, index).every(isRemoved)) return next && [{ start: item.start, end: next.start, text: '' }]
  const before = items[index - 1] as PositionedValue
  return [{ start: before.end, end: item.end, text: '' }]
}

/** The items of the list that has an item at this offset. */
function listAround(value: PositionedValue, offset: number): readonly PositionedValue[] | undefined {
  const children = childrenOf(value)
  if (value.kind === 'array' && value.items.some(({ start }) => start === offset)) return value.items
  const around = children.find(({ start, end }) => start <= offset && offset < end)
  return around && listAround(around, offset)
}

function childrenOf(value: PositionedValue): readonly PositionedValue[] {
  if (value.kind === 'array') return value.items
  return value.kind === 'object' ? value.members.map((member) => member.value) : []
}
