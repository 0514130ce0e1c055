/** An object that says all it says by its own members: JSON.stringify would write just these. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** A text without halves of surrogate pairs. */
export function isPlainText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed()
}

/** The items of a list, or undefined if it is none or one of them is undefined. */
export function plainList<Item>(value: unknown, read: (item: unknown) => Item | undefined): readonly Item[] | undefined {
  if (!Array.isArray(value) || Object.getPrototypeOf(value) !== Array.prototype) return undefined
  const items: Item[] = []
  for (const each of value) {
    const item = read(each)
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}
