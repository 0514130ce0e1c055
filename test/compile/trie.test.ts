import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TrieNode } from '../../src/compile/policy-index.js'
import { TrieBuilder } from '../../src/compile/trie.js'

/** The trie of the prefixes; the rule of each has its place for a body. */
function trieOf(prefixes: readonly string[]): TrieNode | undefined {
  const builder = new TrieBuilder()
  for (const [body, prefix] of prefixes.entries()) builder.add(prefix, { rest: 'any', body })
  return builder.build()
}

/** The bodies along a key, as a program's search would meet them. */
function bodiesAlong(root: TrieNode | undefined, key: string): readonly number[] {
  const bodies: number[] = []
  let node = root
  let at = 0
  while (node !== undefined && key.startsWith(node.label, at)) {
    at += node.label.length
    bodies.push(...node.rules.map(({ body }) => body))
    const { children } = node
    node = children.find(({ label }) => label.charCodeAt(0) === key.charCodeAt(at))
  }
  return bodies
}

function nodesOf(root: TrieNode | undefined): readonly TrieNode[] {
  const nodes = root === undefined ? [] : [root]
  for (const node of nodes) nodes.push(...node.children)
  return nodes
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '😀', '\ud83d'), maxLength: 6 })
const prefixes = fc.array(text, { maxLength: 12 })

test('the rules found along a key are those whose prefix starts the key, shorter prefixes first, in the order in which they came', () => {
  fc.assert(
    fc.property(prefixes, text, (list, key) => {
      const expected = [...list.keys()]
        .filter((body) => key.startsWith(list[body] as string))
        .sort((a, b) => (list[a] as string).length - (list[b] as string).length)
      expect(bodiesAlong(trieOf(list), key)).toEqual(expected)
    }),
    { numRuns: 2_000 },
  )
})

test('children stand in order of their first units, no label but the root’s is empty, and no node but the root is idle', () => {
  fc.assert(
    fc.property(prefixes, (list) => {
      const [root, ...others] = nodesOf(trieOf(list))
      expect(root?.label ?? '').toBe('')
      for (const { label, rules, children } of others) expect(label !== '' && (rules.length > 0 || children.length > 1)).toBe(true)
      for (const { children } of nodesOf(root)) {
        const units = children.map(({ label }) => label.charCodeAt(0))
        expect(units).toEqual([...new Set(units)].sort((a, b) => a - b))
      }
    }),
    { numRuns: 1_000 },
  )
})

test('no rules, no trie', () => {
  expect(trieOf([])).toBeUndefined()
})

test('however deep prefixes nest, every one is a node', () => {
  const nested = Array.from({ length: 5_000 }, (_, length) => 'a'.repeat(length))
  expect(nodesOf(trieOf(nested))).toHaveLength(5_000)
})
