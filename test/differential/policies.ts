import { between, chance, choose, pick, type Random, times } from './random.js'
import * as words from './vocabulary.js'

/** A statement as written, of which `generate` reads back what a request has to look like. */
export type Statement = {
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal?: unknown
  readonly NotPrincipal?: unknown
  readonly Action?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly Condition?: Conditions
}
export type Conditions = Readonly<Record<string, Readonly<Record<string, unknown>>>>
export type Written = { readonly statements: readonly Statement[]; readonly policy: object | string }

/** JSON numbers are written as marked texts until the policy is text, so that `10.0` stays `10.0`. */
const NUMBER = '@number:'
/** The text an operand stands for. */
export const operandText = (operand: unknown): string => String(operand).replace(NUMBER, '')

/** One of several as itself now and then, as a list otherwise. */
const listOrOne = <T>(random: Random, list: readonly T[]): T | readonly T[] => {
  const [only] = list
  return list.length === 1 && only !== undefined && chance(random, 0.6) ? only : list
}

const FORMS = ['', '', '', 'IfExists', 'ForAllValues:', 'ForAnyValue:', 'ForAllValues:IfExists', 'ForAnyValue:IfExists'] as const

/** An operator's name with a random prefix and suffix. */
function operatorForm(random: Random, base: string): string {
  const form = pick(random, FORMS)
  const prefix = form.replace('IfExists', '')
  return prefix + base + (form.endsWith('IfExists') && base !== 'Null' ? 'IfExists' : '')
}

/** Another spelling of the same key: the suffix keeps its case where case counts there. */
export function respell(random: Random, key: string): string {
  if (chance(random, 0.8)) return key
  const slash = key.indexOf('/')
  const isLoose = slash < 0 || /^aws:/.test(key)
  const change = chance(random, 0.5) ? (text: string) => text.toLowerCase() : (text: string) => text.toUpperCase()
  return isLoose ? change(key) : change(key.slice(0, slash)) + key.slice(slash)
}

function operand(random: Random, family: words.Family): unknown {
  const text = chance(random, 0.13) ? pick(random, family.badOperands) : pick(random, family.operands)
  if (/^(true|false)$/.test(text) && chance(random, 0.3)) return text === 'true'
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text) && chance(random, 0.3) ? NUMBER + text : text
}

function condition(random: Random): Conditions {
  const block = new Map<string, Map<string, unknown>>()
  const wanted = choose(random, [
    [3, () => 1],
    [4, () => 2],
    [3, () => 3],
    [0.2, () => 0],
  ])
  for (let left = wanted; left > 0; left -= 1) {
    const base = pick(random, words.OPERATORS)
    const family = words.FAMILIES.find(({ operators }) => operators.includes(base))
    if (!family) continue
    const operator = operatorForm(random, base)
    const key = pick(random, family.keys)
    const keys = block.get(operator) ?? new Map<string, unknown>()
    const count = choose(random, [
      [6, () => 1],
      [3, () => 2],
      [1, () => 3],
      [0.3, () => 0],
    ])
    // The same key once more under another spelling is a question of its own, which these cases do not ask.
    if (![...keys.keys()].some((other) => other.toLowerCase() === key.toLowerCase())) {
      keys.set(
        respell(random, key),
        listOrOne(
          random,
          times(count, () => operand(random, family)),
        ),
      )
    }
    block.set(operator, keys)
  }
  return Object.fromEntries([...block].map(([operator, keys]) => [operator, Object.fromEntries(keys)]))
}

/** An account or one of its identities as an ARN. */
function arn(random: Random, account: string): string {
  const partition = chance(random, 0.05) ? 'aws-cn' : 'aws'
  const iam = `arn:${partition}:iam::${account}:`
  const sts = `arn:${partition}:sts::${account}:`
  const session = () => `${pick(random, words.ROLES).replace(/^.*\//, '')}/${pick(random, words.SESSIONS)}`
  return choose(random, [
    [3, () => `${iam}user/${pick(random, words.USERS)}`],
    [3, () => `${iam}user/AK${account.slice(0, 1)}${between(random, 1, 2)}`],
    [3, () => `${iam}root`],
    [3, () => `${iam}role/${pick(random, words.ROLES)}`],
    [2, () => `${sts}assumed-role/${session()}`],
    [1, () => `${sts}federated-user/jo`],
  ])
}

