import { type JsonPath, stepTo } from '../policy/json-path.js'
import type { Extent, PositionedMember, PositionedObject, PositionedValue } from '../policy/positioned-value.js'

/** What is wrong with a value of any format before its meaning is asked for. */
export interface TextProblem {
  readonly code: 'duplicate-member' | 'lone-surrogate'
  readonly message: string
  readonly extent: Extent
  readonly path: JsonPath
}

/** Names that stand twice in an object, and texts that are not Unicode. */
export function textProblemsOf(value: PositionedValue, path: JsonPath = []): readonly TextProblem[] {
  const problems: TextProblem[] = []
  collect(value, path, problems)
  return problems
}

function collect(value: PositionedValue, path: JsonPath, problems: TextProblem[]): void {
  if (value.kind === 'string') checkText(value.text, value, path, problems)
  if (value.kind === 'array') for (const [index, item] of value.items.entries()) collect(item, stepTo(path, index), problems)
  if (value.kind === 'object') collectMembers(value, path, problems)
}

function collectMembers({ members }: PositionedObject, path: JsonPath, problems: TextProblem[]): void {
  const names = new Set<string>()
  for (const member of members) {
    const way = stepTo(path, member.name)
    checkText(member.name, member.nameExtent, way, problems)
    if (names.has(member.name)) problems.push(repeated(member, way))
    names.add(member.name)
    collect(member.value, way, problems)
  }
}

function repeated({ name, nameExtent }: PositionedMember, path: JsonPath): TextProblem {
  return { code: 'duplicate-member', message: `\`${name}\` appears twice in the same object`, extent: nameExtent, path }
}

function checkText(text: string, extent: Extent, path: JsonPath, problems: TextProblem[]): void {
  if (text.isWellFormed()) return
  problems.push({ code: 'lone-surrogate', message: 'text holds half of a surrogate pair, which is no character', extent, path })
}
