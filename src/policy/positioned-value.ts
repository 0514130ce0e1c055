/** Where a value stands in its text: offsets of its first character and of the one after its last. */
export interface Extent {
  readonly start: number
  readonly end: number
}

export interface PositionedMember {
  readonly name: string
  /** The extent of the name with its quotes. */
  readonly nameExtent: Extent
  readonly value: PositionedValue
}

/** A JSON value that knows where it stands. Objects keep all members in order, repeated names too. */
export type PositionedValue = Extent &
  (
    | { readonly kind: 'object'; readonly members: readonly PositionedMember[] }
    | { readonly kind: 'array'; readonly items: readonly PositionedValue[] }
    | { readonly kind: 'string'; readonly text: string }
    | { readonly kind: 'number' /** As it is spelled: `1e3`, `007` never. */; readonly text: string }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'null' }
  )

export type PositionedObject = Extract<PositionedValue, { kind: 'object' }>

/** The plain JavaScript value. Objects have no prototype, so a member named `__proto__` is a member like any other. */
export function plainValueOf(value: PositionedValue): unknown {
  switch (value.kind) {
    case 'object': {
      const object: Record<string, unknown> = Object.create(null)
      for (const member of value.members) object[member.name] = plainValueOf(member.value)
      return object
    }
    case 'array':
      return value.items.map(plainValueOf)
    case 'string':
      return value.text
    case 'number':
      return Number(value.text)
    case 'boolean':
      return value.value
    case 'null':
      return null
  }
}