function wildcard(random: Random): [string, string] {
  return pick(random, [
    ['AWS', 'arn:aws:iam::111122223333:*'],
    ['AWS', 'arn:aws:iam::*:root'],
    ['AWS', 'arn:aws:iam::444455556666:user/a?ice'],
    ['AWS', 'arn:aws:iam::111122223333:role/*'],
    ['AWS', 'arn:aws:sts::*:assumed-role/app/*'],
    ['Service', '*'],
    ['Service', '*.amazonaws.com'],
    ['Federated', '*'],
    ['CanonicalUser', '*'],
    ['CanonicalUser', 'c0ff??'],
  ])
}

function entry(random: Random): [kind: string, text: string] {
  const account = pick(random, words.LIKELY_ACCOUNTS)
  return choose<[string, string]>(random, [
    [2, () => ['AWS', '*']],
    [2, () => ['AWS', account]],
    [8, () => ['AWS', arn(random, account)]],
    [1, () => ['AWS', pick(random, words.UNIQUE_IDS)]],
    [1, () => ['Service', pick(random, words.SERVICES)]],
    [1, () => ['Federated', pick(random, words.PROVIDERS)]],
    [1, () => ['CanonicalUser', pick(random, words.CANONICAL_IDS)]],
    [0.6, () => wildcard(random)],
  ])
}

function principal(random: Random, isNegated: boolean): unknown {
  if (chance(random, isNegated ? 0.05 : 0.45)) return '*'
  const entries = times(between(random, 1, isNegated ? 4 : 2), () => entry(random))
  if (isNegated && chance(random, 0.7)) {
    // Without its account a NotPrincipal spares nobody, so most lists have both.
    const account = pick(random, words.LIKELY_ACCOUNTS)
    entries.push(['AWS', chance(random, 0.5) ? account : `arn:aws:iam::${account}:root`], ['AWS', arn(random, account)])
  }
  const kinds = [...new Set(entries.map(([kind]) => kind))]
  return Object.fromEntries(
    kinds.map((kind) => [
      kind,
      listOrOne(
        random,
        entries.filter(([each]) => each === kind).map(([, text]) => text),
      ),
    ]),
  )
}

function resource(random: Random, bucket: string): string {
  return choose(random, [
    [5, () => `arn:aws:s3:::${bucket}/*`],
    [3, () => `arn:aws:s3:::${bucket}`],
    [2, () => `arn:aws:s3:::${bucket}*`],
    [6, () => `arn:aws:s3:::${bucket}${pick(random, words.RESOURCE_PATHS)}`],
    [0.5, () => `arn:aws:s3:::${pick(random, words.BUCKETS)}${pick(random, words.RESOURCE_PATHS)}`],
    [0.3, () => `arn:aws:s3:::${bucket}${pick(random, words.MALFORMED_PATHS)}`],
    [0.7, () => pick(random, words.ODD_RESOURCES)],
    [1.2, () => `arn:aws:s3:::${pick(random, words.STARRED_RESOURCES)}`],
  ])
}

const action = (random: Random): string =>
  choose(random, [
    [4, () => pick(random, words.ACTION_PATTERNS)],
    [2, () => pick(random, words.OBJECT_ACTIONS)],
    [1, () => pick(random, words.BUCKET_ACTIONS)],
  ])

function statement(random: Random, bucket: string): Statement {
  const isPlain = chance(random, 0.6)
  const [hasOthers, hasNotAction, hasNotResource] = [0.15, 0.1, 0.1].map((probability) => chance(random, probability))
  const actions = isPlain ? ['s3:*'] : times(between(random, 1, 3), () => action(random))
  const resources = isPlain
    ? [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]
    : times(
        choose(random, [
          [6, () => 1],
          [4, () => 2],
          [1, () => 3],
          [0.1, () => 0],
        ]),
        () => resource(random, bucket),
      )
  return {
    ...(chance(random, 0.2) && { Sid: `s ${between(random, 1, 3)}` }),
    Effect: chance(random, 0.625) ? 'Allow' : 'Deny',
    [hasOthers ? 'NotPrincipal' : 'Principal']: principal(random, hasOthers === true),
    [hasNotAction ? 'NotAction' : 'Action']: listOrOne(random, hasNotAction ? times(between(random, 1, 2), () => action(random)) : actions),
    [hasNotResource ? 'NotResource' : 'Resource']: listOrOne(random, hasNotResource ? [resource(random, bucket)] : resources),
    ...(chance(random, 0.85) && { Condition: condition(random) }),
  }
}

