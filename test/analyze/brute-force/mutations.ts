import { chance, choose, pick, type Random } from '../../differential/random.js'
import { type Conditions, entriesOf, listOf, type PlainPolicy, type PlainStatement } from './plain.js'
import { action, entries, resource, statement, withCondition } from './policies.js'

const replaced = <T>(list: readonly T[], at: number, item: T): T[] => list.map((old, index) => (index === at ? item : old))
const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at)
const place = (random: Random, list: { readonly length: number }): number => Math.floor(random() * list.length)

/** The list with an entry more, less or another. */
function mutateList(random: Random, list: readonly string[], make: () => string, alter: (text: string) => string): readonly string[] {
  const at = place(random, list)
  const old = list[at]
  if (old === undefined) return [make()]
  return choose<readonly string[]>(random, [
    [2, () => [...list, make()]],
    [list.length > 1 ? 2 : 0, () => without(list, at)],
    [1, () => replaced(list, at, make())],
    [3, () => replaced(list, at, alter(old))],
    // Said twice, or in another order: the same.
    [1, () => [...list, old].reverse()],
  ])
}

/** One sign more, less or another: mostly a little wider or narrower. */
function alterText(random: Random, text: string): string {
  const at = place(random, text)
  const isNumber = /^\d+$/.test(text)
  return choose(random, [
    [2, () => `${text}*`],
    [1, () => `${text}a`],
    [1, () => text.slice(0, -1)],
    [1, () => text.replace(/[ab]$/, '?')],
    [1, () => text.replace(/\*/, '?')],
    [1, () => text.replace(/\?/, '*')],
    [1, () => text.slice(0, at) + pick(random, ['a', 'b', '/', '*']) + text.slice(at + 1)],
    [1, () => text.toUpperCase()],
    [isNumber ? 4 : 0, () => String(Number(text) + 1)],
    [isNumber ? 1 : 0, () => `${text}.0`],
  ])
}

/** Only what follows the bucket changes, so that most resources stay in it. */
function alterResource(random: Random, text: string): string {
  const slash = text.indexOf('/')
  if (slash < 0) return chance(random, 0.5) ? `${text}/*` : `${text}*`
  return `${text.slice(0, slash)}/${alterText(random, text.slice(slash + 1))}`
}

const OPERATOR_CHANGES: readonly (readonly [RegExp, string])[] = [
  [/Equals$/, 'Like'],
  [/Like$/, 'Equals'],
  [/StringEquals/, 'StringNotEquals'],
  [/Not/, ''],
  [/(Less|Greater)Than$/, '$1ThanEquals'],
  [/ThanEquals$/, 'Than'],
  [/LessThan/, 'GreaterThan'],
  [/^ForAllValues/, 'ForAnyValue'],
  [/^ForAnyValue/, 'ForAllValues'],
  [/^ForA\w+:/, ''],
  [/^(?!For)/, 'ForAllValues:'],
  [/IfExists$/, ''],
  [/(?<!Null|IfExists)$/, 'IfExists'],
]

/** Every name an operator can have without prefix and suffix. */
const BASES =
  /^(ForA(ll|ny)Values?:)?(String(Not)?(Equals(IgnoreCase)?|Like)|(Numeric|Date)(Not)?Equals|(Numeric|Date)(Less|Greater)Than(Equals)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like)|Null)(IfExists)?$/

function alterOperator(random: Random, operator: string): string {
  const changed = OPERATOR_CHANGES.map(([from, to]) => operator.replace(from, to)).filter(
    (name) => name !== operator && BASES.test(name) && !/NullIfExists/.test(name),
  )
  return changed.length === 0 ? operator : pick(random, changed)
}

