import type { Extent, PositionedValue } from '../../policy/positioned-value.js'

/** The value with all of it standing at one place: where it is referred to, if it stands in another file. */
export function placeAt(value: PositionedValue, { start, end }: Extent): PositionedValue {
  switch (value.kind) {
    case 'object': {
      const members = value.members.map((member) => ({
        name: member.name,
        nameExtent: { start, end },
        value: placeAt(member.value, { start, end }),
      }))
      return { kind: 'object', members, start, end }
    }
    case 'array':
      return { kind: 'array', items: value.items.map((item) => placeAt(item, { start, end })), start, end }
    default:
      return { ...value, start, end }
  }
}

/** A value of JavaScript, as `JSON.parse` gives it, at one place. */
export function valueAt(value: unknown, extent: Extent): PositionedValue {
  const { start, end } = extent
  if (value === null || value === undefined) return { kind: 'null', start, end }
  if (Array.isArray(value)) return { kind: 'array', items: value.map((item) => valueAt(item, extent)), start, end }
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([name, member]) => ({ name, nameExtent: { start, end }, value: valueAt(member, extent) }))
    return { kind: 'object', members, start, end }
  }
  if (typeof value === 'boolean') return { kind: 'boolean', value, start, end }
  return { kind: typeof value === 'number' ? 'number' : 'string', text: String(value), start, end }
}

/** How large the value is: values and characters, a hundred characters counting as one value. Counting ends above the limit. */
export function sizeOf(value: PositionedValue, limit: number): number {
  const open: PositionedValue[] = [value]
  let size = 0
  for (let next = open.pop(); next !== undefined && size <= limit; next = open.pop()) {
    size += next.kind === 'string' ? 1 + next.text.length / 100 : 1
    if (next.kind === 'array') for (const item of next.items) open.push(item)
    if (next.kind === 'object') for (const member of next.members) open.push(member.value)
  }
  return size
}
