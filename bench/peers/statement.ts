import type { StatementJson } from '../linear-scan.js'
import type { Workload } from '../workloads.js'

/** A statement of a workload's policy with its spellings evened out, for peers that do not read IAM JSON. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny'
  /** An ARN. Undefined: everybody. */
  readonly principal: string | undefined
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly conditions: readonly Condition[]
}

export interface Condition {
  readonly operator: string
  readonly key: string
  readonly operand: string
}

export function policyOf(workload: Workload): { readonly Statement: readonly StatementJson[] } | undefined {
  return workload.snapshot.buckets?.[0]?.policy as { readonly Statement: readonly StatementJson[] } | undefined
}

export function statementsOf(workload: Workload): readonly Statement[] | undefined {
  return policyOf(workload)?.Statement.map(({ Effect, Principal, Action, Resource, Condition = {} }) => ({
    effect: Effect === 'Deny' ? 'Deny' : 'Allow',
    principal: typeof Principal === 'string' ? undefined : Principal.AWS,
    actions: [Action].flat(),
    resources: [Resource].flat(),
    conditions: Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, operand]) => ({ operator, key, operand })),
    ),
  }))
}
