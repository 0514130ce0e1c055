import { actionNumber } from '../catalog/action-numbers.js'
import { findConditionKey, slotOfKey } from '../catalog/lookup.js'
import { formatOperator } from '../policy/ast.js'
import * as layout from '../program/layout.js'
import { derivations } from '../program/values.js'
import type {
  NormalCondition,
  NormalPolicy,
  NormalPrincipal,
  NormalResource,
  NormalStatement,
  Pattern,
  PrincipalName,
} from './normal-policy.js'
import type {
  NumberedCondition,
  NumberedKey,
  NumberedName,
  NumberedPattern,
  NumberedPolicy,
  NumberedPrincipal,
  NumberedResource,
  NumberedStatement,
  NumberedVariable,
} from './numbered-policy.js'
import { operatorCodes } from './operator-codes.js'
import { variablesOf } from './pattern.js'
import { readOperand } from './read-operand.js'
import { StringPool } from './string-pool.js'

/** The third stage: numbers for strings, condition keys, principals and conditions. */
export function number({ isPublic, statements }: NormalPolicy): NumberedPolicy {
  const numbering = new PolicyNumbering(orderedNames(statements))
  const numbered = statements.map((statement) => numbering.statement(statement))
  return { isPublic, statements: numbered, ...numbering.tables() }
}

/** The kinds of names that are in order; the others are found as they are. */
const order: readonly PrincipalName['kind'][] = ['account', 'role', 'id', 'user']

/** Every listed name once, in the order of their numbers. */
function orderedNames(statements: readonly NormalStatement[]): readonly PrincipalName[] {
  const names = new Map<string, PrincipalName>()
  for (const { principal } of statements) {
    if (principal.kind !== 'listed') continue
    for (const name of principal.names) names.set(identityOf(name), name)
  }
  const all = [...names.values()]
  const ordered = order.flatMap((kind) => all.filter((name) => name.kind === kind).sort(compareNames))
  return [...ordered, ...all.filter(({ kind }) => !order.includes(kind))]
}

/** What a name is found by: two spellings of an account or of a role's name are one principal. The account in an ARN has no colon. */
function identityOf(name: PrincipalName): string {
  switch (name.kind) {
    case 'account':
      return `account:${name.account}`
    case 'user':
    case 'role':
      return `${name.kind}:${name.account}:${name.name}`
    default:
      return `${name.kind}:${name.text}`
  }
}

/** In order of code units, as requests are compared with them. */
function compareNames(a: PrincipalName, b: PrincipalName): number {
  return compare(firstSortKey(a), firstSortKey(b)) || compare(secondSortKey(a), secondSortKey(b))
}

function firstSortKey(name: PrincipalName): string {
  if (name.kind === 'user') return name.name
  return name.kind === 'role' || name.kind === 'account' ? name.account : name.text
}

