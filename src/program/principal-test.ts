import { type ArnParts, arnPatternOf, matchesArn, parseArn } from '../match/arn.js'
import { matchesWildcard, wildcard } from '../match/wildcard.js'
import { equalsRange } from '../scan/range.js'
import { accountOf, arnOf, isOfAccount, nameTextOf, partitionOf, sessionRoleOf } from './caller.js'
import * as layout from './layout.js'
import type { PolicyProgram } from './policy-program.js'
import type { Registers } from './registers.js'
import * as registers from './registers.js'
import { FALSE, not, TRUE, type TruthNumber, truthOf, UNSURE } from './truth.js'

/** The caller is covered as a member of an account, by no entry of its own. */
export const BY_ACCOUNT = 3

/**
 * Whether a statement whose principals the index does not tell is about the caller: NotPrincipal, wildcards in Principal, and lists too long
 * to be multiplied with the statement's resources. BY_ACCOUNT is true, through the account alone. docs/semantics.md, S4.
 */
export function testPrincipal(p: PolicyProgram, r: Registers, test: number): TruthNumber | typeof BY_ACCOUNT {
  if (r.test !== test) {
    r.testTruth = evaluateTest(p, r, test)
    r.test = test
  }
  return r.testTruth as TruthNumber | typeof BY_ACCOUNT
}

function evaluateTest(p: PolicyProgram, r: Registers, test: number): TruthNumber | typeof BY_ACCOUNT {
  switch (p.words[test]) {
    case layout.LISTED:
      return testListed(p, r, test)
    case layout.NOT_LISTED:
      return not(testNamed(p, r, test))
    default:
      return truthOf(!isSpared(p, r, test))
  }
}

function testListed(p: PolicyProgram, r: Registers, test: number): TruthNumber | typeof BY_ACCOUNT {
  let own: TruthNumber = FALSE
  let byAccount = false
  for (let entry = first(test), end = entry + size(p, test); entry < end; entry += layout.PRINCIPAL_SIZE) {
    const truth = namesCaller(p, r, entry)
    if (truth === TRUE) return TRUE
    if (truth === UNSURE) own = UNSURE
    byAccount ||= namesAccount(p, r, entry)
  }
  return byAccount ? BY_ACCOUNT : own
}

function testNamed(p: PolicyProgram, r: Registers, test: number): TruthNumber {
  let result: TruthNumber = FALSE
  for (let entry = first(test), end = entry + size(p, test); entry < end; entry += layout.PRINCIPAL_SIZE) {
    const truth = namesCaller(p, r, entry)
    if (truth === TRUE || namesAccount(p, r, entry)) return TRUE
    if (truth === UNSURE) result = UNSURE
  }
  return result
}

/** A caller is spared if its account is listed and its user (or role) too; root if its account is; anonymous never. */
function isSpared(p: PolicyProgram, r: Registers, test: number): boolean {
  if (r.callerKind === registers.CALLER_ANONYMOUS) return false
  let account = false
  let identity = r.arnType === registers.ARN_ROOT
  for (let entry = first(test), end = entry + size(p, test); entry < end; entry += layout.PRINCIPAL_SIZE) {
    if (p.words[entry] === layout.KIND_EVERYONE) return true
    if (r.arnType === registers.ARN_NONE && namesCaller(p, r, entry) === TRUE) return true
    account ||= namesAccount(p, r, entry)
    identity ||= namesLongLived(p, r, entry)
  }
  return r.arnType !== registers.ARN_NONE && account && identity
}

/** The user's own ARN, or a session's role: what a session is called changes with every sign-in. */
function namesLongLived(p: PolicyProgram, r: Registers, entry: number): boolean {
  switch (p.words[entry]) {
    case layout.KIND_ID:
      return isIdOf(r, textOf(p, entry))
    case layout.KIND_ARN:
      return r.arnType === registers.ARN_SESSION ? isRoleArnOf(r, textOf(p, entry)) : isArnOf(r, textOf(p, entry))
    case layout.KIND_USER:
      return r.arnType === registers.ARN_SESSION ? isRoleArnOf(r, textOf(p, entry)) : isUser(p, r, entry)
    case layout.KIND_ROLE:
      return r.arnType === registers.ARN_SESSION ? isRoleOf(p, r, entry) : isArnOf(r, textOf(p, entry))
    default:
      return false
  }
}

/** Whether an entry means the caller itself. A text with wildcards never means somebody for sure. */
function namesCaller(p: PolicyProgram, r: Registers, entry: number): TruthNumber {
  const text = textOf(p, entry)
  switch (p.words[entry]) {
    case layout.KIND_EVERYONE:
      return TRUE
    case layout.KIND_ARN:
      return truthOf(r.hasAccount && (isArnOf(r, text) || isRoleArnOf(r, text)))
    case layout.KIND_USER:
      return truthOf(r.hasAccount && (isUser(p, r, entry) || isRoleArnOf(r, text)))
    case layout.KIND_ROLE:
      return truthOf(r.hasAccount && (isArnOf(r, text) || (r.arnType === registers.ARN_SESSION && isRoleOf(p, r, entry))))
    case layout.KIND_ID:
      return truthOf(r.arnType !== registers.ARN_NONE && isIdOf(r, text))
    case layout.KIND_SERVICE:
      return truthOf(r.callerKind === registers.CALLER_SERVICE && r.other === text)
    case layout.KIND_PROVIDER:
      return truthOf(r.callerKind === registers.CALLER_FEDERATED && r.other === text)
    case layout.KIND_CANONICAL:
      return truthOf(r.callerKind === registers.CALLER_CANONICAL && r.canonicalId === text)
    default:
      return mayName(p, r, entry, text) ? UNSURE : FALSE
  }
}

