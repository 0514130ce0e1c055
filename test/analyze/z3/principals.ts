import type { PrincipalEntry, Statement } from '../../../src/policy/ast.js'
import { accountIn, arnIn, callerIs, isAws, isSession } from './callers.js'
import * as language from './languages.js'
import { anyText, exactly, glob, globMatches, hasWildcard, partGlob, sequence, splitArn, union } from './regexes.js'
import { and, not, OutsideFragment, or, type Term } from './terms.js'
import * as truth from './truths.js'

/** Whether a statement is about the caller, and whether only through its account (S4). */
export interface Cover {
  readonly truth: truth.Truth
  readonly byAccount: Term
}

export function principalCover({ Effect, Principal, NotPrincipal = [] }: Statement): Cover {
  if (Principal !== undefined) {
    const own = truth.or(...Principal.map(namesCaller))
    const account = or(...Principal.map(namesAccount))
    return { truth: truth.or(own, truth.certain(account)), byAccount: and(account, not(own.sure)) }
  }
  if (Effect === 'Deny') return { truth: truth.certain(not(isSpared(NotPrincipal))), byAccount: 'false' }
  const listed = truth.or(...NotPrincipal.flatMap((entry) => [namesCaller(entry), truth.certain(namesAccount(entry))]))
  return { truth: truth.not(listed), byAccount: 'false' }
}

const isEveryone = ({ type, text }: PrincipalEntry): boolean => type === '*' || (type === 'AWS' && text === '*')
const isUniqueId = (text: string): boolean => /^A[A-Z]{3}[A-Z0-9]{12,}$/.test(text)

function namesCaller(entry: PrincipalEntry): truth.Truth {
  if (isEveryone(entry)) return truth.always
  const { text } = entry
  switch (entry.type) {
    case 'Service':
      return namesText(callerIs('service'), text)
    case 'Federated':
      return namesText(callerIs('provider'), text)
    case 'CanonicalUser':
      return namesText(callerIs('canonical-user'), text)
    default:
      return hasWildcard(text) ? { sure: 'false', possible: mayMean(text) } : truth.certain(namesArn(text))
  }
}

/** What has a wildcard never names for sure (S4.6). */
function namesText(kind: Term, text: string): truth.Truth {
  if (hasWildcard(text)) return { sure: 'false', possible: and(kind, `(str.in_re name ${glob(text)})`) }
  return truth.certain(and(kind, `(str.in_re name ${exactly(text)})`))
}

function namesArn(text: string): Term {
  if (isUniqueId(text)) return hasId(text)
  const [, partition = '', service, region, account = '', resource = ''] = splitArn(text) ?? []
  const [, role, session] = /^assumed-role\/([^/]+)\/([^/]+)$/s.exec(resource) ?? []
  const isOwn = and(callerIs('user', 'session', 'federated-user'), arnIn(language.exactly(text)))
  if (service !== 'sts' || region !== '' || role === undefined || session === undefined) return isOwn
  return or(isOwn, isSession(partition, account, role, session))
}

const hasId = (id: string): Term =>
  and(isAws, 'hasUserId', `(str.in_re userId ${union(exactly(id), sequence(exactly(`${id}:`), anyText))})`)

function namesAccount({ type, text }: PrincipalEntry): Term {
  if (type !== 'AWS' || hasWildcard(text) || isUniqueId(text)) return 'false'
  const parts = splitArn(text)
  if (parts?.[0] !== 'arn') return and(isAws, accountIn(exactly(text)))
  return parts[2] === 'iam' && parts[5] === 'root' ? and(isAws, accountIn(exactly(parts[4] as string))) : 'false'
}

/** Whom a pattern may mean: by the caller's ARN, its role's, or its account's root. */
function mayMean(pattern: string): Term {
  const parts = splitArn(pattern)
  const arns = language.arnLike(pattern)
  if (parts === undefined || arns === undefined) throw new OutsideFragment('a principal with a wildcard that is no ARN')
  const [arn = '', partition = '', service = '', region = '', account = '', resource = ''] = parts
  const start = /^[^*?]*/.exec(resource)?.[0] ?? ''
  const meetsSessions = start.startsWith('assumed-role/') || 'assumed-role/'.startsWith(start)
  if (globMatches(service, 'sts') && meetsSessions) throw new OutsideFragment('a principal with a wildcard that may mean sessions')
  const isRoot = globMatches(arn, 'arn') && globMatches(service, 'iam') && globMatches(region, '') && globMatches(resource, 'root')
  const roots = and(`(str.in_re partition ${partGlob(partition)})`, accountIn(partGlob(account)))
  return and(isAws, or(arnIn(arns), isRoot ? roots : 'false'))
}

/** Deny with NotPrincipal spares whose account and own name are both listed (S4.7). */
function isSpared(entries: readonly PrincipalEntry[]): Term {
  if (entries.some(isEveryone)) return not(callerIs('anonymous'))
  const others = and(callerIs('service', 'provider', 'canonical-user'), or(...entries.map((entry) => namesCaller(entry).sure)))
  const account = or(...entries.map(namesAccount))
  const own = entries.filter(({ type, text }) => type === 'AWS' && !hasWildcard(text)).map(({ text }) => namesLongLived(text))
  return or(others, and(isAws, account, or(callerIs('root'), ...own)))
}

const namesLongLived = (text: string): Term => (isUniqueId(text) ? hasId(text) : arnIn(language.exactly(text)))
