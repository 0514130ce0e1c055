import { explore } from '../../languages/explore.js'
import { anything, type Language, literal, something, type Token, withoutColonOrSlash } from '../../languages/language.js'
import { parseArn } from '../../match/arn.js'
import { roleOf } from '../../request/caller.js'
import type { AwsPrincipal, Principal } from '../../request/principal.js'
import type { CallerProbes, Languages } from './caller-probes.js'

export interface CallerChoice {
  readonly principals: readonly Principal[]
  readonly incomplete?: string
}

/** A caller of every kind for every way in which policies tell callers apart. @param owners the accounts in which a caller's own permissions are enough */
export function chooseCallers(probes: CallerProbes, owners: ReadonlySet<string> | 'all', steps: number): CallerChoice {
  const key = `${steps} ${keyOf(probes, owners)}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const choice = choose(probes, owners, steps)
  if (remembered.size >= MOST) remembered.clear()
  remembered.set(key, choice)
  return choice
}

/** Most policies tell callers apart in one of a few ways. What was chosen follows from the key alone. */
const remembered = new Map<string, CallerChoice>()
const MOST = 100

function keyOf({ incomplete, partitions, ...languages }: CallerProbes, owners: ReadonlySet<string> | 'all'): string {
  const names = Object.values(languages).map((list) => [...list.keys()])
  return JSON.stringify([...names, [...partitions], owners === 'all' ? owners : [...owners], incomplete])
}

function choose(probes: CallerProbes, owners: ReadonlySet<string> | 'all', steps: number): CallerChoice {
  let incomplete = probes.incomplete
  const textsOf = (domain: Language, languages: Languages, liked: readonly string[]): readonly string[] => {
    const { representatives, isComplete } = explore(domain, [...languages.values()], { liked, steps })
    if (!isComplete) incomplete ??= 'there are too many ways in which the principals overlap'
    return representatives.map(({ text }) => text)
  }
  const arnsOf = (service: string, resource: readonly Token[], likedResource: string, more: Languages = new Map()) =>
    textsOf(
      arnDomain(service, resource, probes.partitions),
      more.size === 0 ? probes.arns : new Map([...probes.arns, ...more]),
      [STRANGER, ...(owners === 'all' ? [] : owners)].map((account) => `arn:aws:${service}::${account}:${likedResource}`),
    )
  const userIds = probes.userIds.size === 0 ? [undefined] : [undefined, ...textsOf(names, probes.userIds, ['AIDASTRANGERSTRANGER'])]
  const users = arnsOf('iam', user, 'user/stranger').map((arn) => ({ arn }))
  const roles = arnsOf('iam', role, 'role/stranger')
  const sessionNames = textsOf(names, probes.sessions, ['session'])
  const sessions = roles.flatMap((roleArn) => sessionNames.map((name) => ({ arn: sessionArn(roleArn, name), roleArn })))
  const federatedUsers = arnsOf('sts', federatedUser, 'federated-user/stranger', probes.federatedUsers).map((arn) => ({ arn }))
  const callers = [...users, ...sessions, ...federatedUsers].flatMap((caller) =>
    userIds.map((userId) => ({ ...caller, ...(userId !== undefined && { userId }) })),
  )
  const roots = arnsOf('iam', root, 'root').map((arn) => ({ arn }))
  const principals: readonly Principal[] = [
    { kind: 'anonymous' },
    ...plainFirst([...callers, ...roots]).flatMap((caller) => withVerdicts(caller, owners)),
    ...textsOf(names, probes.services, ['service.amazonaws.com']).map((service) => ({ kind: 'service', service }) as const),
    ...textsOf(names, probes.providers, ['accounts.example.com']).map((provider) => ({ kind: 'federated', provider }) as const),
    ...textsOf(names, probes.canonicalIds, ['canonical-stranger']).map((id) => ({ kind: 'canonicalUser', id }) as const),
  ]
  return { principals, ...(incomplete !== undefined && { incomplete: `callers: ${incomplete}` }) }
}

/** Names with colons in them are rare, and read badly. */
function plainFirst<Named extends { readonly arn: string }>(callers: readonly Named[]): readonly Named[] {
  const isPlain = ({ arn }: Named) => !(parseArn(arn)?.[5] ?? '').includes(':')
  return [...callers.filter(isPlain), ...callers.filter((caller) => !isPlain(caller))]
}

/** An account that reads like that of somebody else. */
const STRANGER = '999999999999'

/** The ARNs of one kind of caller. Those of the usual partition are kept: nearly all questions need them. */
function arnDomain(service: string, resource: readonly Token[], partitions: ReadonlySet<string>): Language {
  const known = partitions.size === 1 ? usualDomains.get(resource) : undefined
  if (known !== undefined) return known
  const domain = Array.from(partitions, (partition) => [
    ...literal(`arn:${partition}:${service}::`),
    ...withoutColonOrSlash,
    ...literal(':'),
    ...resource,
  ])
  if (partitions.size === 1) usualDomains.set(resource, domain)
  return domain
}

const usualDomains = new Map<readonly Token[], Language>()

/** `user/` and a path that ends in a name. */
function named(type: string): readonly Token[] {
  return [
    ...literal(`${type}/`),
    ...anything,
    { kind: 'one', except: literal('/').flatMap((token) => (token.kind === 'letter' ? token.code : [])) },
  ]
}

const user = named('user')
const role = named('role')
const root = literal('root')
const federatedUser = named('federated-user')
const names: Language = [something]

function sessionArn(roleArn: string, name: string): string {
  const parts = parseArn(roleArn)
  return `arn:${parts?.[1]}:sts::${parts?.[4]}:assumed-role/${parts && roleOf(parts)?.name}/${name}`
}

/** Callers of other accounts need their own side's yes in any case; in the owner's account it makes a difference. */
function withVerdicts(caller: Omit<AwsPrincipal, 'kind'>, owners: ReadonlySet<string> | 'all'): readonly AwsPrincipal[] {
  const allowed: AwsPrincipal = { kind: 'aws', ...caller, identityVerdict: 'Allow' }
  return owners === 'all' || owners.has(parseArn(caller.arn)?.[4] ?? '')
    ? [allowed, { kind: 'aws', ...caller, identityVerdict: 'ImplicitDeny' }]
    : [allowed]
}
