import { type ArnParts, parseArn } from '../match/arn.js'
import type { AwsPrincipal, Principal } from './principal.js'

/** Who asks, as policies see it. What does not apply to a kind of caller is absent. */
export interface Caller {
  readonly kind: 'anonymous' | 'key' | 'aws' | 'service' | 'federated' | 'canonicalUser'
  readonly account?: string
  readonly arn?: CallerArn
  readonly userId?: string
  readonly service?: string
  readonly provider?: string
  /** The canonical user id of the caller, or of its account, where the snapshot tells. */
  readonly canonicalId?: string
}

/** What a caller's ARN says of it. */
export interface CallerArn {
  readonly text: string
  readonly type: 'root' | 'user' | 'session' | 'role' | 'federated-user' | 'other'
  /** The last part of the path: the name of the user, of the session's role, or of the federated user. */
  readonly name: string
  /** Of a session. */
  readonly role?: SessionRole
}

export interface SessionRole {
  /** The role's ARN: as given, or with the path left out. */
  readonly arn: string
  /** Whether the ARN was given, so that its path is known. */
  readonly isExact: boolean
}

/** Reads the ARN of a caller; undefined if it is none. */
export function callerArnOf(text: string, roleArn?: string): CallerArn | undefined {
  const parts = parseArn(text)
  if (parts === undefined) return undefined
  const [, partition, service, , account, resource] = parts
  const [type = '', ...path] = resource.split('/')
  const name = path.at(-1) ?? ''
  if (service === 'iam' && resource === 'root') return { text, type: 'root', name: '' }
  if (service === 'iam' && (type === 'user' || type === 'role') && name !== '') return { text, type, name }
  if (service === 'sts' && type === 'federated-user' && name !== '') return { text, type, name }
  if (service === 'sts' && type === 'assumed-role' && path.length > 1 && path[0]) {
    const role = { arn: roleArn ?? `arn:${partition}:iam::${account}:role/${path[0]}`, isExact: roleArn !== undefined }
    return { text, type: 'session', name: path[0], role }
  }
  return { text, type: 'other', name: '' }
}

/** The account and the name of a role's ARN, its path left out; undefined if it is no role's. */
export function roleOf(parts: ArnParts): { readonly account: string; readonly name: string } | undefined {
  const [, , service, , account, resource] = parts
  const path = resource.split('/')
  return service === 'iam' && path[0] === 'role' && path.length > 1 ? { account, name: path.at(-1) as string } : undefined
}

/** Which account has which canonical user id, as far as it is known. */
export interface AccountDirectory {
  accountOf(canonicalId: string): string | undefined
  canonicalIdOf(account: string): string | undefined
}

/** Where nothing is known of canonical user ids. */
export const noDirectory: AccountDirectory = { accountOf: () => undefined, canonicalIdOf: () => undefined }

/** The caller of a principal that is no access key. */
export function callerOf(principal: Exclude<Principal, { kind: 'key' }>, directory: AccountDirectory): Caller {
  switch (principal.kind) {
    case 'anonymous':
      return { kind: 'anonymous' }
    case 'aws':
      return awsCaller(principal, directory)
    case 'service':
      return { kind: 'service', service: principal.service }
    case 'federated':
      return { kind: 'federated', provider: principal.provider }
    case 'canonicalUser': {
      const account = directory.accountOf(principal.id)
      return { kind: 'canonicalUser', canonicalId: principal.id, ...(account === undefined ? {} : { account }) }
    }
    default:
      throw new TypeError(`there is no principal of kind ${JSON.stringify((principal as { kind?: unknown }).kind)}`)
  }
}

function awsCaller({ arn: text, roleArn, account: given, userId }: AwsPrincipal, directory: AccountDirectory): Caller {
  const arn = callerArnOf(text, roleArn)
  const account = given ?? parseArn(text)?.[4] ?? ''
  const canonicalId = directory.canonicalIdOf(account)
  return {
    kind: 'aws',
    account,
    ...(canonicalId === undefined ? {} : { canonicalId }),
    ...(arn === undefined ? {} : { arn }),
    ...(userId === undefined ? {} : { userId }),
  }
}
