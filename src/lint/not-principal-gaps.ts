import { parseArn } from '../match/arn.js'
import type { PrincipalEntry, Statement } from '../policy/ast.js'
import { type CallerArn, callerArnOf, roleOf } from '../request/caller.js'
import { isKnown } from '../sources/unknown-text.js'
import { LONGEST_LIST } from './limits.js'

/** A principal that a Deny with NotPrincipal is to spare, and hits all the same, as a part of it is not named beside it. */
export interface NotPrincipalGap {
  readonly entry: PrincipalEntry
  readonly missing: 'account' | 'role'
  /** What has to be named as well: an account's number, or a role's ARN. */
  readonly name: string
  /** The next step. */
  readonly help: string
}

/** Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal". */
export function notPrincipalGaps({ Effect, NotPrincipal = [] }: Statement): readonly NotPrincipalGap[] {
  if (Effect !== 'Deny' || NotPrincipal.length > LONGEST_LIST) return []
  const listed = NotPrincipal.filter(({ type }) => type === 'AWS')
  // What is known only at deployment may be the account or the role.
  if (listed.some(({ text }) => text === '*' || !isKnown(text))) return []
  return listed.flatMap((entry) => gapOf(entry, listed) ?? [])
}

function gapOf(entry: PrincipalEntry, listed: readonly PrincipalEntry[]): NotPrincipalGap | undefined {
  const { text } = entry
  const account = parseArn(text)?.[4] ?? ''
  const arn = callerArnOf(text)
  // An ARN with another account is an invalid principal already.
  if (arn === undefined || !needsAccount(arn) || account.length !== 12) return undefined
  if (!listed.some((other) => isAccount(other, account))) {
    const help = `name \`${rootOf(text, account)}\` too, or use a condition on \`aws:PrincipalArn\``
    return { entry, missing: 'account', name: account, help }
  }
  if (arn.type !== 'session' || listed.some((other) => isRole(other, account, arn.name))) return undefined
  return { entry, missing: 'role', name: arn.role?.arn ?? '', help: 'name the role too, or use a condition on `aws:PrincipalArn`' }
}

function needsAccount({ type }: CallerArn): boolean {
  return type === 'user' || type === 'role' || type === 'session' || type === 'federated-user'
}

function rootOf(arn: string, account: string): string {
  return `arn:${parseArn(arn)?.[1] ?? 'aws'}:iam::${account}:root`
}

function isAccount({ text }: PrincipalEntry, account: string): boolean {
  return text === account || (callerArnOf(text)?.type === 'root' && parseArn(text)?.[4] === account)
}

function isRole({ text }: PrincipalEntry, account: string, name: string): boolean {
  const parts = parseArn(text)
  const role = parts && roleOf(parts)
  return role?.account === account && role.name === name
}
