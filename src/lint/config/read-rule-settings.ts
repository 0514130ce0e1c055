import { plainValueOf } from '../../policy/positioned-value.js'
import { memberNode, type Node, type ShapeReader } from '../../policy/shape-reader.js'
import { type GivenOptions, type Level, levels, type RuleSetting } from './config.js'
import { readChoice } from './read-member.js'

/** What is said of each rule: `"<id>": "off"`, or `"<id>": ["error", { … }]`. */
export function readRuleSettings(reader: ShapeReader, node: Node | undefined): readonly RuleSetting[] {
  const object = node && reader.anyObject(node, 'rules')
  if (node === undefined || object === undefined) return []
  return object.members.flatMap((member) => {
    const at = memberNode(node, member)
    const setting = readSetting(reader, at)
    return setting === undefined ? [] : { ...setting, id: member.name, location: reader.locate(member.nameExtent, at) }
  })
}

interface Setting {
  readonly level: Level
  readonly options?: GivenOptions
}

function readSetting(reader: ShapeReader, node: Node): Setting | undefined {
  const what = "a rule's severity"
  if (node.value.kind !== 'array') {
    const level = readChoice(reader, node, what, levels)
    return level && { level }
  }
  const [first, second, third] = reader.list(node)
  if (first === undefined || third !== undefined) {
    reader.report('invalid-value', node, 'a list of a severity and options has one or two entries', 'such as ["warning", { … }]')
    return undefined
  }
  const level = readChoice(reader, first, what, levels)
  const options = second && readOptions(reader, second)
  return level && { level, ...(options !== undefined && { options }) }
}

function readOptions(reader: ShapeReader, node: Node): GivenOptions | undefined {
  const object = reader.anyObject(node, "a rule's options")
  return (
    object && {
      value: plainValueOf(object) as Record<string, unknown>,
      locate: (path) => reader.locationOf(path.reduce((at, step) => nodeBelow(reader, at, step), node)),
    }
  )
}

/** The node one step below, or the node itself if there is none. */
function nodeBelow(reader: ShapeReader, node: Node, step: string | number): Node {
  const { value } = node
  if (value.kind === 'array') return reader.list(node)[Number(step)] ?? node
  const member = value.kind === 'object' ? value.members.find(({ name }) => name === step) : undefined
  return member === undefined ? node : memberNode(node, member)
}
