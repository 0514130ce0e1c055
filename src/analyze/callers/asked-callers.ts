import { matchPrincipal } from '../../evaluate/match-principal.js'
import { parseArn } from '../../match/arn.js'
import { isInRange, parseAddress } from '../../match/cidr.js'
import type { Caller } from '../../request/caller.js'
import type { Principal } from '../../request/principal.js'
import { exactProbe } from '../conditions/probe.js'
import type { KeyDemand } from '../dimensions/key-dimension.js'
import type { Asked, ExceptedCaller, Named } from '../scene/asked.js'
import { organizationIn } from '../scene/named.js'

/** Whether the question is about such callers. */
export function isAskedAbout(
  { except = [], accessKey, membersOf, outside }: Asked,
  principal: Principal,
  caller: Caller | undefined,
): boolean {
  if (accessKey !== undefined && !(principal.kind === 'key' && principal.accessKey === accessKey)) return false
  if (membersOf !== undefined && !isMember(membersOf, caller)) return false
  if (except.some((excepted) => isExcepted(excepted, principal, caller))) return false
  return outside === undefined || isOutside(outside, principal, caller)
}

function isMember(account: string, caller: Caller | undefined): boolean {
  return caller?.account === account && caller.arn?.type !== 'root'
}

function isExcepted(excepted: ExceptedCaller, principal: Principal, caller: Caller | undefined): boolean {
  if (excepted.kind === 'anonymous') return principal.kind === 'anonymous'
  if (excepted.kind === 'key') return principal.kind === 'key' && principal.accessKey === excepted.accessKey
  if (caller === undefined) return false
  const { entry } = excepted
  const statement = { Effect: 'Allow', Principal: [entry], Condition: [], location: entry.location } as const
  return matchPrincipal(statement, caller).truth !== false
}

/** Strangers: nobody whom a policy names, and no access key. */
function isOutside({ accounts, principals }: Named, principal: Principal, caller: Caller | undefined): boolean {
  switch (principal.kind) {
    case 'anonymous':
      return true
    case 'key':
      return false
    case 'aws':
      return !accounts.has(caller?.account ?? '') && !isNamedId(principals, principal.userId ?? caller?.account)
    case 'service':
      return !principals.has(principal.service)
    case 'federated':
      return !principals.has(principal.provider)
    case 'canonicalUser':
      return !principals.has(principal.id) && !accounts.has(caller?.account ?? '')
  }
}

function isNamedId(principals: ReadonlySet<string>, userId: string | undefined): boolean {
  return userId !== undefined && [...principals].some((id) => userId === id || userId.startsWith(`${id}:`))
}

/** Strangers come from nowhere that a policy names. */
export function outsideDemands({ outside }: Asked, clause: number): readonly (readonly [string, KeyDemand])[] {
  if (outside === undefined) return []
  const demands = Array.from(outside.values, ([key, values]): readonly [string, KeyDemand] => [
    key,
    {
      clause,
      tests: [],
      probes: [...values].map(exactProbe),
      isMet: (given) => !given.some((value) => values.has(value) || isOfNamed(outside, key, value)),
    },
  ])
  if (outside.ranges.length === 0) return demands
  const isMet = ([value]: readonly string[]): boolean => {
    const address = value === undefined ? undefined : parseAddress(value)
    return address === undefined || !outside.ranges.some((range) => isInRange(address, range))
  }
  const probes = outside.ranges.map((range) => ({ kind: 'range', range }) as const)
  return [...demands, ['aws:SourceIp', { clause, tests: [], probes, isMet }]]
}

/** What belongs to an account or an organization that is named is no stranger's either. */
function isOfNamed({ accounts, organizations }: Named, key: string, value: string): boolean {
  const account = key.endsWith('Arn') ? parseArn(value)?.[4] : undefined
  return accounts.has(account ?? '') || organizations.has(organizationIn(key, value) ?? '')
}
