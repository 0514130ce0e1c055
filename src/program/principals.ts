import { compareRange, equalsRange } from '../scan/range.js'
import { accountTextOf, nameTextOf } from './caller.js'
import * as layout from './layout.js'
import type { LoadedPolicy } from './policy-program.js'
import type { Registers } from './registers.js'
import * as registers from './registers.js'

/** Writes which principals of the policy the caller is, and which are its account, into the registers. */
export function findPrincipals(p: LoadedPolicy, r: Registers): void {
  const { names } = p
  r.ownCount = 0
  r.accountCount = 0
  // The index names nobody but everyone.
  if (boundOf(p, layout.PRINCIPALS_END) === 1) return
  switch (r.callerKind) {
    case registers.CALLER_KEY:
    case registers.CALLER_AWS:
      if (r.userName !== '') addUser(p, r)
      else if (r.arnType !== registers.ARN_NONE) addArns(p, r)
      break
    case registers.CALLER_SERVICE:
      addOwn(r, names.services.get(r.other))
      break
    case registers.CALLER_FEDERATED:
      addOwn(r, names.providers.get(r.other))
      break
    case registers.CALLER_CANONICAL:
      addOwn(r, names.canonicalIds.get(r.canonicalId))
  }
  if (r.hasAccount && (boundOf(p, layout.PRINCIPALS_ACCOUNTS_END) > 1 || r.canonicalId !== '')) addAccount(p, r)
}

function addOwn(r: Registers, principal: number | undefined): void {
  if (principal !== undefined) r.own[r.ownCount++] = principal
}

/** An access key whose ARN nobody has put together: found by its name, and among the users of that name by its account. */
function addUser(p: LoadedPolicy, r: Registers): void {
  const first = p.names.users.get(r.userName)
  if (first === undefined) return
  const end = p.words[rowOf(p, first) + layout.PRINCIPAL_END] as number
  addOwn(r, findText(p, layout.PRINCIPAL_ACCOUNT, first, end, accountTextOf(r), r.accountFrom, r.accountTo))
}

/** By its own ARN; a session by that of its role too, or by the role's account and name; an identity by its unique id. */
function addArns(p: LoadedPolicy, r: Registers): void {
  const named = r.named === registers.NOT_READ ? p.names.arns.get(r.arn) : r.named
  if (named !== 0 && r.arnType !== registers.ARN_ROOT) addOwn(r, named)
  if (r.arnType === registers.ARN_SESSION) {
    if (r.roleArn === '') addRole(p, r)
    else if (r.roleArn !== r.arn) addOwn(r, p.names.arns.get(r.roleArn))
  }
  if (r.callerKind === registers.CALLER_AWS && r.userId !== '') addId(p, r)
}

/** By account and name, both of which stand in the session's ARN. */
function addRole(p: LoadedPolicy, r: Registers): void {
  const end = boundOf(p, layout.PRINCIPALS_ROLES_END)
  let first = boundOf(p, layout.PRINCIPALS_ACCOUNTS_END)
  let last = end
  while (first < last) {
    const middle = (first + last) >>> 1
    if (compareRole(p, r, middle) > 0) first = middle + 1
    else last = middle
  }
  if (first < end && compareRole(p, r, first) === 0) addOwn(r, first)
}

/** The order of the session's role against a principal that is one. */
function compareRole(p: LoadedPolicy, r: Registers, principal: number): number {
  const row = rowOf(p, principal)
  const account = stringAt(p, row + layout.PRINCIPAL_ACCOUNT)
  return (
    compareRange(r.arn, r.colons.c4 + 1, r.colons.c5, account) ||
    compareRange(nameTextOf(r), r.nameFrom, r.nameTo, stringAt(p, row + layout.PRINCIPAL_NAME))
  )
}

/** `AIDA…`, or what stands before the colon of `AROA…:session`. */
function addId(p: LoadedPolicy, r: Registers): void {
  const colon = r.userId.indexOf(':')
  const to = colon < 0 ? r.userId.length : colon
  const end = boundOf(p, layout.PRINCIPALS_IDS_END)
  addOwn(r, findText(p, layout.PRINCIPAL_TEXT, boundOf(p, layout.PRINCIPALS_ROLES_END), end, r.userId, 0, to))
}

/** By its id, and by its canonical id. */
function addAccount(p: LoadedPolicy, r: Registers): void {
  const account = findText(
    p,
    layout.PRINCIPAL_TEXT,
    1,
    boundOf(p, layout.PRINCIPALS_ACCOUNTS_END),
    accountTextOf(r),
    r.accountFrom,
    r.accountTo,
  )
  if (account !== undefined) r.accounts[r.accountCount++] = account
  const canonical = r.canonicalId === '' ? undefined : p.names.canonicalIds.get(r.canonicalId)
  if (canonical !== undefined) r.accounts[r.accountCount++] = canonical
}

/** The principal from `first` to `end`, which are in order of the string of one member of theirs, whose string is the range. */
function findText(p: LoadedPolicy, member: number, first: number, end: number, text: string, from: number, to: number): number | undefined {
  let low = first
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareRange(text, from, to, stringAt(p, rowOf(p, middle) + member)) > 0) low = middle + 1
    else high = middle
  }
  return low < end && equalsRange(text, from, to, stringAt(p, rowOf(p, low) + member)) ? low : undefined
}

function boundOf({ words }: LoadedPolicy, bound: number): number {
  return words[(words[layout.HEADER_PRINCIPALS] as number) + bound] as number
}

function rowOf({ words }: LoadedPolicy, principal: number): number {
  return (words[layout.HEADER_PRINCIPALS] as number) + layout.PRINCIPALS_ROWS + (principal - 1) * layout.PRINCIPAL_SIZE
}

function stringAt({ words, strings }: LoadedPolicy, at: number): string {
  return strings[words[at] as number] as string
}
