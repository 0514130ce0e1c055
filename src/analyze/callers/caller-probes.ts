import { anything, type Language, literal, maybePath, something, wildcardTokens } from '../../languages/language.js'
import { arnPatternOf, parseArn, splitArnPattern } from '../../match/arn.js'
import { isUniqueId } from '../../match/unique-id.js'
import { hasWildcard, matchesWildcard, wildcardOf } from '../../match/wildcard.js'
import type { PrincipalEntry } from '../../policy/ast.js'
import { callerArnOf } from '../../request/caller.js'
import { arnLanguage } from '../conditions/arn-language.js'
import type { ConditionTest } from '../conditions/condition-test.js'
import { arnsByAccount, arnsByAccountAndName, arnsByName } from './arn-parts.js'

/** Languages by what they are languages of, so that none is there twice. */
export type Languages = Map<string, Language>

/** What policies tell callers apart by: languages of ARNs, of ids, of session names, and of the names of services and the like. */
export interface CallerProbes {
  /** Of the ARNs of users, of roles, of roots and of federated users, whichever a caller has. */
  readonly arns: Languages
  /** Of the ARNs of federated users only, whose id follows from account and name. */
  readonly federatedUsers: Languages
  readonly userIds: Languages
  readonly sessions: Languages
  readonly services: Languages
  readonly providers: Languages
  readonly canonicalIds: Languages
  readonly partitions: Set<string>
  /** Why callers may be told apart in other ways too. */
  incomplete?: string
}

/** A condition on a key that follows from the caller. */
export type CallerTest = Pick<ConditionTest, 'key' | 'probes' | 'operands' | 'operator'>

export function callerProbes(
  entries: readonly PrincipalEntry[],
  tests: readonly CallerTest[],
  accounts: readonly string[],
  canonicalIds: readonly string[],
): CallerProbes {
  const probes: CallerProbes = {
    arns: new Map(),
    federatedUsers: new Map(),
    userIds: new Map(),
    sessions: new Map(),
    services: new Map(),
    providers: new Map(),
    canonicalIds: new Map(),
    partitions: new Set(['aws']),
  }
  for (const account of accounts) addAccount(account, probes)
  for (const id of canonicalIds) probes.canonicalIds.set(id, [literal(id)])
  for (const entry of entries) addEntry(entry, probes)
  for (const test of tests) addTest(test, probes)
  return probes
}

function addEntry({ type, text }: PrincipalEntry, probes: CallerProbes): void {
  if (type === 'AWS') {
    if (text === '*') return
    if (hasWildcard(text)) addWildcard(text, probes)
    else addPrincipal(text, probes)
  } else if (type !== '*') probes[membersOf[type]].set(text, [wildcardTokens([{ text, literal: false }])])
}

const names: Language = [something]

const membersOf = { Service: 'services', Federated: 'providers', CanonicalUser: 'canonicalIds' } as const

function addAccount(account: string, { arns }: CallerProbes): void {
  const name = `account ${account}`
  if (!arns.has(name)) arns.set(name, arnsByAccount([literal(account)]))
}

function addPrincipal(text: string, probes: CallerProbes): void {
  if (isUniqueId(text)) {
    probes.userIds.set(`is ${text}`, [literal(text)]).set(`session of ${text}`, [[...literal(`${text}:`), ...anything]])
    return
  }
  const parts = parseArn(text)
  const account = parts?.[4] ?? text
  addAccount(account, probes)
  if (parts === undefined) return
  const [, partition] = parts
  probes.partitions.add(partition)
  probes.arns.set(`is ${text}`, [literal(text)])
  const arn = callerArnOf(text)
  if (arn?.type !== 'session') return
  const role = maybePath.map((path) => [...literal(`arn:${partition}:iam::${account}:role/`), ...path, ...literal(arn.name)])
  probes.arns.set(`role of ${text}`, role)
  probes.sessions.set(text, [literal(sessionNameOf(text))])
}

/** What follows the role in a session's ARN. */
function sessionNameOf(arn: string): string {
  const resource = parseArn(arn)?.[5] ?? ''
  return resource.split('/').slice(2).join('/')
}

/** S3 takes no wildcards in principals; whom one may mean is told apart by ARN, by account and by id. */
function addWildcard(text: string, probes: CallerProbes): void {
  const pieces = [{ text, literal: false }]
  const parts = splitArnPattern(pieces)
  const pattern = arnPatternOf(pieces)
  if (parts === undefined || pattern === undefined) {
    const language = [wildcardTokens(pieces)]
    probes.arns.set(`like ${text}`, language).set(`account like ${text}`, arnsByAccount(language))
    probes.userIds.set(`like ${text}`, language)
    probes.incomplete = `\`${text}\` is no principal that S3 takes`
    return
  }
  probes.arns.set(`like ${text}`, arnLanguage(pieces) ?? [])
  if (matchesWildcard(pattern[5] as (typeof pattern)[number], 'root')) {
    probes.arns.set(`account like ${text}`, arnsByAccount([wildcardTokens(parts[4] ?? [])]))
  }
  if (matchesWildcard(wildcardOf(parts[2] ?? []), 'sts')) probes.incomplete = `\`${text}\` is no principal that S3 takes`
}

function addTest(test: CallerTest, probes: CallerProbes): void {
  // Whether it is known follows from nothing else about a caller.
  if (test.key === 'aws:userid') probes.userIds.set('known', names)
  for (const probe of test.probes) {
    if (probe.kind === 'language') keyLanguages.get(test.key)?.(probe.language, probes, `${test.key} ${probe.name}`)
    else if (keyLanguages.has(test.key)) probes.incomplete = `\`${test.operator.name}\` does not fit \`${test.key}\``
  }
  for (const operand of test.operands) {
    const partition = parseArn(operand)?.[1]
    if (partition !== undefined && partition !== '' && !hasWildcard(partition) && !partition.includes('$')) probes.partitions.add(partition)
  }
}

/** What a language of a condition key's values means for what a caller is made of. */
const keyLanguages: ReadonlyMap<string, (language: Language, probes: CallerProbes, name: string) => void> = new Map([
  ['aws:PrincipalArn', (language, { arns }, name) => arns.set(name, language)],
  ['aws:PrincipalAccount', (language, { arns }, name) => arns.set(name, arnsByAccount(language))],
  ['aws:username', (language, { arns }, name) => arns.set(name, arnsByName(language))],
  [
    'aws:userid',
    (language, { arns, userIds, federatedUsers }, name) => {
      userIds.set(name, language)
      // The id of a root is its account.
      arns.set(name, arnsByAccount(language))
      federatedUsers.set(`id ${name}`, arnsByAccountAndName(language))
    },
  ],
  ['aws:PrincipalServiceName', (language, { services }, name) => services.set(name, language)],
])
