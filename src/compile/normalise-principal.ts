import { parseArn } from '../match/arn.js'
import { isUniqueId } from '../match/unique-id.js'
import { hasWildcard } from '../match/wildcard.js'
import type { PrincipalEntry, Statement } from '../policy/ast.js'
import { roleOf } from '../request/caller.js'
import type { NormalPrincipal, PrincipalName } from './normal-policy.js'

/** Whom a statement is about: docs/semantics.md, S4. */
export function normalisePrincipal({ Effect, Principal, NotPrincipal = [] }: Statement): NormalPrincipal {
  if (Principal === undefined) {
    return { kind: 'tested', test: Effect === 'Allow' ? 'not-listed' : 'not-spared', names: NotPrincipal.map(testedName) }
  }
  const names = Principal.map(testedName)
  if (names.some(({ kind }) => kind === 'everyone')) return { kind: 'everyone' }
  if (names.some(({ kind }) => patterns.has(kind))) return { kind: 'tested', test: 'listed', names }
  return { kind: 'listed', names: names.some(({ kind }) => kind === 'role') ? names.flatMap(indexedNames) : names }
}

const patterns: ReadonlySet<PrincipalName['kind']> = new Set(['aws-pattern', 'service-pattern', 'provider-pattern', 'canonical-pattern'])

/** The one name that says all of an entry, for a test that reads it again at each request. */
function testedName({ type, text }: PrincipalEntry): PrincipalName {
  switch (type) {
    case '*':
      return { kind: 'everyone', text }
    case 'AWS':
      return awsName(text)
    case 'Service':
      return { kind: hasWildcard(text) ? 'service-pattern' : 'service', text }
    case 'Federated':
      return { kind: hasWildcard(text) ? 'provider-pattern' : 'provider', text }
    case 'CanonicalUser':
      return { kind: hasWildcard(text) ? 'canonical-pattern' : 'canonical', text }
  }
}

function awsName(text: string): PrincipalName {
  if (text === '*') return { kind: 'everyone', text }
  if (hasWildcard(text)) return { kind: 'aws-pattern', text }
  if (isUniqueId(text)) return { kind: 'id', text }
  const parts = parseArn(text)
  if (parts === undefined) return { kind: 'account', text, account: text }
  const [, partition, service, region, account, resource] = parts
  if (service === 'iam' && resource === 'root') return { kind: 'account', text, account }
  if (partition === 'aws' && service === 'iam' && region === '' && resource.startsWith(USER))
    return { kind: 'user', text, account, name: resource.slice(USER.length) }
  const role = roleOf(parts)
  return role === undefined ? { kind: 'arn', text } : { kind: 'role', text, account: role.account, name: role.name }
}

const USER = 'user/'

/** The names by which the index finds an entry. A role has its ARN and its name: a session may tell either. */
function indexedNames(name: PrincipalName): readonly PrincipalName[] {
  return name.kind === 'role' ? [{ kind: 'arn', text: name.text }, name] : [name]
}
