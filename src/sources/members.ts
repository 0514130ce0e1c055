import type { PositionedObject, PositionedValue } from '../policy/positioned-value.js'

/** The value of an object's last member of a name, as `JSON.parse` has it; undefined if there is none, or no object. */
export function memberOf(value: PositionedValue | undefined, name: string): PositionedValue | undefined {
  return value?.kind === 'object' ? value.members.findLast((member) => member.name === name)?.value : undefined
}

/** The value at the end of a way of member names. */
export function valueAt(value: PositionedValue | undefined, ...names: readonly string[]): PositionedValue | undefined {
  return names.reduce(memberOf, value)
}

/** The member if it is an object. */
export function objectOf(value: PositionedValue | undefined, name: string): PositionedObject | undefined {
  const member = memberOf(value, name)
  return member?.kind === 'object' ? member : undefined
}

/** The member if it is text. */
export function textOf(value: PositionedValue | undefined, name: string): string | undefined {
  const member = memberOf(value, name)
  return member?.kind === 'string' ? member.text : undefined
}

/** The items of a list; nothing if it is none. */
export function itemsOf(value: PositionedValue | undefined): readonly PositionedValue[] {
  return value?.kind === 'array' ? value.items : []
}
