import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Node, Parser } from 'web-tree-sitter'
import type { HclParser, SyntaxNode } from '../../sources/terraform/syntax.js'

/** What reading Terraform needs besides; both are optional, as few need it. */
export const hclPackages = ['web-tree-sitter', '@tree-sitter-grammars/tree-sitter-hcl'] as const

/** Deeper trees are cut: no stack is deep enough for what hostile files hold. */
const MAX_DEPTH = 600

/** The parser of HCL, or why there is none. */
export type LoadedHclParser =
  | { readonly kind: 'parser'; readonly parse: HclParser }
  | { readonly kind: 'missing'; readonly message: string; readonly help: string }

/** The parser, if its packages are installed. */
export async function loadHclParser(): Promise<LoadedHclParser> {
  let parser: Parser
  try {
    parser = await load()
  } catch (error) {
    const cause = isNotInstalled(error) ? '' : `: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
    return { kind: 'missing', message: `reading Terraform needs two more packages${cause}`, help: `npm install ${hclPackages.join(' ')}` }
  }
  return {
    kind: 'parser',
    parse(text) {
      const tree = parser.parse(text)
      if (tree === null) return { type: 'ERROR', start: 0, end: text.length, hasError: true, isMissing: false, children: [] }
      try {
        return copyOf(tree.rootNode, 0)
      } finally {
        // The tree is in the memory of WebAssembly, which nobody else frees.
        tree.delete()
      }
    },
  }
}

function isNotInstalled(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
}

async function load(): Promise<Parser> {
  const { Language, Parser: Hcl } = await import('web-tree-sitter')
  await Hcl.init()
  const grammar = createRequire(import.meta.url).resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm')
  const parser = new Hcl()
  parser.setLanguage(await Language.load(readFileSync(grammar)))
  return parser
}

function copyOf(node: Node, depth: number): SyntaxNode {
  const { type, startIndex: start, endIndex: end, hasError, isMissing } = node
  if (depth === MAX_DEPTH) return { type: 'ERROR', start, end, hasError: true, isMissing, children: [] }
  const children = node.children
    .filter((child) => child.isNamed || child.isMissing || child.isError)
    .map((child) => copyOf(child, depth + 1))
  const isCut = children.some((child) => child.hasError)
  return { type, start, end, hasError: hasError || isCut, isMissing, children }
}
