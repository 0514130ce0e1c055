import { type ArnParts, arnPatternOf, matchesArn, parseArn } from '../match/arn.js'
import { isUniqueId } from '../match/unique-id.js'
import { hasWildcard, matchesWildcard, wildcard } from '../match/wildcard.js'
import { not, or, type Truth } from '../operators/truth.js'
import type { PrincipalEntry, Statement } from '../policy/ast.js'
import { type Caller, type CallerArn, roleOf } from '../request/caller.js'

/** Whether a statement is about the caller, and if only through its account. */
export interface PrincipalMatch {
  readonly truth: Truth
  /** The caller is covered as a member of an account, by no entry of its own. */
  readonly byAccount: boolean
}

/** Principal and NotPrincipal: docs/semantics.md, S4. */
export function matchPrincipal(statement: Statement, caller: Caller): PrincipalMatch {
  const { Effect, Principal, NotPrincipal = [] } = statement
  if (Principal !== undefined) return covers(Principal, caller)
  const truth = Effect === 'Deny' ? !isSpared(NotPrincipal, caller) : notListed(NotPrincipal, caller)
  return { truth, byAccount: false }
}

function covers(entries: readonly PrincipalEntry[], caller: Caller): PrincipalMatch {
  const own = or(entries.map((entry) => namesCaller(entry, caller)))
  const byAccount = own !== true && entries.some((entry) => namesAccount(entry, caller))
  return { truth: byAccount || own, byAccount }
}

/**
 * A Deny with NotPrincipal spares a caller if its account is listed and its user (or role) too; root if its account is. Anonymous is
 * never spared. Entries that only may mean the caller spare nobody.
 */
function isSpared(entries: readonly PrincipalEntry[], caller: Caller): boolean {
  if (caller.kind === 'anonymous') return false
  if (entries.some(isEveryone)) return true
  if (caller.arn === undefined) return entries.some((entry) => namesCaller(entry, caller) === true)
  const accountIsListed = entries.some((entry) => namesAccount(entry, caller))
  const { arn } = caller
  return accountIsListed && (arn.type === 'root' || entries.some((entry) => entry.type === 'AWS' && namesLongLived(entry.text, caller)))
}

/** The user's own ARN, or a session's role: what a session is called changes with every sign-in. */
function namesLongLived(text: string, caller: Caller): boolean {
  const { arn } = caller
  if (arn === undefined || hasWildcard(text)) return false
  if (isUniqueId(text)) return isIdOf(text, caller)
  return arn.role === undefined ? text === arn.text : isRole(text, arn.role)
}

/** Allow with NotPrincipal covers whom no entry names, by ARN, role or account. */
function notListed(entries: readonly PrincipalEntry[], caller: Caller): Truth {
  return not(or(entries.flatMap((entry) => [namesCaller(entry, caller), namesAccount(entry, caller)])))
}

/** Whether an entry means the caller itself: everyone, its ARN, its role, its unique id, its service, provider or canonical id. */
function namesCaller({ type, text }: PrincipalEntry, caller: Caller): Truth {
  switch (type) {
    case '*':
      return true
    case 'AWS':
      return text === '*' || namesArn(text, caller)
    case 'Service':
      return namesText(text, caller.service)
    case 'Federated':
      return namesText(text, caller.provider)
    case 'CanonicalUser':
      return caller.kind === 'canonicalUser' || hasWildcard(text) ? namesText(text, caller.canonicalId) : false
  }
}

function isEveryone({ type, text }: PrincipalEntry): boolean {
  return type === '*' || (type === 'AWS' && text === '*')
}

/** S3 takes no wildcard here; whom one may mean is unknown, so that it never allows and never lets past a Deny. */
function namesText(text: string, own: string | undefined): Truth {
  if (own === undefined) return false
  if (hasWildcard(text)) return matchesWildcard(wildcard(text), own) && 'unknown'
  return text === own
}

function namesArn(text: string, caller: Caller): Truth {
  const { arn } = caller
  if (hasWildcard(text)) return mayMean(text, caller) && 'unknown'
  if (arn === undefined || caller.account === undefined) return false
  if (isUniqueId(text)) return isIdOf(text, caller)
  if (arn.type === 'root') return false
  return text === arn.text || (arn.role !== undefined && isRole(text, arn.role))
}

/** Whether the text, read as a pattern, matches one of the caller's names: ARNs part by part, ids as a whole. */
function mayMean(text: string, { kind, account, userId, arn }: Caller): boolean {
  if (account === undefined) return false
  const partition = arn === undefined ? 'aws' : (parseArn(arn.text)?.[1] ?? 'aws')
  const arns = [`arn:${partition}:iam::${account}:root`, ...(arn === undefined ? [] : [arn.text, ...rolesOf(text, arn)])]
  const pattern = arnPatternOf([{ text, literal: false }])
  if (pattern !== undefined) return arns.some((name) => matchesArn(pattern, parseArn(name) as ArnParts))
  const ids = kind === 'aws' && userId !== undefined ? [account, userId] : [account]
  return [...arns, ...ids].some((name) => matchesWildcard(wildcard(text), name))
}

/** The ARNs a session's role may have. */
function rolesOf(pattern: string, { role }: CallerArn): readonly string[] {
  if (role === undefined) return []
  return role.isExact ? [role.arn] : [role.arn, underPathOf(pattern, role.arn)]
}

/** A role whose path is not known, as if it had the path of the pattern: `role/service/*` may mean any role's session. */
function underPathOf(pattern: string, roleArn: string): string {
  const path = pattern.slice(pattern.indexOf(':role/') + ':role/'.length, pattern.lastIndexOf('/') + 1)
  return roleArn.replace(':role/', () => `:role/${path}`)
}

/** Without the role's path, which a session does not tell, account and name decide. */
function isRole(text: string, role: { readonly arn: string; readonly isExact: boolean }): boolean {
  if (role.isExact) return text === role.arn
  const listed = rolePartsOf(text)
  const own = rolePartsOf(role.arn)
  return listed !== undefined && own !== undefined && listed.account === own.account && listed.name === own.name
}

function rolePartsOf(arn: string) {
  const parts = parseArn(arn)
  return parts && roleOf(parts)
}

/** Whether an entry means the caller's whole account. */
function namesAccount({ type, text }: PrincipalEntry, { account, canonicalId }: Caller): boolean {
  if (account === undefined) return false
  if (type === 'CanonicalUser') return text === canonicalId
  if (type !== 'AWS' || hasWildcard(text) || isUniqueId(text)) return false
  const parts = parseArn(text)
  if (parts === undefined) return text === account
  return parts[2] === 'iam' && parts[5] === 'root' && parts[4] === account
}

/** An access key has no such id, even if it is spelled like one. */
function isIdOf(id: string, { kind, userId }: Caller): boolean {
  return kind === 'aws' && (userId === id || userId?.startsWith(`${id}:`) === true)
}
