import type { AuthorizationRequest, Verdict } from '../src/index.js'
import { isInRange, parseAddress, parseRange } from '../src/match/cidr.js'
import { matchesWildcard, type Wildcard, wildcard } from '../src/match/wildcard.js'

/**
 * What people write first: the policy read once into a list, and every statement tried in turn. It knows only what the workloads of this
 * folder use, stops as early as it can, and explains nothing.
 */
export function linearScan(policy: {
  readonly Statement: readonly StatementJson[]
}): (request: AuthorizationRequest) => { readonly verdict: Verdict } {
  const statements = policy.Statement.map(read)
  return (request) => {
    const resource = `arn:aws:s3:::${request.bucket}${request.key === undefined ? '' : `/${request.key}`}`
    let allowed = false
    for (const statement of statements) {
      if (allowed && statement.effect === 'Allow') continue
      if (!applies(statement, request, resource)) continue
      if (statement.effect === 'Deny') return { verdict: 'ExplicitDeny' }
      allowed = true
    }
    return { verdict: allowed ? 'Allow' : 'ImplicitDeny' }
  }
}

export interface StatementJson {
  readonly Effect: string
  readonly Principal: string | { readonly AWS: string }
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

interface Statement {
  readonly effect: string
  /** Undefined: everybody. */
  readonly principal: string | undefined
  readonly actions: readonly Wildcard[]
  readonly resources: readonly Wildcard[]
  readonly conditions: readonly { readonly key: string; readonly holds: (value: string | undefined) => boolean }[]
}

function read({ Effect, Principal, Action, Resource, Condition = {} }: StatementJson): Statement {
  return {
    effect: Effect,
    principal: typeof Principal === 'string' ? undefined : Principal.AWS,
    actions: [Action].flat().map((text) => wildcard(text)),
    resources: [Resource].flat().map((text) => wildcard(text)),
    conditions: Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, operand]) => ({ key, holds: readCondition(operator, operand) })),
    ),
  }
}

function readCondition(operator: string, operand: string): (value: string | undefined) => boolean {
  const pattern = wildcard(operand)
  const range = parseRange(operand)
  const isInside = (value: string) => {
    const address = parseAddress(value)
    return address !== undefined && range !== undefined && isInRange(address, range)
  }
  switch (operator) {
    case 'Bool':
      return (value) => value === operand
    case 'StringLike':
      return (value) => value !== undefined && matchesWildcard(pattern, value)
    case 'IpAddress':
      return (value) => value !== undefined && isInside(value)
    default:
      return (value) => value === undefined || !isInside(value)
  }
}

function applies({ principal, actions, resources, conditions }: Statement, request: AuthorizationRequest, resource: string): boolean {
  if (principal !== undefined && (request.principal.kind !== 'aws' || request.principal.arn !== principal)) return false
  if (!actions.some((pattern) => matchesWildcard(pattern, request.action))) return false
  if (!resources.some((pattern) => matchesWildcard(pattern, resource))) return false
  const context = (request.context ?? {}) as Record<string, string>
  return conditions.every(({ key, holds }) => holds(context[key]))
}
