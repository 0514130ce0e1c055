import type { Draft } from '../policy/draft.js'
import type { IndexRule, TrieNode } from './policy-index.js'

interface Entry {
  readonly prefix: string
  readonly rule: IndexRule
}

/** A node under which there may be more to come. */
interface OpenNode {
  /** A text that starts with the way to the node. */
  readonly text: string
  /** How long the way is. */
  readonly depth: number
  readonly node: Draft<TrieNode> & { readonly rules: IndexRule[]; readonly children: TrieNode[] }
}

/** Builds a radix trie: nodes of one child and no rules do not exist, except at the root. */
export class TrieBuilder {
  private readonly entries: Entry[] = []

  /** Adds a rule for the keys that start with `prefix`. */
  add(prefix: string, rule: IndexRule): void {
    this.entries.push({ prefix, rule })
  }

  /** The trie, or undefined if nothing was added. In order, prefixes are the trie's nodes from left to right. */
  build(): TrieNode | undefined {
    const { entries } = this
    if (entries.length === 0) return undefined
    if (entries.length > 1) entries.sort(comparePrefixes)
    const root = openNode('', 0, [])
    const open = [root]
    let previous = ''
    for (const { prefix, rule } of entries) {
      const shared = sharedLength(previous, prefix)
      closeBelow(open, shared)
      if (prefix.length > shared) open.push(openNode(prefix, prefix.length, [rule]))
      else open[open.length - 1]?.node.rules.push(rule)
      previous = prefix
    }
    closeBelow(open, 0)
    return root.node
  }
}

/** In order of code units; rules of one prefix stay in the order in which they came. */
function comparePrefixes(a: Entry, b: Entry): number {
  return a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : 0
}

function openNode(text: string, depth: number, rules: IndexRule[]): OpenNode {
  return { text, depth, node: { label: '', rules, children: [] } }
}

/** Closes the nodes deeper than `depth`, and opens one there if a label passes it. */
function closeBelow(open: OpenNode[], depth: number): void {
  for (let last = open[open.length - 1]; last !== undefined && last.depth > depth; last = open[open.length - 1]) {
    open.pop()
    if ((open[open.length - 1] as OpenNode).depth < depth) open.push(openNode(last.text, depth, []))
    const parent = open[open.length - 1] as OpenNode
    last.node.label = last.text.slice(parent.depth, last.depth)
    parent.node.children.push(last.node)
  }
}

/** How many code units the texts start with in common. */
function sharedLength(a: string, b: string): number {
  const limit = Math.min(a.length, b.length)
  let length = 0
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length++
  return length
}
