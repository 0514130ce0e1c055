import type { Text } from '../policy/ast.js'
import type { Fix } from './finding.js'
import type { RuleContext } from './rule.js'

/** A text of a list that another of the same list makes needless. */
export interface CoveredText {
  readonly index: number
  readonly text: Text
  readonly by: Text
}

/**
 * The texts that others cover. Of several that cover each other, the first stays.
 * @param covers whether everything that the second names is named by the first
 */
export function coveredTexts(list: readonly Text[], covers: (outer: Text, inner: Text) => boolean): readonly CoveredText[] {
  return list.flatMap((text, index) => {
    const by = list.find((other, at) => at !== index && covers(other, text) && (at < index || !covers(text, other)))
    return by === undefined ? [] : [{ index, text, by }]
  })
}

/** The fix that takes one text out of its list, together with the comma; all of a list's can be applied at once. */
export function removalFix(
  found: RuleContext['found'],
  list: readonly Text[],
  covered: readonly CoveredText[],
  at: number,
): Fix | undefined {
  const text = list[at]
  if (found?.isEditable !== true || text === undefined) return undefined
  const removed = new Set(covered.map(({ index }) => index))
  const isAmongFirst = list.slice(0, at).every((_, index) => removed.has(index))
  const before = list[at - 1]
  const after = list[at + 1]
  const { start, end } = text.location.span
  const description = `remove \`${text.text}\``
  if (isAmongFirst) {
    return after && { description, edits: [{ start: start.offset, end: after.location.span.start.offset, text: '' }] }
  }
  return before && { description, edits: [{ start: before.location.span.end.offset, end: end.offset, text: '' }] }
}
