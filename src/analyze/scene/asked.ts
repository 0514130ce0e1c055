import type { IpRange } from '../../match/cidr.js'
import type { PrincipalEntry } from '../../policy/ast.js'
import type { AuthorizationRequest } from '../../request/authorization-request.js'

/** Of which requests a question is. Requests that it is not about are no witnesses. */
export interface Asked {
  /** Patterns of action names; absent: any. */
  readonly actions?: readonly string[]
  /** A pattern of ARNs; absent: any. */
  readonly resource?: string
  /** Callers whom none of these names. */
  readonly except?: readonly ExceptedCaller[]
  /** The access key that asks. */
  readonly accessKey?: string
  /** The account whose members ask, its root left out. */
  readonly membersOf?: string
  /** A request whose own values are tried beside those that stand for others. */
  readonly like?: AuthorizationRequest
  /** Callers that belong to nothing that the policy names. */
  readonly outside?: Named
}

export type ExceptedCaller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'key'; readonly accessKey: string }
  | { readonly kind: 'entry'; readonly entry: PrincipalEntry }

/** What policies name outright, without wildcards. */
export interface Named {
  readonly accounts: ReadonlySet<string>
  readonly organizations: ReadonlySet<string>
  readonly principals: ReadonlySet<string>
  /** Of keys that tell where a request comes from: the values that are named. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>
  readonly ranges: readonly IpRange[]
}

/** An account, an ARN, an access key, or `anonymous`, as people write them. */
export function exceptedCaller(text: string, accessKeys: ReadonlySet<string>): ExceptedCaller {
  if (text === 'anonymous') return { kind: 'anonymous' }
  if (accessKeys.has(text)) return { kind: 'key', accessKey: text }
  const start = { offset: 0, line: 1, column: 1 }
  return {
    kind: 'entry',
    entry: { type: text.endsWith('.amazonaws.com') ? 'Service' : 'AWS', text, location: { path: [], span: { start, end: start } } },
  }
}