/** Whether an entry with wildcards matches a name of the caller; one that means an account is not asked here. */
function mayName(p: PolicyProgram, r: Registers, entry: number, text: string): boolean {
  switch (p.words[entry]) {
    case layout.KIND_AWS_PATTERN:
      return mayMean(r, text)
    case layout.KIND_SERVICE_PATTERN:
      return r.callerKind === registers.CALLER_SERVICE && matchesWildcard(wildcard(text), r.other)
    case layout.KIND_PROVIDER_PATTERN:
      return r.callerKind === registers.CALLER_FEDERATED && matchesWildcard(wildcard(text), r.other)
    case layout.KIND_CANONICAL_PATTERN:
      return r.canonicalId !== '' && matchesWildcard(wildcard(text), r.canonicalId)
    default:
      return false
  }
}

/** Whether an entry means the caller's whole account. */
function namesAccount(p: PolicyProgram, r: Registers, entry: number): boolean {
  switch (p.words[entry]) {
    case layout.KIND_ACCOUNT:
      return isOfAccount(r, p.strings[p.words[entry + layout.PRINCIPAL_ACCOUNT] as number] as string)
    case layout.KIND_CANONICAL:
    case layout.KIND_CANONICAL_PATTERN:
      return r.hasAccount && r.canonicalId !== '' && r.canonicalId === textOf(p, entry)
    default:
      return false
  }
}

/** Whether the text, which is no user's of the partition `aws`, is the caller's ARN. */
function isArnOf(r: Registers, text: string): boolean {
  return r.arn !== '' && r.arn === text
}

/** Whether the caller is this user. The ARN of an access key that has none of its own is never put together: name and account tell. */
function isUser({ words, strings }: PolicyProgram, r: Registers, entry: number): boolean {
  if (r.userName === '') return isArnOf(r, strings[words[entry + layout.PRINCIPAL_TEXT] as number] as string)
  const account = strings[words[entry + layout.PRINCIPAL_ACCOUNT] as number] as string
  return isOfAccount(r, account) && strings[words[entry + layout.PRINCIPAL_NAME] as number] === r.userName
}

/** Whether the text is the ARN that the session's request gives for its role. */
function isRoleArnOf(r: Registers, text: string): boolean {
  return r.roleArn !== '' && r.roleArn === text
}

/** Without the role's path, which a session does not tell, account and name decide. */
function isRoleOf({ words, strings }: PolicyProgram, r: Registers, entry: number): boolean {
  if (r.roleArn !== '') return isRoleArnOf(r, strings[words[entry + layout.PRINCIPAL_TEXT] as number] as string)
  const account = strings[words[entry + layout.PRINCIPAL_ACCOUNT] as number] as string
  const name = strings[words[entry + layout.PRINCIPAL_NAME] as number] as string
  return equalsRange(r.arn, r.colons.c4 + 1, r.colons.c5, account) && equalsRange(nameTextOf(r), r.nameFrom, r.nameTo, name)
}

/** An access key has no such id, even if it is spelled like one. */
function isIdOf(r: Registers, id: string): boolean {
  if (r.callerKind !== registers.CALLER_AWS || !r.userId.startsWith(id)) return false
  return r.userId.length === id.length || r.userId[id.length] === ':'
}

/**
 * Whether the text, read as a pattern, matches one of the caller's names. S3 stores no such principal, so this may take its time: names are
 * put together, and patterns read, at each question.
 */
function mayMean(r: Registers, text: string): boolean {
  if (!r.hasAccount) return false
  const arns = [`arn:${r.arnType === registers.ARN_NONE ? 'aws' : partitionOf(r)}:iam::${accountOf(r)}:root`]
  if (r.arnType !== registers.ARN_NONE) arns.push(arnOf(r))
  if (r.arnType === registers.ARN_SESSION) arns.push(...rolesOf(r, text))
  const pattern = arnPatternOf([{ text, literal: false }])
  if (pattern !== undefined) return arns.some((name) => matchesArn(pattern, parseArn(name) as ArnParts))
  const ids = r.callerKind === registers.CALLER_AWS && r.userId !== '' ? [accountOf(r), r.userId] : [accountOf(r)]
  return [...arns, ...ids].some((name) => matchesWildcard(wildcard(text), name))
}

/** The ARNs that the session's role may have: a role whose path is not known also as if it had the path of the pattern. */
function rolesOf(r: Registers, pattern: string): readonly string[] {
  if (r.roleArn !== '') return [r.roleArn]
  const role = sessionRoleOf(r)
  const path = pattern.slice(pattern.indexOf(':role/') + ':role/'.length, pattern.lastIndexOf('/') + 1)
  return [role, role.replace(':role/', () => `:role/${path}`)]
}

function textOf({ words, strings }: PolicyProgram, entry: number): string {
  return strings[words[entry + layout.PRINCIPAL_TEXT] as number] as string
}

function first(test: number): number {
  return test + 2
}

function size({ words }: PolicyProgram, test: number): number {
  return (words[test + 1] as number) * layout.PRINCIPAL_SIZE
}
