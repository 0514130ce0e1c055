import { canonicalKeyName } from '../../catalog/lookup.js'
import { parseArn } from '../../match/arn.js'
import { type IpRange, parseRange } from '../../match/cidr.js'
import { hasWildcard } from '../../match/wildcard.js'
import type { Condition, Policy } from '../../policy/ast.js'
import type { Named } from './asked.js'

/** Keys that tell where a request comes from: whoever is not there cannot say that it is. Source: S3 User Guide, "The meaning of public". */
const originKeys: ReadonlySet<string> = new Set([
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'aws:SourceVpc',
  'aws:SourceVpce',
  'aws:SourceVpcArn',
  'aws:SourceAccount',
  'aws:SourceArn',
  'aws:SourceOwner',
  'aws:SourceOrgID',
  'aws:SourceOrgPaths',
  'aws:VpceAccount',
  'aws:VpceOrgID',
  'aws:VpceOrgPaths',
  's3:DataAccessPointAccount',
  's3:DataAccessPointArn',
])

const accountKeys: ReadonlySet<string> = new Set([
  'aws:PrincipalAccount',
  'aws:SourceAccount',
  'aws:VpceAccount',
  's3:DataAccessPointAccount',
  'aws:SourceOwner',
])

/** Blocks of addresses that are broader are the public's. Source: the same page. */
const BROADEST = { 4: 8, 16: 32 } as const

/** What a policy names outright. @param trusted accounts that are no strangers besides */
export function namedIn({ Statement }: Policy, trusted: readonly string[]): Named {
  const accounts = new Set(trusted)
  const principals = new Set<string>()
  const values = new Map<string, Set<string>>()
  const ranges: IpRange[] = []
  const organizations = new Set<string>()
  for (const { Principal = [], NotPrincipal = [], Condition } of Statement) {
    for (const { text } of [...Principal, ...NotPrincipal]) {
      if (hasWildcard(text)) continue
      principals.add(text)
      accounts.add(parseArn(text)?.[4] ?? text)
    }
    for (const condition of Condition) addCondition(condition, { accounts, organizations, principals, values, ranges })
  }
  return { accounts, organizations, principals, values, ranges }
}

interface Draft {
  readonly accounts: Set<string>
  readonly organizations: Set<string>
  readonly principals: Set<string>
  readonly values: Map<string, Set<string>>
  readonly ranges: IpRange[]
}

function addCondition({ key, values: operands }: Condition, draft: Draft): void {
  const name = canonicalKeyName(key.text)
  const texts = operands.map(({ text }) => text)
  for (const id of texts.map((text) => organizationIn(name, text))) if (id !== undefined && isFixed(id)) draft.organizations.add(id)
  for (const text of texts) addAccount(name, text, draft.accounts)
  if (name === 'aws:userid') for (const id of texts.map(uniqueIdOf).filter(isFixed)) draft.principals.add(id)
  if (name === 'aws:SourceIp') for (const text of texts) addRange(text, draft.ranges)
  if (originKeys.has(name)) draft.values.set(name, new Set([...(draft.values.get(name) ?? []), ...texts.filter(isFixed)]))
}

/** The organization of a value, of which whole branches may be meant: `o-a1b2c3d4e5/r-ab12/*`. */
export function organizationIn(key: string, text: string): string | undefined {
  if (key.endsWith('OrgID')) return text
  return key.endsWith('OrgPaths') ? text.split('/')[0] : undefined
}

/** The account that a value is, or that its ARN is of; the other parts of the ARN may have wildcards. */
function addAccount(key: string, text: string, accounts: Set<string>): void {
  const isArn = key === 'aws:PrincipalArn' || (originKeys.has(key) && key.endsWith('Arn'))
  const account = accountKeys.has(key) ? text : isArn ? parseArn(text)?.[4] : undefined
  if (account !== undefined && account !== '' && isFixed(account)) accounts.add(account)
}

/** Of `AROAEXAMPLEID:*`, all sessions of a role, the role. */
function uniqueIdOf(userId: string): string {
  const colon = userId.indexOf(':')
  return colon < 1 ? userId : userId.slice(0, colon)
}

function addRange(text: string, ranges: IpRange[]): void {
  const range = parseRange(text)
  if (range !== undefined && range.length >= BROADEST[range.bytes.length as 4 | 16]) ranges.push(range)
}

function isFixed(text: string): boolean {
  return !hasWildcard(text) && !text.includes('${')
}
