import * as layout from '../program/layout.js'
import { wordsOfActions } from '../program/packed.js'
import type { PolicyProgram } from '../program/policy-program.js'
import { slotOf } from '../program/search.js'
import { packText } from '../tables/packed-text.js'
import { WordWriter } from '../tables/word-writer.js'
import { layOutCondition, layOutResource } from './lay-out-conditions.js'
import type { NumberedName, NumberedPolicy, NumberedResource } from './numbered-policy.js'
import type { ClassIndex, EffectIndex, IndexBody, IndexRule, PolicyIndex, PrincipalTest, TrieNode } from './policy-index.js'

/** The last stage: the index as words, as program/layout.ts describes them. */
export function layOut(index: PolicyIndex): PolicyProgram {
  return { words: new Layout(index).write(), strings: index.policy.strings }
}

const kindCodes: Readonly<Record<NumberedName['kind'], number>> = {
  everyone: layout.KIND_EVERYONE,
  arn: layout.KIND_ARN,
  user: layout.KIND_USER,
  role: layout.KIND_ROLE,
  account: layout.KIND_ACCOUNT,
  id: layout.KIND_ID,
  service: layout.KIND_SERVICE,
  provider: layout.KIND_PROVIDER,
  canonical: layout.KIND_CANONICAL,
  'aws-pattern': layout.KIND_AWS_PATTERN,
  'service-pattern': layout.KIND_SERVICE_PATTERN,
  'provider-pattern': layout.KIND_PROVIDER_PATTERN,
  'canonical-pattern': layout.KIND_CANONICAL_PATTERN,
}

const testCodes: Readonly<Record<PrincipalTest['test'], number>> = {
  listed: layout.LISTED,
  'not-listed': layout.NOT_LISTED,
  'not-spared': layout.NOT_SPARED,
}

class Layout {
  private readonly writer = new WordWriter()
  private readonly actionSets = new Map<string, number>()
  private readonly tests = new Map<NumberedResource, number>()
  private conditions: readonly number[] = []
  /** Where bodies are, by their numbers. */
  private readonly bodies: number[] = []

  constructor(private readonly index: PolicyIndex) {}

  write(): Int32Array {
    const { policy, deny, allow, bodies } = this.index
    this.writer.reserve(layout.HEADER_SIZE)
    const keys = this.keys(policy)
    const principals = this.principals(policy)
    const statements = this.statements(policy)
    this.conditions = policy.conditions.map((condition) => layOutCondition(this.writer, condition))
    const header = new Array<number>(layout.HEADER_SIZE).fill(0)
    for (const [effect, part] of [deny, allow].entries()) {
      header[layout.HEADER_ACTIONS + effect] = this.actionClasses(part)
      header[layout.HEADER_CLASSES + effect] = this.writer.append(part.classes.map((each) => this.actionClass(each)))
    }
    header[layout.HEADER_KEYS] = keys
    header[layout.HEADER_PRINCIPALS] = principals
    header[layout.HEADER_STATEMENTS] = statements
    header[layout.HEADER_FLAGS] = this.flags(policy, bodies)
    this.writer.put(0, header)
    return this.writer.finish()
  }

  private flags({ isPublic, principals }: NumberedPolicy, bodies: readonly IndexBody[]): number {
    const tests = bodies.flatMap(({ principal }) => principal ?? [])
    const names = [...principals, ...tests.flatMap((test) => test.names)]
    const hasCanonicalIds = names.some(({ kind }) => kind === 'canonical' || kind === 'canonical-pattern')
    const testsAccounts = tests.some((test) => test.test === 'listed')
    return (
      (isPublic ? layout.FLAG_PUBLIC : 0) |
      (hasCanonicalIds ? layout.FLAG_CANONICAL_IDS : 0) |
      (testsAccounts ? layout.FLAG_TESTED_ACCOUNTS : 0)
    )
  }

  private keys({ keys }: NumberedPolicy): number {
    const rows = keys.flatMap(({ name, slot, family, derivation, multiValued }) => [name, slot, family, derivation, Number(multiValued)])
    return this.writer.append([keys.length, ...rows])
  }

  private principals({ principals }: NumberedPolicy): number {
    const countOf = (wanted: NumberedName['kind']) => principals.filter(({ kind }) => kind === wanted).length
    const accountsEnd = 1 + countOf('account')
    const rolesEnd = accountsEnd + countOf('role')
    const idsEnd = rolesEnd + countOf('id')
    const at = this.writer.append([accountsEnd, rolesEnd, idsEnd, principals.length + 1])
    for (const principal of principals) this.name(principal)
    // From the last on: users of one name stand together.
    let end = principals.length + 1
    for (let number = principals.length; number > 0; number--) {
      const { kind, name } = principals[number - 1] as NumberedName
      const after = principals[number]
      if (after?.kind !== kind || after.name !== name) end = number + 1
      const row = at + layout.PRINCIPALS_ROWS + (number - 1) * layout.PRINCIPAL_SIZE
      this.writer.set(row + layout.PRINCIPAL_END, kind === 'user' ? end : 0)
    }
    return at
  }

