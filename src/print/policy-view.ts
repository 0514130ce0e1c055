import { actions } from '../catalog/actions.js'
import * as layout from '../program/layout.js'
import type { PolicyProgram } from '../program/policy-program.js'
import { afterText, readText } from '../tables/packed-text.js'
import { describeBody, describeRest } from './describe.js'

/** A policy's program, read back from its words as the tree that a request walks down. */
export interface PolicyView {
  readonly effects: readonly EffectView[]
}

export interface EffectView {
  readonly effect: 'Deny' | 'Allow'
  readonly classes: readonly ClassView[]
}

export interface ClassView {
  readonly kind: 'bucket' | 'object'
  /** Names from the catalogue. */
  readonly actions: readonly string[]
  /** Whether these are all actions of their kind. */
  readonly isAll: boolean
  readonly callers: readonly CallerView[]
}

export interface CallerView {
  /** `everyone`, or what the index finds the caller by. */
  readonly caller: string
  readonly node: NodeView
}

/** A node of the trie over object keys. */
export interface NodeView {
  /** What keys start with from here on, from their beginning. */
  readonly prefix: string
  readonly rules: readonly RuleView[]
  readonly children: readonly NodeView[]
}

export interface RuleView {
  /** The keys that it is about; empty for the bucket itself. */
  readonly keys: string
  readonly statement: number
  readonly sid?: string
  /** What is still asked: the caller, the action, each condition. */
  readonly tests: readonly string[]
}

/** Reads a program back: what is shown is what decides. */
export function viewPolicy(p: PolicyProgram): PolicyView {
  return {
    effects: (['Deny', 'Allow'] as const).map((effect, number) => ({ effect, classes: classesOf(p, number) })),
  }
}

function classesOf(p: PolicyProgram, effect: number): readonly ClassView[] {
  const members = new Map<number, number[]>()
  for (const action of actions.keys()) {
    const number = classOf(p, effect, action)
    if (number !== 0) members.set(number, [...(members.get(number) ?? []), action])
  }
  const table = p.words[layout.HEADER_CLASSES + effect] as number
  return [...members].map(([number, own]) => {
    const kind = actions[own[0] as number]?.kind === 'bucket' ? 'bucket' : 'object'
    return {
      kind,
      actions: own.map((action) => actions[action]?.name ?? ''),
      isAll: own.length === actions.filter((row) => row.kind === kind).length,
      callers: callersOf(p, p.words[table + number - 1] as number, kind),
    }
  })
}

function classOf({ words }: PolicyProgram, effect: number, action: number): number {
  const word = words[(words[layout.HEADER_ACTIONS + effect] as number) + Math.floor(action / layout.ACTIONS_PER_WORD)] as number
  return (word >>> (8 * (action % layout.ACTIONS_PER_WORD))) & 0xff
}

function callersOf(p: PolicyProgram, found: number, kind: ClassView['kind']): readonly CallerView[] {
  const { words } = p
  const everyone = words[found + layout.CLASS_EVERYONE] as number
  const slots = (words[found + layout.CLASS_MASK] as number) + 1
  const entries = Array.from({ length: slots }, (_, slot) => found + layout.CLASS_SLOTS + 2 * slot)
    .map((at) => [words[at] as number, words[at + 1] as number] as const)
    .filter(([principal]) => principal !== 0)
    .sort(([a], [b]) => a - b)
  return [
    ...(everyone === 0 ? [] : [{ caller: 'everyone', node: nodeOf(p, everyone, kind) }]),
    ...entries.map(([principal, node]) => ({ caller: describePrincipal(p, principal), node: nodeOf(p, node, kind) })),
  ]
}

function describePrincipal({ words, strings }: PolicyProgram, principal: number): string {
  const row = (words[layout.HEADER_PRINCIPALS] as number) + layout.PRINCIPALS_ROWS + (principal - 1) * layout.PRINCIPAL_SIZE
  const text = (member: number) => strings[words[row + member] as number] ?? ''
  switch (words[row + layout.PRINCIPAL_KIND]) {
    case layout.KIND_ACCOUNT:
      return `account ${text(layout.PRINCIPAL_ACCOUNT)}`
    case layout.KIND_ROLE:
      return `sessions of role ${text(layout.PRINCIPAL_NAME)} of account ${text(layout.PRINCIPAL_ACCOUNT)}`
    case layout.KIND_ID:
      return `unique id ${text(layout.PRINCIPAL_TEXT)}`
    case layout.KIND_SERVICE:
      return `service ${text(layout.PRINCIPAL_TEXT)}`
    case layout.KIND_PROVIDER:
      return `identity provider ${text(layout.PRINCIPAL_TEXT)}`
    case layout.KIND_CANONICAL:
      return `canonical user ${text(layout.PRINCIPAL_TEXT)}`
    default:
      return text(layout.PRINCIPAL_TEXT)
  }
}

interface MutableView {
  readonly prefix: string
  readonly rules: readonly RuleView[]
  readonly children: MutableView[]
}

/** Without recursion: policies decide how deep a trie is. */
function nodeOf(p: PolicyProgram, root: number, kind: ClassView['kind']): NodeView {
  const { words } = p
  const top: MutableView[] = []
  const waiting = [{ node: root, before: '', siblings: top }]
  for (const { node, before, siblings } of waiting) {
    const label = node + layout.NODE_LABEL
    const rules = afterText(words, label)
    const children = rules + 2 * (words[node + layout.NODE_RULES] as number)
    const prefix = before + readText(words, label)
    const own: MutableView = { prefix, rules: rulesOf(p, rules, children, prefix, kind), children: [] }
    siblings.push(own)
    for (let i = 0; i < (words[node + layout.NODE_CHILDREN] as number); i++) {
      waiting.push({ node: words[children + 2 * i + 1] as number, before: prefix, siblings: own.children })
    }
  }
  return top[0] as NodeView
}

function rulesOf(p: PolicyProgram, from: number, to: number, prefix: string, kind: ClassView['kind']): readonly RuleView[] {
  const { words, strings } = p
  return Array.from({ length: (to - from) / 2 }, (_, index) => {
    const rest = words[from + 2 * index] as number
    const body = words[from + 2 * index + 1] as number
    const statement = words[body + layout.BODY_STATEMENT] as number
    const row = (words[layout.HEADER_STATEMENTS] as number) + 1 + statement * layout.STATEMENT_SIZE
    const sid = strings[words[row + layout.STATEMENT_SID] as number]
    return {
      keys: describeRest(p, rest, prefix, kind),
      statement,
      ...(sid !== undefined && { sid }),
      tests: describeBody(p, body),
    }
  })
}
