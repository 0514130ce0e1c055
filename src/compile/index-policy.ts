import { actions } from '../catalog/actions.js'
import type { Effect } from '../policy/ast.js'
import { MOST_CLASSES } from '../program/layout.js'
import type { NumberedPolicy, NumberedResource, NumberedStatement } from './numbered-policy.js'
import type { ClassIndex, EffectIndex, IndexBody, IndexRule, PolicyIndex, PrincipalTest } from './policy-index.js'
import { TrieBuilder } from './trie.js'

/** The fourth stage: the way from a request to the statements that may decide it. */
export function indexPolicy(policy: NumberedPolicy): PolicyIndex {
  const bodies: IndexBody[] = []
  return { policy, deny: indexEffect(policy, 'Deny', bodies), allow: indexEffect(policy, 'Allow', bodies), bodies }
}

/** Statements with one set of actions. */
interface ActionGroup {
  readonly actions: readonly number[]
  readonly statements: NumberedStatement[]
}

function indexEffect(policy: NumberedPolicy, effect: Effect, bodies: IndexBody[]): EffectIndex {
  const groups = groupByActions(policy.statements.filter((statement) => statement.effect === effect))
  const exact = classesOf(groups)
  const coarse = isAffordable(exact, groups) ? undefined : coarseClasses(groups)
  const classes = coarse ?? exact
  const builder = new ClassBuilder(policy, bodies, coarse !== undefined)
  const classOf = new Array<number>(actions.length).fill(0)
  for (const [index, { members }] of classes.entries()) {
    for (const action of members) classOf[action] = index + 1
  }
  return { classOf, classes: classes.map(({ kind, groups }) => builder.build(kind, groups)) }
}

function groupByActions(statements: readonly NumberedStatement[]): readonly ActionGroup[] {
  const groups = new Map<string, ActionGroup>()
  for (const statement of statements) {
    const own = actionsWithResource(statement)
    const identity = own.join(' ')
    const group = groups.get(identity) ?? { actions: own, statements: [] }
    groups.set(identity, group)
    group.statements.push(statement)
  }
  return [...groups.values()]
}

/** An action on objects of a statement whose resources are all buckets is about nothing, and the reverse. */
function actionsWithResource(statement: NumberedStatement): readonly number[] {
  return statement.actions.filter((action) => resourcesOf(statement, kindOf(action)).length > 0)
}

type ResourceKind = 'bucket' | 'object'

/** Actions of one kind that the same groups cover. */
interface ActionClass {
  readonly kind: ResourceKind
  readonly members: number[]
  readonly groups: readonly ActionGroup[]
}

function classesOf(groups: readonly ActionGroup[]): readonly ActionClass[] {
  const covering = new Map<number, ActionGroup[]>()
  for (const group of groups) {
    for (const action of group.actions) {
      const own = covering.get(action) ?? []
      covering.set(action, own)
      own.push(group)
    }
  }
  const numbers = new Map(groups.map((group, index) => [group, index]))
  const classes = new Map<string, ActionClass>()
  for (const [action, own] of covering) {
    const kind = kindOf(action)
    const identity = `${kind} ${own.map((group) => numbers.get(group)).join(' ')}`
    const known = classes.get(identity) ?? { kind, members: [], groups: own }
    classes.set(identity, known)
    known.members.push(action)
  }
  return [...classes.values()]
}

/** One class a kind of resource; each statement tells its actions itself. */
function coarseClasses(groups: readonly ActionGroup[]): readonly ActionClass[] {
  const covered = [...new Set(groups.flatMap((group) => group.actions))]
  return (['bucket', 'object'] as const).flatMap((kind) => {
    const members = covered.filter((action) => kindOf(action) === kind)
    return members.length === 0 ? [] : [{ kind, members, groups }]
  })
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

function kindOf(action: number): ResourceKind {
  return actions[action]?.kind === 'bucket' ? 'bucket' : 'object'
}

class ClassBuilder {
  private readonly bodyNumbers = new Map<string, number>()
  private readonly places = new Map<NumberedResource, Place>()

  constructor(
    private readonly policy: NumberedPolicy,
    private readonly bodies: IndexBody[],
    private readonly testsActions: boolean,
  ) {}

  build(kind: ResourceKind, groups: readonly ActionGroup[]): ClassIndex {
    const everyone = new TrieBuilder()
    const principals = new Map<number, TrieBuilder>()
    for (const statement of groups.flatMap(({ statements }) => statements)) {
      const resources = resourcesOf(statement, kind)
      const test = this.principalTest(statement, resources.length)
      const tries =
        statement.principal.kind === 'listed' && test === undefined
          ? statement.principal.principals.map((number) => trieOf(principals, number))
          : [everyone]
      for (const resource of resources) {
        const { prefix, rest } = this.placeOf(resource, statement.effect)
        const rule: IndexRule = { rest, body: this.bodyOf(statement, test) }
        for (const trie of tries) trie.add(prefix, rule)
      }
    }
    const root = everyone.build()
    const nodes = [...principals].map(([principal, trie]) => ({ principal, node: trie.build() }))
    return {
      ...(root !== undefined && { everyone: root }),
      principals: nodes
        .flatMap(({ principal, node }) => (node === undefined ? [] : [{ principal, node }]))
        .sort((a, b) => a.principal - b.principal),
    }
  }

  private principalTest({ principal }: NumberedStatement, resources: number): PrincipalTest | undefined {
    if (principal.kind === 'everyone') return undefined
    if (principal.kind === 'tested') return principal
    if (isMultiplied(principal.principals.length, resources)) return undefined
    return { test: 'listed', names: principal.principals.flatMap((number) => this.policy.principals[number - 1] ?? []) }
  }

  /** A resource is placed once: what is left of it is one in all classes. */
  private placeOf(resource: NumberedResource, effect: Effect): Place {
    const place = this.places.get(resource) ?? placeOf(resource, effect)
    this.places.set(resource, place)
    return place
  }

  private bodyOf({ index, actions: own, conditions }: NumberedStatement, principal: PrincipalTest | undefined): number {
    const identity = `${index} ${principal !== undefined}`
    const known = this.bodyNumbers.get(identity)
    if (known !== undefined) return known
    this.bodies.push({ statement: index, conditions, ...(this.testsActions && { actions: own }), ...(principal && { principal }) })
    this.bodyNumbers.set(identity, this.bodies.length - 1)
    return this.bodies.length - 1
  }
}

function trieOf(tries: Map<number, TrieBuilder>, principal: number): TrieBuilder {
  const known = tries.get(principal) ?? new TrieBuilder()
  tries.set(principal, known)
  return known
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
    const [first, ...others] = resource.pattern
    const prefix = first?.kind === 'text' ? first.text : ''
    const left = first?.kind === 'text' ? others : resource.pattern
    if (left.length === 0) return { prefix, rest: 'end' }
    return { prefix, rest: left.length === 1 && left[0]?.kind === 'any' ? 'any' : { kind: 'pattern', pattern: left } }
  }
  if (resource.kind === 'template' && effect === 'Allow' && resource.subject === 'rest' && resource.patterns.length === 1) {
    const [first, ...others] = resource.patterns[0] ?? []
    if (first?.kind === 'text') return { prefix: first.text, rest: { ...resource, patterns: [others] } }
  }
  return { prefix: '', rest: resource }
}