  /** The row of a principal. */
  private name({ kind, text, account, name }: NumberedName): void {
    this.writer.append([kindCodes[kind], text, account, name, 0])
  }

  private statements({ statements }: NumberedPolicy): number {
    const at = this.writer.append([statements.length])
    for (const { effect, sid } of statements) this.writer.append([effect === 'Deny' ? layout.DENY : layout.ALLOW, sid])
    return at
  }

  private body({ statement, actions: own, principal, conditions }: IndexBody): number {
    const set = own === undefined ? 0 : this.actionSet(own)
    const test = principal === undefined ? 0 : this.principalTest(principal)
    const at = this.writer.append([statement, set, test, conditions.length])
    for (const condition of conditions) this.writer.append([this.conditions[condition] as number])
    return at
  }

  private actionSet(own: readonly number[]): number {
    const words = wordsOfActions(own)
    const identity = words.join(' ')
    const known = this.actionSets.get(identity)
    if (known !== undefined) return known
    const place = this.writer.append(words)
    this.actionSets.set(identity, place)
    return place
  }

  private principalTest({ test, names }: PrincipalTest): number {
    const at = this.writer.append([testCodes[test], names.length])
    for (const name of names) this.name(name)
    return at
  }

  private actionClasses({ classOf }: EffectIndex): number {
    const words = new Array<number>(Math.ceil(classOf.length / layout.ACTIONS_PER_WORD)).fill(0)
    for (const [action, number] of classOf.entries()) {
      const word = Math.floor(action / layout.ACTIONS_PER_WORD)
      words[word] = (words[word] as number) | (number << (8 * (action % layout.ACTIONS_PER_WORD)))
    }
    return this.writer.append(words)
  }

  private actionClass({ everyone, principals }: ClassIndex): number {
    const slots = principals.length === 0 ? 0 : 2 ** Math.ceil(Math.log2(principals.length * 2))
    const at = this.writer.reserve(layout.CLASS_SLOTS + 2 * slots)
    this.writer.set(at + layout.CLASS_EVERYONE, everyone === undefined ? 0 : this.trie(everyone))
    this.writer.set(at + layout.CLASS_MASK, slots - 1)
    const taken = new Uint8Array(slots)
    for (const { principal, node } of principals) {
      let slot = slotOf(principal, slots - 1)
      while (taken[slot] !== 0) slot = (slot + 1) & (slots - 1)
      taken[slot] = 1
      const place = at + layout.CLASS_SLOTS + 2 * slot
      this.writer.set(place, principal)
      this.writer.set(place + 1, this.trie(node))
    }
    return at
  }

  /** Node by node from the root down, each told to its parent. Without recursion: policies decide how deep a trie is. */
  private trie(root: TrieNode): number {
    const waiting = [{ node: root, entry: 0 }]
    let place = 0
    for (const { node, entry } of waiting) {
      const at = this.writer.end
      if (node === root) place = at
      else this.writer.set(entry, at)
      let next = this.node(node)
      for (const child of node.children) {
        waiting.push({ node: child, entry: next + 1 })
        next += 2
      }
    }
    return place
  }

  /** A node, without the places of its children, which start where it says; and behind it what its rules refer to. */
  private node({ label, rules, children }: TrieNode): number {
    this.writer.append([rules.length, children.length])
    packText(label, this.writer.push)
    const firstRule = this.writer.reserve(2 * rules.length)
    const firstChild = this.writer.end
    for (const child of children) this.writer.append([child.label.charCodeAt(0), 0])
    for (let i = 0; i < rules.length; i++) {
      const rule = rules[i] as IndexRule
      this.writer.set(firstRule + 2 * i, this.rest(rule))
      this.writer.set(firstRule + 2 * i + 1, this.bodyOf(rule.body))
    }
    return firstChild
  }

  /** The place of a body, which is laid out where it is first needed. */
  private bodyOf(number: number): number {
    const place = this.bodies[number] ?? this.body(this.index.bodies[number] as IndexBody)
    this.bodies[number] = place
    return place
  }

  private rest({ rest }: IndexRule): number {
    if (rest === 'any') return layout.REST_ANY
    if (rest === 'end') return layout.REST_END
    // A statement's rule stands in the trie of each of its principals.
    const place = this.tests.get(rest) ?? layOutResource(this.writer, rest)
    this.tests.set(rest, place)
    return place
  }
}
