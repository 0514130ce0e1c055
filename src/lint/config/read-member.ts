import type { Node, ShapeReader } from '../../policy/shape-reader.js'
import { suggest } from '../../policy/suggestion.js'

/** What the parts of a configuration are read with. */
export interface SettingsReader {
  readonly reader: ShapeReader
  /** Why a pattern of file names cannot be used; `undefined` if it can. */
  checkPattern(pattern: string): string | undefined
}

/** One of some words; `undefined` if it is not there, or after reporting. */
export function readChoice<Choice extends string>(
  reader: ShapeReader,
  node: Node | undefined,
  what: string,
  choices: readonly Choice[],
): Choice | undefined {
  if (node === undefined) return undefined
  const text = reader.text(node, what)?.text
  if (text === undefined) return undefined
  const choice = choices.find((known) => known === text)
  if (choice === undefined)
    reader.report('invalid-value', node, `${what} cannot be \`${text}\``, () => suggest(text, choices) ?? listed(choices))
  return choice
}

export function readBoolean(reader: ShapeReader, node: Node | undefined, what: string): boolean | undefined {
  if (node === undefined) return undefined
  if (node.value.kind === 'boolean') return node.value.value
  reader.reportType(node, what, 'true or false')
  return undefined
}

/** A whole number from 0 on. */
export function readCount(reader: ShapeReader, node: Node | undefined, what: string): number | undefined {
  if (node === undefined) return undefined
  if (node.value.kind !== 'number') {
    reader.reportType(node, what, 'a number')
    return undefined
  }
  const count = Number(node.value.text)
  if (Number.isSafeInteger(count) && count >= 0) return count
  reader.report('invalid-value', node, `${what} must be a whole number from 0 on, not \`${node.value.text}\``)
  return undefined
}

/** Patterns of file names, at least one. */
export function readPatterns({ reader, checkPattern }: SettingsReader, node: Node | undefined): readonly string[] | undefined {
  const items = node && reader.array(node, 'files')
  if (node === undefined || items === undefined) return undefined
  if (items.length === 0) reader.report('invalid-value', node, '`files` is empty: it is for no file at all')
  return items.flatMap((item) => {
    const pattern = reader.nonEmptyText(item, 'a pattern of file names')
    const problem = pattern && checkPattern(pattern)
    if (problem !== undefined && problem !== '') reader.report('invalid-value', item, problem)
    return pattern ?? []
  })
}

function listed(choices: readonly string[]): string {
  return `it is one of ${choices.map((choice) => `\`${choice}\``).join(', ')}`
}
