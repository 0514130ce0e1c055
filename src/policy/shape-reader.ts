import type { ProblemCode } from '../catalog/problems.js'
import type { Text } from './ast.js'
import type { Help, Location } from './diagnostic.js'
import type { JsonPath } from './json-path.js'
import { Place } from './place.js'
import type { LineTable } from './position.js'
import type { Extent, PositionedMember, PositionedObject, PositionedValue } from './positioned-value.js'
import type { ProblemList } from './problem-list.js'
import { suggest } from './suggestion.js'
import { pathOf, type Trail } from './trail.js'

/** A value and the way to it. */
export interface Node {
  readonly value: PositionedValue
  readonly path: JsonPath
}

/** A node below another: its path is put together when somebody asks for it. */
class NodeBelow implements Node {
  constructor(
    readonly value: PositionedValue,
    readonly trail: Trail,
  ) {}

  get path(): JsonPath {
    return pathOf(this.trail)
  }
}

function trailOf(node: Node): Trail {
  return node instanceof NodeBelow ? node.trail : node.path
}

/** The node of a member of the object at a node. */
export function memberNode(node: Node, { name, value }: PositionedMember): Node {
  return new NodeBelow(value, { above: trailOf(node), name })
}

function itemNode(node: Node, value: PositionedValue, index: number): Node {
  return new NodeBelow(value, { above: trailOf(node), name: index })
}

/** Which members an object may have, and the problem that any other is. */
export interface ObjectShape {
  readonly members: readonly string[]
  readonly unknown: ProblemCode
}

/** Takes values out of a document by their expected shape, and reports whatever does not have it. */
export class ShapeReader {
  constructor(
    private readonly lines: LineTable,
    private readonly problems: ProblemList,
  ) {}

  /** The document has an error already and takes no more problems: the rest of it need not be read. */
  get isDone(): boolean {
    return this.problems.isFull
  }

  /** Where something stands that belongs to a node, such as its name. */
  locate(extent: Extent, node: Node): Location {
    return new Place(this.lines, extent, trailOf(node))
  }

  /** A place in the text that belongs to the document as a whole. */
  locationAt(extent: Extent): Location {
    return new Place(this.lines, extent, [])
  }

  locationOf(node: Node): Location {
    return this.locate(node.value, node)
  }

  report(code: ProblemCode, node: Node, message: string, help?: Help, s3Detail?: string): void {
    if (this.isDone) return
    this.problems.add({ code, location: this.locationOf(node), message, help, ...(s3Detail === undefined ? {} : { s3Detail }) })
  }

  /** Reports a value of the wrong JSON type. */
  reportType(node: Node, what: string, expected: string): void {
    this.report('wrong-type', node, `${what} must be ${expected}, found ${describe(node.value)}`)
  }

  /** The object's members by name, or undefined after reporting. Members outside the shape are reported. */
  object(node: Node, what: string, shape: ObjectShape): ReadonlyMap<string, Node> | undefined {
    const members = this.members(node, what, shape)
    return members && new Map(members.map((member) => [member.name, memberNode(node, member)]))
  }

  /** The object's members in their order, or undefined after reporting. Members outside the shape are reported. */
  members(node: Node, what: string, shape: ObjectShape): readonly PositionedMember[] | undefined {
    const object = this.anyObject(node, what)
    if (object === undefined) return undefined
    const { members } = object
    for (let i = 0; i < members.length; i++) {
      if (this.isDone) return members.slice(0, i)
      const member = members[i] as PositionedMember
      if (!shape.members.includes(member.name)) this.reportUnknown(member, node, what, shape)
    }
    return members
  }

  /** The object, or undefined after reporting; its members may have any name. */
  anyObject(node: Node, what: string): PositionedObject | undefined {
    if (node.value.kind === 'object') return node.value
    this.reportType(node, what, 'an object')
    return undefined
  }

  /** The items of an array; a single value stands for an array of one. */
  list(node: Node): readonly Node[] {
    const { value } = node
    return value.kind === 'array' ? value.items.map((item, index) => itemNode(node, item, index)) : [node]
  }

  /** The items of an array, or undefined after reporting. */
  array(node: Node, what: string): readonly Node[] | undefined {
    if (node.value.kind === 'array') return this.list(node)
    this.reportType(node, what, 'an array')
    return undefined
  }

  text(node: Node, what: string): Text | undefined {
    if (node.value.kind === 'string') return { text: node.value.text, location: this.locationOf(node) }
    this.reportType(node, what, 'text')
    return undefined
  }

  /** The text of a member that must be there and not be empty, or undefined after reporting. */
  requiredText(node: Node, members: ReadonlyMap<string, Node>, name: string): string | undefined {
    const member = members.get(name)
    if (member === undefined) {
      this.report('missing-member', node, `\`${name}\` is missing`)
      return undefined
    }
    return this.nonEmptyText(member, name)
  }

  /** A text of at least one character, or undefined after reporting. */
  nonEmptyText(node: Node, what: string): string | undefined {
    const text = this.text(node, what)?.text
    if (text === '') this.report('invalid-value', node, `${what} must not be empty`)
    return text === '' ? undefined : text
  }

  /** A single text or an array of texts, or undefined after reporting one that is no text. */
  texts(node: Node, what: string): readonly Text[] | undefined {
    return this.each(node, (item) => this.text(item, what))
  }

  /** What is read of each item of an array, or of a single value; undefined if one of them cannot be read. */
  each<Item>(node: Node, read: (item: Node) => Item | undefined): readonly Item[] | undefined {
    const { value } = node
    if (value.kind !== 'array') {
      const item = read(node)
      return item === undefined ? undefined : [item]
    }
    const items = value.items.map((item, index) => read(itemNode(node, item, index)))
    return items.includes(undefined) ? undefined : (items as readonly Item[])
  }

  /** Like `text`, and numbers and booleans count as their text. */
  scalar(node: Node, what: string): Text | undefined {
    const { value } = node
    if (value.kind === 'number') return { text: value.text, location: this.locationOf(node) }
    if (value.kind === 'boolean') return { text: String(value.value), location: this.locationOf(node) }
    if (value.kind === 'string') return { text: value.text, location: this.locationOf(node) }
    this.reportType(node, what, 'text, a number, or a boolean')
    return undefined
  }

  private reportUnknown(member: PositionedMember, node: Node, what: string, shape: ObjectShape): void {
    const { name, nameExtent } = member
    this.problems.add({
      code: shape.unknown,
      location: this.locate(nameExtent, memberNode(node, member)),
      message: `${what} has no member \`${name}\``,
      help: () => suggest(name, shape.members) ?? `its members are ${shape.members.map((member) => `\`${member}\``).join(', ')}`,
    })
  }
}

function describe(value: PositionedValue): string {
  switch (value.kind) {
    case 'object':
      return 'an object'
    case 'array':
      return 'an array'
    case 'string':
      return 'text'
    case 'number':
    case 'boolean':
      return `a ${value.kind}`
    case 'null':
      return 'null'
  }
}
