import { actions } from '../catalog/actions.js'
import type { Effect } from '../policy/ast.js'
import type { Draft } from '../policy/draft.js'
import { MOST_CLASSES } from '../program/layout.js'
import { type ActionClass, type ActionGroup, classesOf, coarseClasses, groupByActions, type ResourceKind } from './action-classes.js'
import type { NumberedPolicy, NumberedResource, NumberedStatement } from './numbered-policy.js'
import type { ClassIndex, EffectIndex, IndexBody, IndexRule, PolicyIndex, PrincipalTest, TrieNode } from './policy-index.js'
import { TrieBuilder } from './trie.js'

/** The fourth stage: the way from a request to the statements that may decide it. */
export function indexPolicy(policy: NumberedPolicy): PolicyIndex {
  const bodies: IndexBody[] = []
  return { policy, deny: indexEffect(policy, 'Deny', bodies), allow: indexEffect(policy, 'Allow', bodies), bodies }
}

function indexEffect(policy: NumberedPolicy, effect: Effect, bodies: IndexBody[]): EffectIndex {
  const groups = groupByActions(policy.statements.filter((statement) => statement.effect === effect))
  const exact = classesOf(groups)
  const coarse = isAffordable(exact, groups) ? undefined : coarseClasses(groups)
  const classes = coarse ?? exact
  const builder = new ClassBuilder(bodies, coarse !== undefined)
  const classOf = new Array<number>(actions.length).fill(0)
  for (const [index, { members }] of classes.entries()) {
    for (const action of members) classOf[action] = index + 1
  }
  return { classOf, classes: classes.map(({ kind, groups }) => builder.build(kind, groups)) }
}

/**
 * How much larger than its policy the index may get, in rules. A statement stands in it once for each class of actions that it covers: where
 * classes multiply (many statements, each with actions of its own), every statement stands there once for each kind of resource instead, and
 * tells its actions itself. Small policies may have some more.
 */
const MOST_COPIES = 12
const FREE_RULES = 1000

function isAffordable(classes: readonly ActionClass[], groups: readonly ActionGroup[]): boolean {
  const rulesOf = (list: readonly ActionGroup[], kind: ResourceKind) =>
    list.reduce((sum, { statements }) => statements.reduce((own, statement) => own + ruleCount(statement, kind), sum), 0)
  const copies = classes.reduce((sum, { kind, groups: own }) => sum + rulesOf(own, kind), 0)
  const once = rulesOf(groups, 'bucket') + rulesOf(groups, 'object')
  return classes.length <= MOST_CLASSES && copies <= MOST_COPIES * once + FREE_RULES
}

/** The rules of a statement in one class: one for each of its resources in each of its callers' tries. */
function ruleCount(statement: NumberedStatement, kind: ResourceKind): number {
  const resources = resourcesOf(statement, kind).length
  const { principal } = statement
  return principal.kind === 'listed' && isMultiplied(principal.principals.length, resources)
    ? resources * principal.principals.length
    : resources
}

function resourcesOf({ onBucket, onObjects }: NumberedStatement, kind: ResourceKind): readonly NumberedResource[] {
  return kind === 'bucket' ? onBucket : onObjects
}

/**
 * Whether a list of principals times a list of resources is worth its place in the index. Else the statement stands with everyone, and tells
 * its principals itself.
 */
function isMultiplied(principals: number, resources: number): boolean {
  return principals * resources <= MOST_PAIRS || Math.min(principals, resources) <= FEW
}

const MOST_PAIRS = 64
const FEW = 4

class ClassBuilder {
  private readonly bodyNumbers = new Map<number, number>()
  private readonly places = new Map<NumberedResource, Place>()

  constructor(
    private readonly bodies: IndexBody[],
    private readonly testsActions: boolean,
  ) {}

  build(kind: ResourceKind, groups: readonly ActionGroup[]): ClassIndex {
    const everyone = new TrieBuilder()
    const principals = new Map<number, TrieBuilder>()
    for (const { statements } of groups) {
      for (const statement of statements) this.add(statement, resourcesOf(statement, kind), everyone, principals)
    }
    const nodes: { principal: number; node: TrieNode }[] = []
    for (const [principal, trie] of principals) {
      const node = trie.build()
      if (node !== undefined) nodes.push({ principal, node })
    }
    nodes.sort((a, b) => a.principal - b.principal)
    const root = everyone.build()
    return root === undefined ? { principals: nodes } : { everyone: root, principals: nodes }
  }

  private add(
    statement: NumberedStatement,
    resources: readonly NumberedResource[],
    everyone: TrieBuilder,
    principals: Map<number, TrieBuilder>,
  ): void {
    const { principal, effect } = statement
    const test = this.principalTest(statement, resources.length)
    for (const resource of resources) {
      const { prefix, rest } = this.placeOf(resource, effect)
      const rule: IndexRule = { rest, body: this.bodyOf(statement, test) }
      if (principal.kind !== 'listed' || test !== undefined) everyone.add(prefix, rule)
      else for (const number of principal.principals) trieOf(principals, number).add(prefix, rule)
    }
  }

  private principalTest({ principal }: NumberedStatement, resources: number): PrincipalTest | undefined {
    if (principal.kind === 'everyone') return undefined
    if (principal.kind === 'tested') return principal
    if (isMultiplied(principal.principals.length, resources)) return undefined
    return { test: 'listed', names: principal.names }
  }

  /** A resource is placed once: what is left of it is one in all classes. */
  private placeOf(resource: NumberedResource, effect: Effect): Place {
    const known = this.places.get(resource)
    if (known !== undefined) return known
    const place = placeOf(resource, effect)
    this.places.set(resource, place)
    return place
  }

  private bodyOf({ index, actions: own, conditions }: NumberedStatement, principal: PrincipalTest | undefined): number {
    const identity = 2 * index + (principal === undefined ? 0 : 1)
    const known = this.bodyNumbers.get(identity)
    if (known !== undefined) return known
    const body: Draft<IndexBody> = { statement: index, conditions }
    if (this.testsActions) body.actions = own
    if (principal !== undefined) body.principal = principal
    this.bodies.push(body)
    this.bodyNumbers.set(identity, this.bodies.length - 1)
    return this.bodies.length - 1
  }
}

function trieOf(tries: Map<number, TrieBuilder>, principal: number): TrieBuilder {
  const known = tries.get(principal)
  if (known !== undefined) return known
  const trie = new TrieBuilder()
  tries.set(principal, trie)
  return trie
}

interface Place {
  readonly prefix: string
  readonly rest: IndexRule['rest']
}

/**
 * Where in the trie a resource stands, and what is left of it there. What may be unknown for a Deny stands at the root: while a variable is
 * not known, it applies to every key.
 */
function placeOf(resource: NumberedResource, effect: Effect): Place {
  if (resource.kind === 'any') return { prefix: '', rest: 'any' }
  if (resource.kind === 'pattern') {
    const first = resource.pattern[0]
    const prefix = first?.kind === 'text' ? first.text : ''
    const left = first?.kind === 'text' ? resource.pattern.slice(1) : resource.pattern
    if (left.length === 0) return { prefix, rest: 'end' }
    return { prefix, rest: left.length === 1 && left[0]?.kind === 'any' ? 'any' : { kind: 'pattern', pattern: left } }
  }
  if (resource.kind === 'template' && effect === 'Allow' && resource.subject === 'rest' && resource.patterns.length === 1) {
    const [first, ...others] = resource.patterns[0] ?? []
    if (first?.kind === 'text') return { prefix: first.text, rest: { ...resource, patterns: [others] } }
  }
  return { prefix: '', rest: resource }
}
