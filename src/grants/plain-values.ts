/** An object that says all it says by its own enumerable members: JSON.stringify would write just these. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && (value as { readonly toJSON?: unknown }).toJSON === undefined
}

/** A text without halves of surrogate pairs. */
export function isPlainText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed()
}

/** The items of a list, or undefined if it is none or one of them is undefined. */
export function plainList<Item>(value: unknown, read: (item: unknown) => Item | undefined): readonly Item[] | undefined {
  if (!Array.isArray(value) || (value as { readonly toJSON?: unknown }).toJSON !== undefined) return undefined
  const items: Item[] = []
  // By their places, as JSON.stringify does: whatever the list says of how it is walked.
  for (let i = 0; i < value.length; i++) {
    const item = read(value[i])
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}
