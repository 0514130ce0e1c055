import type { Principal } from '../request/principal.js'
import { readArnColons } from '../scan/arn.js'
import { equalsRange } from '../scan/range.js'
import * as layout from './layout.js'
import type { LoadedPolicy } from './policy-program.js'
import type { Registers } from './registers.js'
import * as registers from './registers.js'

/**
 * Writes the caller of a request that is not by an access key of the snapshot.
 * @param policy that of the bucket: a caller whose ARN it names has been read when it was compiled
 */
export function loadCaller(r: Registers, principal: Exclude<Principal, { kind: 'key' }>, policy: LoadedPolicy | undefined): void {
  switch (principal.kind) {
    case 'anonymous':
      return
    case 'aws':
      r.callerKind = registers.CALLER_AWS
      if (policy === undefined || !loadNamedUser(policy, r, principal.arn)) loadArn(r, principal.arn)
      loadAccount(r, principal.account)
      if (r.arnType === registers.ARN_SESSION && principal.roleArn !== undefined) r.roleArn = principal.roleArn
      if (principal.userId !== undefined) r.userId = principal.userId
      return
    case 'service':
      r.callerKind = registers.CALLER_SERVICE
      r.other = principal.service
      return
    case 'federated':
      r.callerKind = registers.CALLER_FEDERATED
      r.other = principal.provider
      return
    case 'canonicalUser':
      r.callerKind = registers.CALLER_CANONICAL
      r.canonicalId = principal.id
      return
    default:
      throw new TypeError(`there is no principal of kind ${JSON.stringify((principal as { kind?: unknown }).kind)}`)
  }
}

/** Writes the caller that is an access key. @param arn empty for `arn:aws:iam::<account>:user/<access key>` */
export function loadKeyCaller(r: Registers, accessKey: string, account: string, arn: string): void {
  r.callerKind = registers.CALLER_KEY
  r.hasAccount = true
  r.accountText = account
  r.accountTo = account.length
  if (arn === '') {
    r.arnType = registers.ARN_USER
    r.userName = accessKey
    r.nameFrom = registers.NOT_READ
    r.nameTo = accessKey.length
  } else loadArn(r, arn)
  // A key that acts as a user has its own name for a unique id; what the id of a role or session is cannot be told.
  if (r.arnType === registers.ARN_USER) r.userId = accessKey
}

/**
 * Writes a caller whose ARN is that of a user the policy names: the look-up that its statements take anyway tells account and type, and saves
 * reading the ARN unit by unit (a sixth of what a decision by such a caller took).
 */
function loadNamedUser({ words, strings, names }: LoadedPolicy, r: Registers, arn: string): boolean {
  r.named = names.arns.get(arn) ?? 0
  if (r.named === 0) return false
  const row = (words[layout.HEADER_PRINCIPALS] as number) + layout.PRINCIPALS_ROWS + (r.named - 1) * layout.PRINCIPAL_SIZE
  // After a slash at the end there is no name, and the ARN is of no special type.
  if (words[row + layout.PRINCIPAL_KIND] !== layout.KIND_USER || arn.charCodeAt(arn.length - 1) === SLASH) return false
  const account = strings[words[row + layout.PRINCIPAL_ACCOUNT] as number] as string
  r.arn = arn
  r.arnType = registers.ARN_USER
  // `arn:aws:iam::<account>:user/…`
  r.colons.c1 = 3
  r.colons.c2 = 7
  r.colons.c3 = 11
  r.colons.c4 = 12
  r.colons.c5 = 13 + account.length
  r.accountText = account
  r.accountTo = account.length
  r.nameFrom = registers.NOT_READ
  r.nameTo = arn.length
  return true
}

/** The account that is given, or that of the ARN. */
function loadAccount(r: Registers, account: string | undefined): void {
  r.hasAccount = true
  if (account !== undefined) {
    r.accountText = account
    r.accountTo = account.length
  } else if (r.arnType !== registers.ARN_NONE && r.accountText === '') {
    r.accountFrom = r.colons.c4 + 1
    r.accountTo = r.colons.c5
  }
}

