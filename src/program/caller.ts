import type { Principal } from '../request/principal.js'
import { readArnColons } from '../scan/arn.js'
import { equalsRange } from '../scan/range.js'
import type { Registers } from './registers.js'
import * as registers from './registers.js'

/** Writes the caller of a request that is not by an access key of the snapshot. */
export function loadCaller(r: Registers, principal: Exclude<Principal, { kind: 'key' }>): void {
  switch (principal.kind) {
    case 'anonymous':
      return
    case 'aws':
      r.callerKind = registers.CALLER_AWS
      loadArn(r, principal.arn)
      r.hasAccount = true
      r.accountText = principal.account ?? (r.arnType === registers.ARN_NONE ? '' : principal.arn)
      r.accountFrom = principal.account === undefined && r.arnType !== registers.ARN_NONE ? r.colons.c4 + 1 : 0
      r.accountTo = principal.account === undefined && r.arnType !== registers.ARN_NONE ? r.colons.c5 : r.accountText.length
      r.roleArn = r.arnType === registers.ARN_SESSION ? (principal.roleArn ?? '') : ''
      r.userId = principal.userId ?? ''
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
    r.nameText = accessKey
    r.nameFrom = accessKey.lastIndexOf('/') + 1
    r.nameTo = accessKey.length
  } else loadArn(r, arn)
  // A key that acts as a user has its own name for a unique id; what the id of a role or session is cannot be told.
  if (r.arnType === registers.ARN_USER) r.userId = accessKey
}

/** Reads an ARN as `callerArnOf` does, in place. A text that is none is no ARN. */
function loadArn(r: Registers, arn: string): void {
  if (!readArnColons(arn, 0, arn.length, r.colons)) return
  const { c2, c3, c5 } = r.colons
  r.arn = arn
  r.arnType = registers.ARN_OTHER
  r.nameText = arn
  const resource = c5 + 1
  const slash = arn.indexOf('/', resource)
  if (equalsRange(arn, c2 + 1, c3, 'iam')) {
    if (equalsRange(arn, resource, arn.length, 'root')) r.arnType = registers.ARN_ROOT
    else if (equalsRange(arn, resource, slash, 'user')) setLastPart(r, arn, registers.ARN_USER)
    else if (equalsRange(arn, resource, slash, 'role')) setLastPart(r, arn, registers.ARN_ROLE)
  } else if (equalsRange(arn, c2 + 1, c3, 'sts')) {
    if (equalsRange(arn, resource, slash, 'federated-user')) setLastPart(r, arn, registers.ARN_FEDERATED)
    else if (equalsRange(arn, resource, slash, 'assumed-role')) setSession(r, arn, slash)
  }
}

/** The name is what stands after the last slash; without one, the ARN is of no special type. */
function setLastPart(r: Registers, arn: string, type: number): void {
  const from = arn.lastIndexOf('/') + 1
  if (from === arn.length) return
  r.arnType = type
  r.nameFrom = from
  r.nameTo = arn.length
}

/** `assumed-role/<role>/<session>`: the name is the role's. */
function setSession(r: Registers, arn: string, slash: number): void {
  const end = arn.indexOf('/', slash + 1)
  if (end <= slash + 1) return
  r.arnType = registers.ARN_SESSION
  r.nameFrom = slash + 1
  r.nameTo = end
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
  return r.accountText.slice(r.accountFrom, r.accountTo)
}

export function nameOf(r: Registers): string {
  return r.nameText.slice(r.nameFrom, r.nameTo)
}

/** Whether the caller belongs to this account. */
export function isOfAccount(r: Registers, account: string): boolean {
  return r.hasAccount && equalsRange(r.accountText, r.accountFrom, r.accountTo, account)
}
