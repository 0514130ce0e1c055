// A range is `text.slice(from, to)` that nobody slices: 0 ≤ from ≤ to ≤ text.length. Nothing here or beside it looks at a
// character outside the range, so a reader's work is linear in the range, however long the text around it is.

/**
 * Whether the range is the other text. Plain twin: `===`.
 *
 * @param text what the range lies in
 * @param from the range's first code unit
 * @param to the code unit after its last
 */
export function equalsRange(text: string, from: number, to: number, other: string): boolean {
  const { length } = other
  if (to - from !== length) return false
  // Two whole texts are compared by memory, and long ones by a call that takes as long as twenty units here.
  if (length === text.length) return text === other
  if (length > 20) return text.startsWith(other, from)
  for (let i = 0; i < length; i++) if (text.charCodeAt(from + i) !== other.charCodeAt(i)) return false
  return true
}

/**
 * Below, equal or above zero as the range comes before, is, or comes after the other text in the order of code units.
 * Plain twin: `<` of strings.
 */
export function compareRange(text: string, from: number, to: number, other: string): number {
  const length = to - from
  const shared = length < other.length ? length : other.length
  for (let i = 0; i < shared; i++) {
    const difference = text.charCodeAt(from + i) - other.charCodeAt(i)
    if (difference !== 0) return difference
  }
  return length - other.length
}