/** Lets nearly everybody in, so that it is the other statements that decide. */
function openStatement(random: Random, bucket: string): Statement {
  const principal = chance(random, 0.6) ? '*' : { AWS: words.ACCOUNTS.map((account) => `arn:aws:iam::${account}:user/alice`) }
  return { Effect: 'Allow', Principal: principal, Action: 's3:*', Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`] }
}

/** Policies without a meaning (S14), made of one with a meaning. */
const BREAKAGES: readonly ((policy: Record<string, unknown>, first: Record<string, unknown>) => unknown)[] = [
  () => 'not json',
  () => '[]',
  () => '{"Version":"2012-10-17"}',
  () => '{"Version":"2012-10-17","Statement":[{}]}',
  (policy) => `${JSON.stringify(policy)},`,
  (policy) => ({ ...policy, Version: '2012-10-18' }),
  (policy) => ({ ...policy, Version: 20121017 }),
  (policy) => ({ ...policy, Id: 1 }),
  (policy) => ({ ...policy, Statements: [] }),
  (policy) => ({ ...policy, Statement: 'none' }),
  (policy, first) => ({ ...policy, Statement: [first, []] }),
  (policy, first) => ({ ...policy, Statement: { ...first, effect: 'Deny' } }),
  (policy, first) => ({ ...policy, Statement: { ...first, Effect: 'allow' } }),
  (policy, first) => ({ ...policy, Statement: { ...first, Principal: '*', NotPrincipal: '*' } }),
  (policy, first) => ({ ...policy, Statement: { ...first, Action: 's3:*', NotAction: 's3:*' } }),
  (policy, first) => ({ ...policy, Statement: { ...first, Resource: '*', NotResource: '*' } }),
  (policy, { Principal: _, NotPrincipal: __, ...first }) => ({ ...policy, Statement: first }),
  (policy, { Action: _, NotAction: __, ...first }) => ({ ...policy, Statement: first }),
  (policy, { Resource: _, NotResource: __, ...first }) => ({ ...policy, Statement: first }),
  (policy, { Effect: _, ...first }) => ({ ...policy, Statement: first }),
  (policy, first) => ({ ...policy, Statement: { ...first, Sid: 7 } }),
  (policy, first) => ({ ...policy, Statement: { ...first, Condition: [] } }),
  (policy, first) => ({ ...policy, Statement: { ...first, Condition: { StringEquals: 'x' } } }),
  (policy, first) => ({ ...policy, Statement: { ...first, Condition: { StringEquals: { 's3:prefix': null } } } }),
  (policy, first) => ({ ...policy, Statement: { ...first, Condition: { StringEquals: { 's3:prefix': [['x']] } } } }),
  (policy, first) => ({ ...policy, Statement: { ...first, Condition: { NullIfExists: { 's3:prefix': 'true' } } } }),
  (policy, first) => ({ ...policy, Statement: { ...first, Condition: { stringequals: { 's3:prefix': 'x' } } } }),
  (policy, first) => ({ ...policy, Statement: { ...first, Condition: { 'ForSomeValues:StringLike': {} } } }),
  (policy, first) => ({ ...policy, Statement: { ...first, Condition: { BoolNot: {} } } }),
]

/** JSON as people write it: with blanks, or without. */
const written = (random: Random, value: unknown): string =>
  JSON.stringify(value, null, pick(random, [0, 0, 2])).replace(/"@number:([^"]*)"/g, '$1')

/** A policy for this bucket, as an object or a text, now and then one that has an `error`. */
export function generatePolicy(random: Random, bucket: string): Written {
  const count = choose(random, [
    [0.2, () => 0],
    [3, () => 1],
    [4, () => 2],
    [2, () => 3],
    [1, () => 4],
    [0.5, () => 6],
  ])
  const statements = times(count, () => statement(random, bucket))
  if (chance(random, 0.55)) statements.unshift(openStatement(random, bucket))
  const version = choose(random, [
    [7, () => '2012-10-17'],
    [1, () => '2008-10-17'],
    [1, () => undefined],
  ])
  const policy = { ...(version && { Version: version }), ...(chance(random, 0.1) && { Id: 'p' }), Statement: listOrOne(random, statements) }
  const [first] = statements
  const broken = first && chance(random, 0.025) ? pick(random, BREAKAGES)(policy, first) : undefined
  const text = typeof broken === 'string' ? broken : written(random, broken ?? policy)
  // As a number of JavaScript's 1e999999999 would be infinite, which JSON does not have.
  const isText = typeof broken === 'string' || text.includes('e999') || chance(random, 0.4)
  return { statements, policy: isText ? text : JSON.parse(text) }
}
