import type { JsonPath } from '../../../policy/json-path.js'
import { stepTo } from '../../../policy/json-path.js'
import { lineTableOf, spanAt } from '../../../policy/position.js'
import type { Extent, PositionedValue } from '../../../policy/positioned-value.js'
import type { FoundPolicy } from '../../../sources/found.js'
import type { Edit, Fix } from '../../finding.js'
import type { Rule, RuleContext } from '../../rule.js'
import { type HiddenCharacter, hiddenCharacters, holdsJoiners } from './hidden-characters.js'

export const invisibleCharacters: Rule = {
  meta: {
    id: 'invisible-characters',
    severity: 'security',
    category: 'structure',
    summary: 'A text with characters that cannot be seen, so that it is not what it seems',
    recommended: true,
    fixable: true,
    analysis: false,
    messages: { hidden: '`{text}` holds {name}, a {kind} that cannot be seen' },
  },
  create: (context) => ({
    policy() {
      const { root } = context.found ?? {}
      if (root !== undefined) checkValue(root, [], context)
    },
  }),
}

function checkValue(value: PositionedValue, path: JsonPath, context: RuleContext): void {
  if (value.kind === 'string') checkText(value.text, value, path, context)
  if (value.kind === 'array') for (const [index, item] of value.items.entries()) checkValue(item, stepTo(path, index), context)
  if (value.kind !== 'object') return
  for (const { name, nameExtent, value: inner } of value.members) {
    const below = stepTo(path, name)
    checkText(name, nameExtent, below, context)
    checkValue(inner, below, context)
  }
}

function checkText(text: string, extent: Extent, path: JsonPath, { found, report }: RuleContext): void {
  const hidden = hiddenCharacters(text)
  const [first] = hidden
  if (first === undefined || found === undefined) return
  report({
    messageId: 'hidden',
    location: { path, span: spanAt(lineTableOf(found.file.text), extent.start, extent.end) },
    data: { text: visible(text), name: first.name, kind: first.kind },
    help: 'type the text anew',
    fix: holdsJoiners(text) ? undefined : fixOf(hidden, extent, found),
  })
}

/** The text with the names of its hidden characters in their place. */
function visible(text: string): string {
  return Array.from(text, (letter) => {
    const [hidden] = hiddenCharacters(letter)
    return hidden === undefined ? letter : `<${hidden.name}>`
  }).join('')
}

/** None if a character stands where a space or a line break was meant. */
function fixOf(hidden: readonly HiddenCharacter[], { start, end }: Extent, { file, isEditable }: FoundPolicy): Fix | undefined {
  if (!isEditable || !hidden.every(({ isRemovable }) => isRemovable)) return undefined
  const edits: Edit[] = []
  let at = start
  for (const { code } of hidden) {
    const found = findSpelled(String.fromCodePoint(code), file.text, at, end)
    // Half of what is hidden must not be left behind.
    if (found === undefined) return undefined
    edits.push({ ...found, text: '' })
    at = found.end
  }
  return { description: 'remove the characters that cannot be seen', edits }
}

/** Where a character stands next, as itself or as an escape such as `\u200b`. */
function findSpelled(character: string, text: string, from: number, end: number): Extent | undefined {
  const escaped = Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('')
  const source = text.slice(from, end)
  const places = [
    { start: source.indexOf(character), length: character.length },
    { start: source.toLowerCase().indexOf(escaped), length: escaped.length },
  ].filter(({ start }) => start >= 0)
  const [first] = places.toSorted((a, b) => a.start - b.start)
  return first && { start: from + first.start, end: from + first.start + first.length }
}