const SLASH = 47

/** Reads an ARN as `callerArnOf` does, in place. A text that is none is no ARN. */
function loadArn(r: Registers, arn: string): void {
  if (!readArnColons(arn, 0, arn.length, r.colons)) return
  const { c2, c3, c5 } = r.colons
  r.arn = arn
  r.arnType = registers.ARN_OTHER
  const resource = c5 + 1
  let first = -1
  let last = -1
  for (let at = resource; at < arn.length; at++) {
    if (arn.charCodeAt(at) !== SLASH) continue
    if (first < 0) first = at
    last = at
  }
  if (equalsRange(arn, c2 + 1, c3, 'iam')) {
    if (equalsRange(arn, resource, first, 'user')) setName(r, registers.ARN_USER, last + 1, arn.length)
    else if (equalsRange(arn, resource, first, 'role')) setName(r, registers.ARN_ROLE, last + 1, arn.length)
    else if (equalsRange(arn, resource, arn.length, 'root')) r.arnType = registers.ARN_ROOT
  } else if (equalsRange(arn, c2 + 1, c3, 'sts')) {
    if (equalsRange(arn, resource, first, 'federated-user')) setName(r, registers.ARN_FEDERATED, last + 1, arn.length)
    // `assumed-role/<role>/<session>`: the name is the role's.
    else if (equalsRange(arn, resource, first, 'assumed-role')) setName(r, registers.ARN_SESSION, first + 1, arn.indexOf('/', first + 1))
  }
}

/** Without a name, the ARN is of no special type. */
function setName(r: Registers, type: number, from: number, to: number): void {
  if (to <= from) return
  r.arnType = type
  r.nameFrom = from
  r.nameTo = to
}

/** The text in which the account's id stands. */
export function accountTextOf({ accountText, arn }: Registers): string {
  return accountText === '' ? arn : accountText
}

/** The text in which the caller's name stands. */
export function nameTextOf({ userName, arn }: Registers): string {
  return userName === '' ? arn : userName
}

/** Where the caller's name starts. */
export function nameFromOf(r: Registers): number {
  if (r.nameFrom === registers.NOT_READ) r.nameFrom = nameTextOf(r).lastIndexOf('/') + 1
  return r.nameFrom
}

/** The ARN of the caller, which has one. For a key without an ARN of its own this makes a new string. */
export function arnOf(r: Registers): string {
  return r.arn === '' ? `arn:aws:iam::${accountOf(r)}:user/${r.userName}` : r.arn
}

/** The ARN that `aws:PrincipalArn` has: a session's is that of its role, which is made here if the request does not tell it. */
export function principalArnOf(r: Registers): string {
  if (r.arnType !== registers.ARN_SESSION) return arnOf(r)
  return r.roleArn === '' ? sessionRoleOf(r) : r.roleArn
}

/** The role of a session, as its own ARN tells it: without a path. */
export function sessionRoleOf(r: Registers): string {
  return `arn:${partitionOf(r)}:iam::${r.arn.slice(r.colons.c4 + 1, r.colons.c5)}:role/${nameOf(r)}`
}

export function partitionOf(r: Registers): string {
  return r.arn === '' ? 'aws' : r.arn.slice(r.colons.c1 + 1, r.colons.c2)
}

export function accountOf(r: Registers): string {
  return accountTextOf(r).slice(r.accountFrom, r.accountTo)
}

export function nameOf(r: Registers): string {
  return nameTextOf(r).slice(nameFromOf(r), r.nameTo)
}

/** Whether the caller belongs to this account. */
export function isOfAccount(r: Registers, account: string): boolean {
  return r.hasAccount && equalsRange(accountTextOf(r), r.accountFrom, r.accountTo, account)
}
