import type { SourceFile } from '../found.js'
import { type Attribute, type Block, readBlocks } from './block.js'
import { childOf, type SyntaxNode } from './syntax.js'

/** What the files of one folder define. */
export interface Module {
  /** By address, `aws_s3_bucket.logs`; data sources as `data.aws_iam_policy_document.logs`. */
  readonly blocks: ReadonlyMap<string, Block>
  readonly locals: ReadonlyMap<string, Attribute>
  /** In the order of the files. */
  readonly resources: readonly Block[]
}

/** @param trees of the files of one folder */
export function readModule(trees: ReadonlyMap<SourceFile, SyntaxNode>): Module {
  const blocks = new Map<string, Block>()
  const locals = new Map<string, Attribute>()
  const resources: Block[] = []
  for (const [file, tree] of trees) {
    const body = childOf(tree, 'body')
    for (const block of body === undefined ? [] : readBlocks(body, file)) {
      if (block.type === 'locals') for (const [name, attribute] of block.attributes) locals.set(name, attribute)
      else if (block.labels.length === 2) blocks.set(addressOf(block), block)
      if (block.type === 'resource' && block.labels.length === 2) resources.push(block)
    }
  }
  return { blocks, locals, resources }
}

/** `aws_s3_bucket.logs`, `data.aws_iam_policy_document.logs` */
export function addressOf({ type, labels }: Block): string {
  return type === 'resource' ? labels.join('.') : [type, ...labels].join('.')
}
