import { anything, type Language, literal, maybePath, wildcardTokens } from '../../languages/language.js'
import { arnPatternOf, parseArn, splitArnPattern } from '../../match/arn.js'
import { isUniqueId } from '../../match/unique-id.js'
import { hasWildcard, matchesWildcard, wildcardOf } from '../../match/wildcard.js'
import type { PrincipalEntry } from '../../policy/ast.js'
import { callerArnOf } from '../../request/caller.js'
import { arnLanguage } from '../arn-language.js'
import type { ConditionTest } from '../condition-test.js'
import { arnsByAccount, arnsByAccountAndName, arnsByName } from './arn-parts.js'

/** What policies tell callers apart by: languages of ARNs, of ids, of session names, and of the names of services and the like. */
export interface CallerProbes {
  /** Of the ARNs of users, of roles, of roots and of federated users, whichever a caller has. */
  readonly arns: Language[]
  /** Of the ARNs of federated users only, whose id follows from account and name. */
  readonly federatedUsers: Language[]
  readonly userIds: Language[]
  readonly sessions: Language[]
  readonly services: Language[]
  readonly providers: Language[]
  readonly canonicalIds: Language[]
  readonly partitions: Set<string>
  /** Why callers may be told apart in other ways too. */
  incomplete?: string
}

/** A condition on a key that follows from the caller. */
export type CallerTest = Pick<ConditionTest, 'key' | 'probes' | 'operands' | 'operator'>

export function callerProbes(entries: readonly PrincipalEntry[], tests: readonly CallerTest[], accounts: readonly string[]): CallerProbes {
  const probes: CallerProbes = {
    arns: accounts.map((account) => arnsByAccount([literal(account)])),
    federatedUsers: [],
    userIds: [],
    sessions: [],
    services: [],
    providers: [],
    canonicalIds: [],
    partitions: new Set(['aws']),
  }
  for (const entry of entries) addEntry(entry, probes)
  for (const test of tests) addTest(test, probes)
  return probes
}

function addEntry({ type, text }: PrincipalEntry, probes: CallerProbes): void {
  const language = [wildcardTokens([{ text, literal: false }])]
  if (type === 'Service') probes.services.push(language)
  else if (type === 'Federated') probes.providers.push(language)
  else if (type === 'CanonicalUser') probes.canonicalIds.push(language)
  else if (type === 'AWS' && text !== '*') {
    if (hasWildcard(text)) addWildcard(text, probes)
    else addPrincipal(text, probes)
  }
}

function addPrincipal(text: string, probes: CallerProbes): void {
  if (isUniqueId(text)) {
    probes.userIds.push([literal(text)], [[...literal(`${text}:`), ...anything]])
    return
  }
  const parts = parseArn(text)
  if (parts === undefined) {
    probes.arns.push(arnsByAccount([literal(text)]))
    return
  }
  const [, partition, , , account] = parts
  probes.partitions.add(partition)
  probes.arns.push([literal(text)], arnsByAccount([literal(account)]))
  const arn = callerArnOf(text)
  if (arn?.type !== 'session') return
  const role = maybePath.map((path) => [...literal(`arn:${partition}:iam::${account}:role/`), ...path, ...literal(arn.name)])
  probes.arns.push(role)
  probes.sessions.push([literal(sessionNameOf(text))])
}

/** What follows the role in a session's ARN. */
export function sessionNameOf(arn: string): string {
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
    probes.arns.push(language, arnsByAccount(language))
    probes.userIds.push(language)
    probes.incomplete = `\`${text}\` is no principal that S3 takes`
    return
  }
  probes.arns.push(arnLanguage(pieces) ?? [])
  if (matchesWildcard(pattern[5] as (typeof pattern)[number], 'root')) probes.arns.push(arnsByAccount([wildcardTokens(parts[4] ?? [])]))
  if (matchesWildcard(wildcardOf(parts[2] ?? []), 'sts')) probes.incomplete = `\`${text}\` is no principal that S3 takes`
}

function addTest(test: CallerTest, probes: CallerProbes): void {
  for (const probe of test.probes) {
    if (probe.kind !== 'language') {
      if (keyLanguages.has(test.key)) probes.incomplete = `\`${test.operator.name}\` does not fit \`${test.key}\``
    } else keyLanguages.get(test.key)?.(probe.language, probes)
  }
  for (const operand of test.operands) {
    const partition = parseArn(operand)?.[1]
    if (partition !== undefined && partition !== '' && !hasWildcard(partition) && !partition.includes('$')) probes.partitions.add(partition)
  }
}

/** What a language of a condition key's values means for what a caller is made of. */
const keyLanguages: ReadonlyMap<string, (language: Language, probes: CallerProbes) => void> = new Map([
  ['aws:PrincipalArn', (language, { arns }) => arns.push(language)],
  ['aws:PrincipalAccount', (language, { arns }) => arns.push(arnsByAccount(language))],
  ['aws:username', (language, { arns }) => arns.push(arnsByName(language))],
  [
    'aws:userid',
    (language, { arns, userIds, federatedUsers }) => {
      userIds.push(language)
      // The id of a root is its account.
      arns.push(arnsByAccount(language))
      federatedUsers.push(arnsByAccountAndName(language))
    },
  ],
  ['aws:PrincipalServiceName', (language, { services }) => services.push(language)],
])
