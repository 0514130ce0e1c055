import type { IndexRule, TrieNode } from './policy-index.js'

interface MutableNode {
  label: string
  rules: IndexRule[]
  children: Map<number, MutableNode>
}

/** Builds a radix trie: nodes of one child and no rules do not exist, except at the root. */
export class TrieBuilder {
  private readonly root: MutableNode = { label: '', rules: [], children: new Map() }

  /** Adds a rule for the keys that start with `prefix`. */
  add(prefix: string, rule: IndexRule): void {
    let node = this.root
    let at = 0
    while (at < prefix.length) {
      const child = node.children.get(prefix.charCodeAt(at))
      if (child === undefined) {
        const leaf = { label: prefix.slice(at), rules: [rule], children: new Map() }
        node.children.set(prefix.charCodeAt(at), leaf)
        return
      }
      const shared = sharedLength(child.label, prefix, at)
      node = shared === child.label.length ? child : split(node, child, shared)
      at += shared
    }
    node.rules.push(rule)
  }

  /** The trie, or undefined if nothing was added. */
  build(): TrieNode | undefined {
    return this.root.rules.length === 0 && this.root.children.size === 0 ? undefined : freeze(this.root)
  }
}

/** How many code units of the label stand in the text at this place. */
function sharedLength(label: string, text: string, at: number): number {
  let length = 0
  while (length < label.length && label.charCodeAt(length) === text.charCodeAt(at + length)) length++
  return length
}

/** Puts a node between parent and child where the child's label is cut. */
function split(parent: MutableNode, child: MutableNode, length: number): MutableNode {
  const upper: MutableNode = {
    label: child.label.slice(0, length),
    rules: [],
    children: new Map([[child.label.charCodeAt(length), child]]),
  }
  parent.children.set(upper.label.charCodeAt(0), upper)
  child.label = child.label.slice(length)
  return upper
}

/** Sorts the children of every node. Without recursion: policies decide how deep a trie is. */
function freeze(root: MutableNode): TrieNode {
  const nodes = [root]
  const frozen = new Map<MutableNode, TrieNode>()
  for (const node of nodes) nodes.push(...node.children.values())
  for (const node of nodes.reverse()) {
    const children = [...node.children].sort(([a], [b]) => a - b).map(([, child]) => frozen.get(child) as TrieNode)
    frozen.set(node, { label: node.label, rules: node.rules, children })
  }
  return frozen.get(root) as TrieNode
}