function mutateConditions(random: Random, block: Conditions): Conditions | undefined {
  const all = Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, operands]) => ({ operator, key, operands })),
  )
  const chosen = all.length === 0 ? undefined : pick(random, all)
  if (chosen === undefined || chance(random, 0.25)) return withCondition(random, block)
  const others = all.filter((each) => each !== chosen)
  const drop = chance(random, 0.2)
  const operands = () => {
    const made = Object.values(withCondition(random))[0] ?? {}
    return mutateList(
      random,
      listOf(chosen.operands),
      () => listOf(Object.values(made)[0])[0] ?? 'a',
      (text) => alterText(random, text),
    )
  }
  const altered = chance(random, 0.5)
    ? { ...chosen, operator: alterOperator(random, chosen.operator) }
    : { ...chosen, operands: operands() }
  const result: Record<string, Record<string, readonly string[]>> = {}
  for (const { operator, key, operands: each } of drop ? others : [...others, altered]) {
    result[operator] = { ...result[operator], [key]: listOf(each) }
  }
  return Object.keys(result).length === 0 ? undefined : result
}

function mutatePrincipal(random: Random, old: PlainStatement): PlainStatement {
  const name = old.Principal === undefined ? 'NotPrincipal' : 'Principal'
  const listed = entriesOf(old[name])
  const fresh = entries(random, name === 'NotPrincipal')
  if (fresh === '*' || old[name] === '*' || chance(random, 0.3)) return { ...old, [name]: fresh }
  const all = chance(random, 0.5)
    ? [...listed, ...entriesOf(fresh)]
    : listed.length > 1
      ? without(listed, place(random, listed))
      : entriesOf(fresh)
  const kinds = [...new Set(all.map(([kind]) => kind))]
  return { ...old, [name]: Object.fromEntries(kinds.map((kind) => [kind, all.filter(([each]) => each === kind).map(([, text]) => text)])) }
}

function mutateStatement(random: Random, old: PlainStatement): PlainStatement {
  const actions = old.Action === undefined ? 'NotAction' : 'Action'
  const resources = old.Resource === undefined ? 'NotResource' : 'Resource'
  return choose<PlainStatement>(random, [
    [
      2,
      () => {
        const list = mutateList(
          random,
          old[actions] ?? [],
          () => action(random),
          (text) => (chance(random, 0.5) ? text.replace(/[^:*]+$/, '*') : text.toLowerCase()),
        )
        return { ...old, [actions]: list }
      },
    ],
    [
      3,
      () => {
        const list = mutateList(
          random,
          old[resources] ?? [],
          () => resource(random),
          (text) => alterResource(random, text),
        )
        return { ...old, [resources]: list }
      },
    ],
    [
      4,
      () => {
        const { Condition, ...rest } = old
        const block = mutateConditions(random, Condition ?? {})
        return block === undefined ? rest : { ...rest, Condition: block }
      },
    ],
    [2, () => mutatePrincipal(random, old)],
    [0.4, () => ({ ...old, Effect: old.Effect === 'Allow' ? 'Deny' : 'Allow' })],
    [0.3, () => ({ ...old, Sid: 'other' })],
  ])
}

/** The policy changed in one place; often a little wider, narrower, or the same in other words. */
export function mutatePolicy(random: Random, policy: PlainPolicy): PlainPolicy {
  const { Statement: old } = policy
  const at = place(random, old)
  const at2 = place(random, old)
  const chosen = old[at] as PlainStatement
  const changed = choose<readonly PlainStatement[]>(random, [
    [8, () => replaced(old, at, mutateStatement(random, chosen))],
    [1.5, () => [...old, statement(random)]],
    [old.length > 1 ? 1.5 : 0, () => without(old, at)],
    [1, () => [...old, mutateStatement(random, chosen)]],
    [0.7, () => [...old, old[at2] as PlainStatement].reverse()],
    [1, () => split(chosen).concat(without(old, at))],
  ])
  return { ...policy, Statement: changed }
}

/** One statement as several, an action and a resource each: the same where nothing is negated. */
function split(old: PlainStatement): PlainStatement[] {
  const { Action, Resource } = old
  if (Action === undefined || Resource === undefined) return [old, old]
  return Action.flatMap((action) => Resource.map((resource) => ({ ...old, Action: [action], Resource: [resource] }))).slice(0, 4)
}
