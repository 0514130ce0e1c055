import { type Expression, textOf } from './block.js'
import { childOf, type SyntaxNode } from './syntax.js'

/** `.name`, `["name"]` or `[0]` */
export interface Step {
  readonly name: string
  /** Whether it stands in brackets. */
  readonly isIndex: boolean
}

/** A name and what follows it: `aws_s3_bucket.logs[0].arn`. */
export interface Reference {
  readonly root: string
  readonly steps: readonly Step[]
}

/** The reference that an expression is, or undefined; also if one of its steps is computed (`[each.key]`, `[*]`). */
export function referenceOf({ node, file }: Expression): Reference | undefined {
  const [head, ...rest] = node.children
  if (node.type !== 'expression' || head?.type !== 'variable_expr') return undefined
  const steps: Step[] = []
  for (const child of rest) {
    const step = stepOf(child, file.text)
    if (step === undefined) return undefined
    steps.push(step)
  }
  return { root: textOf(head, file), steps }
}

function stepOf(node: SyntaxNode, text: string): Step | undefined {
  const inner = node.type === 'get_attr' ? childOf(node, 'identifier') : node.type === 'index' ? literalIndex(node) : undefined
  if (inner === undefined) return undefined
  const name = text.slice(inner.start, inner.end)
  return { name: inner.type === 'string_lit' ? name.slice(1, -1) : name, isIndex: node.type === 'index' }
}

function literalIndex(node: SyntaxNode): SyntaxNode | undefined {
  let at: SyntaxNode | undefined = node
  while (at !== undefined && at.type !== 'string_lit' && at.type !== 'numeric_lit')
    at = at.children.length === 1 ? at.children[0] : undefined
  return at
}

/** A reference's name without the brackets: what follows `aws_s3_bucket.logs`. */
export function splitResource({
  root,
  steps,
}: Reference): { readonly address: string; readonly attribute: string; readonly instance: string } | undefined {
  const all = root === 'data' ? steps.slice(1) : steps
  const [label, ...rest] = all
  const type = root === 'data' ? `data.${steps[0]?.name}` : root
  if (label === undefined || label.isIndex) return undefined
  const index = rest[0]?.isIndex === true ? rest[0] : undefined
  const [attribute, ...more] = index === undefined ? rest : rest.slice(1)
  if (attribute === undefined || more.length > 0) return undefined
  const address = `${type}.${label.name}`
  return { address, attribute: attribute.name, instance: index === undefined ? address : `${address}[${index.name}]` }
}