function secondSortKey(name: PrincipalName): string {
  return name.kind === 'user' ? name.account : name.kind === 'role' ? name.name : ''
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

class PolicyNumbering {
  private readonly pool = new StringPool()
  private readonly keys = new Map<string, NumberedKey>()
  private readonly keyNumbers = new Map<string, number>()
  private readonly conditions: NumberedCondition[] = []
  private readonly conditionNumbers = new Map<string, number>()
  private readonly actionNumbers = new Map<readonly string[], readonly number[]>()
  private readonly principals: ReadonlyMap<string, number>
  private readonly names: readonly NumberedName[]

  constructor(names: readonly PrincipalName[]) {
    this.principals = new Map(names.map((name, index) => [identityOf(name), index + 1]))
    this.names = names.map((name) => this.name(name))
  }

  tables(): Pick<NumberedPolicy, 'strings' | 'keys' | 'principals' | 'conditions'> {
    return {
      strings: this.pool.strings,
      keys: [...this.keys.values()],
      principals: this.names,
      conditions: this.conditions,
    }
  }

  statement({ index, sid, effect, actions, principal, onBucket, onObjects, conditions }: NormalStatement): NumberedStatement {
    return {
      index,
      sid: sid === undefined ? -1 : this.pool.numberOf(sid),
      effect,
      actions: this.actions(actions),
      principal: this.principal(principal),
      onBucket: onBucket.map((resource) => this.resource(resource)),
      onObjects: onObjects.map((resource) => this.resource(resource)),
      conditions: conditions.map((condition) => this.condition(condition)),
    }
  }

  /** Statements with the same list of actions share it here too. */
  private actions(names: readonly string[]): readonly number[] {
    const known = this.actionNumbers.get(names)
    if (known !== undefined) return known
    const numbers = names.map((name) => actionNumber(name) as number)
    this.actionNumbers.set(names, numbers)
    return numbers
  }

  private principal(principal: NormalPrincipal): NumberedPrincipal {
    if (principal.kind === 'everyone') return principal
    const { names } = principal
    const own = names.map((name) => this.name(name))
    if (principal.kind === 'tested') return { kind: 'tested', test: principal.test, names: own }
    const principals = names.map((name) => this.principals.get(identityOf(name)) as number)
    return { kind: 'listed', principals: principals.length < 2 ? principals : [...new Set(principals)], names: own }
  }

  private name(name: PrincipalName): NumberedName {
    return {
      kind: name.kind,
      text: this.pool.numberOf(name.kind === 'account' ? name.account : name.text),
      account: 'account' in name ? this.pool.numberOf(name.account) : -1,
      name: 'name' in name ? this.pool.numberOf(name.name) : -1,
    }
  }

  private resource(resource: NormalResource): NumberedResource {
    switch (resource.kind) {
      case 'pattern':
        return { kind: 'pattern', pattern: this.pattern(resource.pattern) }
      case 'template': {
        const { subject, variables, patterns } = resource
        return {
          kind: 'template',
          subject,
          variables: variables.map((each) => this.variable(each)),
          patterns: patterns.map((each) => this.pattern(each)),
        }
      }
      case 'none-of':
        return { kind: 'none-of', resources: resource.resources.map((each) => this.resource(each)) }
      default:
        return resource
    }
  }

  private pattern(pattern: Pattern): NumberedPattern {
    return pattern.map((element) => (element.kind === 'variable' ? this.variable(element) : element))
  }

  private variable({ key, default: fallback }: { readonly key: string; readonly default?: string }): NumberedVariable {
    return { kind: 'variable', key: this.key(key), default: fallback === undefined ? -1 : this.pool.numberOf(fallback) }
  }

  private condition(condition: NormalCondition): number {
    const identity = conditionIdentity(condition)
    const known = this.conditionNumbers.get(identity)
    if (known !== undefined) return known
    const { operator, prefix, ifExists, key, operands } = condition
    const { family, negated, orders } = operatorCodes[operator]
    const numbering = { string: (text: string) => this.pool.numberOf(text), pattern: (pattern: Pattern) => this.pattern(pattern) }
    this.conditionNumbers.set(identity, this.conditions.length)
    this.conditions.push({
      family,
      orders,
      flags:
        (negated ? layout.FLAG_NEGATED : 0) |
        (ifExists ? layout.FLAG_IF_EXISTS : 0) |
        (prefix === 'ForAllValues' ? layout.FLAG_ALL_VALUES : 0) |
        (prefix === 'ForAnyValue' ? layout.FLAG_ANY_VALUE : 0),
      key: this.key(key),
      operator: this.pool.numberOf(formatOperator({ name: operator, ifExists, ...(prefix && { prefix }) })),
      operands: operands.map((operand) => ({
        text: this.pool.numberOf(operand.text),
        variables: variablesOf(operand.pattern ?? []).map((variable) => this.variable(variable)),
        reading: readOperand(operand, family, numbering),
      })),
    })
    return this.conditions.length - 1
  }

  private key(name: string): number {
    const known = this.keyNumbers.get(name)
    if (known !== undefined) return known
    const slash = name.indexOf('/')
    this.keyNumbers.set(name, this.keys.size)
    this.keys.set(name, {
      name: this.pool.numberOf(name),
      family: slash < 0 ? -1 : this.pool.numberOf(`${name.slice(0, slash + 1)}*`),
      slot: slotOfKey(name),
      derivation: Math.max(0, (derivations as readonly string[]).indexOf(name)),
      multiValued: findConditionKey(name)?.multiValued === true,
    })
    return this.keys.size - 1
  }
}

/** Within one policy, whose Version is one, an operand's text tells its pattern. Lengths keep the texts apart. */
function conditionIdentity({ operator, prefix, ifExists, key, operands }: NormalCondition): string {
  let identity = `${operator},${prefix},${ifExists},${key.length},${key}`
  for (const { text } of operands) identity += `${text.length},${text}`
  return identity
}
