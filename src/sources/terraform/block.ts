import type { Extent } from '../../policy/positioned-value.js'
import type { SourceFile } from '../found.js'
import { childOf, childrenOf, type SyntaxNode } from './syntax.js'

/** An expression and the file it stands in. */
export interface Expression {
  readonly node: SyntaxNode
  readonly file: SourceFile
}

export interface Attribute {
  readonly name: string
  readonly nameExtent: Extent
  readonly value: Expression
}

/** `resource "aws_s3_bucket" "logs" { … }` */
export interface Block {
  readonly type: string
  readonly labels: readonly string[]
  readonly file: SourceFile
  /** From the type up to the closing brace. */
  readonly extent: Extent
  /** The type and the labels. */
  readonly head: Extent
  readonly attributes: ReadonlyMap<string, Attribute>
  readonly blocks: readonly Block[]
  /** Whether something in it could not be read. */
  readonly hasError: boolean
}

/** The blocks of a body, those nested in them included. */
export function readBlocks(body: SyntaxNode, file: SourceFile): readonly Block[] {
  return childrenOf(body, 'block').map((node) => readBlock(node, file))
}

function readBlock(node: SyntaxNode, file: SourceFile): Block {
  const [name, ...rest] = node.children
  const labels = rest.filter(({ type }) => type === 'string_lit' || type === 'identifier')
  const body = childOf(node, 'body')
  const attributes = body === undefined ? [] : childrenOf(body, 'attribute').flatMap((attribute) => readAttribute(attribute, file))
  return {
    type: name === undefined ? '' : textOf(name, file),
    labels: labels.map((label) => labelOf(label, file)),
    file,
    extent: { start: node.start, end: node.end },
    head: { start: node.start, end: (labels.at(-1) ?? name ?? node).end },
    attributes: new Map(attributes.map((attribute) => [attribute.name, attribute])),
    blocks: body === undefined ? [] : readBlocks(body, file),
    hasError: node.hasError,
  }
}

function readAttribute(node: SyntaxNode, file: SourceFile): Attribute[] {
  const name = childOf(node, 'identifier')
  const value = childOf(node, 'expression')
  if (name === undefined || value === undefined) return []
  return [{ name: textOf(name, file), nameExtent: { start: name.start, end: name.end }, value: { node: value, file } }]
}

/** A label has no templates, and nobody escapes anything in one. */
function labelOf(label: SyntaxNode, file: SourceFile): string {
  const text = textOf(label, file)
  return label.type === 'string_lit' ? text.slice(1, -1) : text
}

/** The source text of a node. */
export function textOf({ start, end }: Extent, file: SourceFile): string {
  return file.text.slice(start, end)
}
