import { pick, type Random } from '../../differential/random.js'
import { type Conditions, type Entries, listOf, type PlainPolicy, type PlainStatement } from '../brute-force/plain.js'
import { operandWidenings } from './operands.js'

/** A policy that may allow a little more than it did. */
export interface Widening {
  readonly name: string
  readonly policy: PlainPolicy
}

type Change = readonly [name: string, statement: PlainStatement | undefined]

const without = <T>(list: readonly T[], at: number): readonly T[] => list.filter((_, index) => index !== at)
const replaced = <T>(list: readonly T[], at: number, item: T): readonly T[] => list.map((old, index) => (index === at ? item : old))

/** Every small change of one statement that can only give more; many give nothing, because other statements do so already. */
export function wideningsOf(random: Random, policy: PlainPolicy): readonly Widening[] {
  return policy.Statement.flatMap((statement, at) => {
    const changes = statement.Effect === 'Allow' ? widened(random, statement) : narrowed(statement)
    return changes.map(([name, changed]) => ({
      name: `statement ${at}: ${name}`,
      policy: { ...policy, Statement: changed === undefined ? without(policy.Statement, at) : replaced(policy.Statement, at, changed) },
    }))
  })
}

const ACTIONS = [
  's3:GetObject',
  's3:PutObject',
  's3:DeleteObject',
  's3:ListBucket',
  's3:PutBucketPolicy',
  's3:GetObjectTagging',
  's3:Get*',
  's3:Delete*',
]

function widened(random: Random, statement: PlainStatement): readonly Change[] {
  const { Action, NotAction, Resource, NotResource } = statement
  return [
    ...(Action === undefined ? [] : ([['another action', { ...statement, Action: [...Action, pick(random, ACTIONS)] }]] as const)),
    ...fewer(NotAction, 'an action of NotAction less', (list) => ({ ...statement, NotAction: list })),
    ...(Resource ?? []).flatMap((pattern, at) =>
      widerPatterns(pattern).map(
        (wider): Change => [`\`${pattern}\` as \`${wider}\``, { ...statement, Resource: replaced(Resource ?? [], at, wider) }],
      ),
    ),
    ...fewer(NotResource, 'a resource of NotResource less', (list) => ({ ...statement, NotResource: list })),
    ...morePrincipals(random, statement.Principal).map((Principal): Change => ['another principal', { ...statement, Principal }]),
    ...conditionChanges(statement, true),
  ]
}

function narrowed(statement: PlainStatement): readonly Change[] {
  const { Action, Resource } = statement
  return [
    ['no such Deny', undefined],
    ...fewer(Action, 'an action less', (list) => ({ ...statement, Action: list })),
    ...fewer(Resource, 'a resource less', (list) => ({ ...statement, Resource: list })),
    ...fewerPrincipals(statement.Principal).map((Principal): Change => ['a principal less', { ...statement, Principal }]),
    ...conditionChanges(statement, false),
    [
      'only over TLS',
      { ...statement, Condition: { ...statement.Condition, Bool: { ...statement.Condition?.['Bool'], 'aws:SecureTransport': ['true'] } } },
    ],
  ]
}

function fewer(list: readonly string[] | undefined, name: string, make: (rest: readonly string[]) => PlainStatement): readonly Change[] {
  return list === undefined || list.length < 2 ? [] : list.map((_, at): Change => [name, make(without(list, at))])
}

/** With a star at the end, with a star or a question mark for a letter: of what follows the bucket only. */
function widerPatterns(pattern: string): readonly string[] {
  const slash = pattern.indexOf('/')
  if (slash < 0) return []
  const [start, rest] = [pattern.slice(0, slash + 1), pattern.slice(slash + 1)]
  const last = rest.length - 1
  if (rest === '' || rest.includes('$')) return [`${pattern}*`]
  return [`${pattern}*`, `${pattern}?`, `${start}?${rest.slice(1)}`, `${start}${rest.slice(0, last)}*`].filter((wider) => wider !== pattern)
}

function morePrincipals(random: Random, entries: Entries | undefined): readonly Entries[] {
  if (entries === undefined || entries === '*') return []
  const account = pick(random, ['1', '2', '777788889999'])
  const added = pick(random, [account, `arn:aws:iam::${account}:user/a`, `arn:aws:iam::${account}:role/r`, '*'])
  return [
    { ...entries, AWS: [...listOf(entries['AWS']), added] },
    { ...entries, Service: [...listOf(entries['Service']), 'u.amazonaws.com'] },
  ]
}

function fewerPrincipals(entries: Entries | undefined): readonly Entries[] {
  if (entries === undefined || entries === '*') return []
  return Object.entries(entries).flatMap(([type, texts]) => {
    const list = listOf(texts)
    return list.length < 2 ? [] : list.map((_, at) => ({ ...entries, [type]: without(list, at) }))
  })
}

/** @param isAllow whether the block is to hold for more requests, or for fewer */
function conditionChanges(statement: PlainStatement, isAllow: boolean): readonly Change[] {
  const block = statement.Condition ?? {}
  return Object.entries(block).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, operands]): readonly Change[] => {
      const set = (name: string, list: readonly string[] | undefined): PlainStatement => withCondition(statement, operator, key, name, list)
      const list = listOf(operands)
      const isExisting = operator.endsWith('IfExists') || operator.endsWith('Null')
      return [
        ...(isAllow ? ([[`no ${operator} on ${key}`, set(operator, undefined)]] as const) : []),
        ...(isAllow && !isExisting ? ([[`${operator} on ${key} if it exists`, set(`${operator}IfExists`, list)]] as const) : []),
        ...operandWidenings(operator, list, isAllow).map(
          ([name, changed]): Change => [`${operator} on ${key}: ${name}`, set(operator, changed)],
        ),
      ]
    }),
  )
}

function withCondition(
  statement: PlainStatement,
  operator: string,
  key: string,
  name: string,
  operands: readonly string[] | undefined,
): PlainStatement {
  const { Condition = {}, ...rest } = statement
  const { [key]: _, ...others } = Condition[operator] ?? {}
  const { [operator]: __, ...blocks } = Condition
  const kept: Conditions = Object.keys(others).length === 0 ? blocks : { ...blocks, [operator]: others }
  const block = operands === undefined ? kept : { ...kept, [name]: { ...kept[name], [key]: operands } }
  return Object.keys(block).length === 0 ? rest : { ...rest, Condition: block }
}
