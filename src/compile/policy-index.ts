import type { NumberedName, NumberedPolicy, NumberedResource } from './numbered-policy.js'

/** A policy as the way a request goes: effect, class of its action, caller, start of its key, and what is left to be asked. */
export interface PolicyIndex {
  readonly policy: NumberedPolicy
  readonly deny: EffectIndex
  readonly allow: EffectIndex
  readonly bodies: readonly IndexBody[]
}

export interface EffectIndex {
  /** By the action's place in the catalogue: 1 + the place of its class, or 0 if no statement covers it. */
  readonly classOf: readonly number[]
  readonly classes: readonly ClassIndex[]
}

/** Actions about which the statements say the same. */
export interface ClassIndex {
  readonly everyone?: TrieNode
  /** In order of their numbers. */
  readonly principals: readonly { readonly principal: number; readonly node: TrieNode }[]
}

/** A node of a radix trie over object keys; for actions on the bucket there is only the root. */
export interface TrieNode {
  readonly label: string
  readonly rules: readonly IndexRule[]
  /** In order of the first code units of their labels. */
  readonly children: readonly TrieNode[]
}

export interface IndexRule {
  /** What is asked of the key past the node: `any` nothing, `end` that there is nothing more. */
  readonly rest: 'any' | 'end' | NumberedResource
  /** Its place in the list of bodies. */
  readonly body: number
}

/** What is left to be asked of a statement. */
export interface IndexBody {
  readonly statement: number
  /** The statement's actions, where its class does not tell them. */
  readonly actions?: readonly number[]
  /** Where the way there does not tell the caller. */
  readonly principal?: PrincipalTest
  readonly conditions: readonly number[]
}

export interface PrincipalTest {
  readonly test: 'listed' | 'not-listed' | 'not-spared'
  readonly names: readonly NumberedName[]
}
