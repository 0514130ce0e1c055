import { canonicalKeyName } from '../../../src/catalog/lookup.js'
import { conditionsOf, type Pair, type PlainCondition, type PlainPolicy, type PlainStatement, policiesOf } from './plain.js'

/** What a pair's policies and grants speak of, which is what tells requests apart. */
export interface Mentions {
  readonly statements: readonly PlainStatement[]
  /** The conditions on each key, by its spelling in the catalogue. */
  readonly conditions: ReadonlyMap<string, readonly PlainCondition[]>
  /** Keys that some text takes a value from. */
  readonly variables: ReadonlySet<string>
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly prefixes: readonly string[]
  /** Addresses of grants. */
  readonly ranges: readonly string[]
  /** Instants of access keys, as the snapshot has them. */
  readonly bounds: readonly (string | number)[]
}

export function mentionsOf({ before, after }: Pair): Mentions {
  const policies: readonly PlainPolicy[] = [before, after].flatMap(policiesOf)
  const statements = policies.flatMap(({ Statement }) => Statement)
  const keys = [before, after].flatMap((side) => ('snapshot' in side ? (side.snapshot.keys ?? []) : []))
  const grants = keys.flatMap((key) => key.grants)
  const conditions = new Map<string, PlainCondition[]>()
  for (const condition of statements.flatMap(conditionsOf)) {
    const name = canonicalKeyName(condition.key)
    conditions.set(name, [...(conditions.get(name) ?? []), condition])
  }
  if (grants.some(({ sourceIp }) => sourceIp !== undefined)) conditions.set('aws:SourceIp', conditions.get('aws:SourceIp') ?? [])
  if (grants.some(({ prefix }) => prefix !== undefined)) conditions.set('s3:prefix', conditions.get('s3:prefix') ?? [])
  const resources = statements.flatMap(({ Resource = [], NotResource = [] }) => [...Resource, ...NotResource])
  const texts = [...resources, ...[...conditions.values()].flat().flatMap(({ operands }) => operands)]
  const variables = new Set(texts.flatMap(variablesIn))
  for (const name of variables) conditions.set(name, conditions.get(name) ?? [])
  return {
    statements,
    conditions,
    variables,
    actions: [
      ...statements.flatMap(({ Action = [], NotAction = [] }) => [...Action, ...NotAction]),
      ...grants.flatMap(({ actions = [] }) => actions),
    ],
    resources,
    prefixes: grants.flatMap(({ prefix }) => prefix ?? []),
    ranges: [...new Set(grants.flatMap(({ sourceIp = [] }) => sourceIp))],
    bounds: keys.flatMap(({ notBefore, expiresAt }) => [notBefore ?? [], expiresAt ?? []].flat()),
  }
}

/** The keys whose values stand in the text. */
export function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$\{([^*?${}',\s]+)(?:,\s*'[^']*')?\}/g)].map(([, name = '']) => canonicalKeyName(name))
}
