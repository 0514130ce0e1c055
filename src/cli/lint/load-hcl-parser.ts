import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Node } from 'web-tree-sitter'
import type { HclParser, SyntaxNode } from '../../sources/terraform/syntax.js'
import { InputError } from '../exit-code.js'

/** What reading Terraform needs besides; both are optional, as few need it. */
export const hclPackages = ['web-tree-sitter', '@tree-sitter-grammars/tree-sitter-hcl'] as const

/** Deeper trees are cut: no stack is deep enough for what hostile files hold. */
const MAX_DEPTH = 600

/** The parser of HCL. @throws InputError if one of its packages is not installed */
export async function loadHclParser(): Promise<HclParser> {
  const { parser } = await load().catch((error: unknown) => {
    const packages = hclPackages.join(' ')
    const cause = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new InputError(`reading Terraform needs two more packages: run \`npm install ${packages}\` (${cause})`)
  })
  return (text) => {
    const tree = parser.parse(text)
    if (tree === null) return { type: 'ERROR', start: 0, end: text.length, hasError: true, isMissing: false, children: [] }
    try {
      return copyOf(tree.rootNode, 0)
    } finally {
      // The tree is in the memory of WebAssembly, which nobody else frees.
      tree.delete()
    }
  }
}

async function load() {
  const { Language, Parser } = await import('web-tree-sitter')
  await Parser.init()
  const grammar = createRequire(import.meta.url).resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm')
  const parser = new Parser()
  parser.setLanguage(await Language.load(readFileSync(grammar)))
  return { parser }
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
