/**
 * A node of a syntax tree of HCL. Types are those of tree-sitter's grammar (`attribute`, `block`, `template_interpolation`). Offsets count
 * UTF-16 code units.
 */
export interface SyntaxNode {
  readonly type: string
  readonly start: number
  readonly end: number
  /** Whether something in it could not be read: a node of type `ERROR`, or one that is missing. */
  readonly hasError: boolean
  readonly isMissing: boolean
  /** Without brackets, commas and other signs, unless one is missing. */
  readonly children: readonly SyntaxNode[]
}

/** Reads the text of a file. Never throws. */
export type HclParser = (text: string) => SyntaxNode

export function childOf(node: SyntaxNode, type: string): SyntaxNode | undefined {
  return node.children.find((child) => child.type === type)
}

export function childrenOf(node: SyntaxNode, type: string): readonly SyntaxNode[] {
  return node.children.filter((child) => child.type === type)
}

/** The first place that could not be read. */
export function firstError(node: SyntaxNode): SyntaxNode {
  let at = node
  for (;;) {
    const next = at.children.find(({ hasError }) => hasError)
    if (next === undefined || at.type === 'ERROR') return at
    at = next
  }
}
