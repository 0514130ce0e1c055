import type { Caller } from './caller.js'
import { type RequestContext, UNKNOWN } from './request-context.js'

/** A value that follows from caller and bucket; undefined is an absent key. */
type Derived = string | undefined | typeof UNKNOWN

interface DerivedKey {
  readonly name: string
  readonly fromOwner?: true
  readonly derive: (caller: Caller, owner: string | undefined) => Derived
}

/** The condition keys that follow from the caller and the bucket. Source: docs/semantics.md, S12. */
export const derivedKeys: readonly DerivedKey[] = [
  { name: 'aws:PrincipalArn', derive: principalArn },
  { name: 'aws:PrincipalAccount', derive: ({ kind, account }) => (kind === 'anonymous' ? 'anonymous' : (account ?? UNKNOWN)) },
  { name: 'aws:PrincipalType', derive: principalType },
  { name: 'aws:userid', derive: userId },
  { name: 'aws:username', derive: ({ arn }) => (arn?.type === 'user' ? arn.name : undefined) },
  { name: 'aws:ResourceAccount', fromOwner: true, derive: (_, owner) => owner },
  { name: 's3:ResourceAccount', fromOwner: true, derive: (_, owner) => owner },
]

function principalArn({ kind, arn }: Caller): Derived {
  if (kind === 'anonymous') return undefined
  return arn === undefined ? UNKNOWN : (arn.role?.arn ?? arn.text)
}

function principalType({ kind, arn }: Caller): Derived {
  if (kind === 'anonymous') return 'Anonymous'
  switch (arn?.type) {
    case 'root':
      return 'Account'
    case 'user':
      return 'User'
    case 'session':
    case 'role':
      return 'AssumedRole'
    case 'federated-user':
      return 'FederatedUser'
    default:
      return UNKNOWN
  }
}

function userId({ kind, arn, account, userId }: Caller): Derived {
  if (kind === 'anonymous') return 'anonymous'
  if (arn?.type === 'root') return account
  if (userId !== undefined) return userId
  return arn?.type === 'federated-user' ? `${account}:${arn.name}` : UNKNOWN
}

/** A key whose value in a request's context is not the one that follows from caller and bucket. */
export interface DerivedKeyConflict {
  readonly name: string
  /** Undefined: the key must be absent. */
  readonly derived: string | undefined
}

/** The derived keys that a context contradicts. Without an owner, the keys that come from it are not compared. */
export function derivedKeyConflicts(context: RequestContext, caller: Caller, owner: string | undefined): readonly DerivedKeyConflict[] {
  return derivedKeys.flatMap(({ name, fromOwner, derive }) => {
    const given = context.valueOf(name)
    if (given === undefined || given === UNKNOWN || (fromOwner && owner === undefined)) return []
    const derived = derive(caller, owner)
    if (derived === UNKNOWN) return []
    const values = typeof given === 'string' ? [given] : given
    const agrees = derived === undefined ? values.length === 0 : values.length === 1 && values[0] === derived
    return agrees ? [] : [{ name, derived }]
  })
}
