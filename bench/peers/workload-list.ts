import { grantWorkload, policyWorkload, type Workload } from '../workloads.js'

/** A point on a curve: what the workload is made of, and how many statements or keys it has. */
export interface WorkloadName {
  readonly kind: 'policy' | 'keys'
  readonly size: number
}

const GRANTS = 3
const BUCKETS = 500

export const workloadNames: readonly WorkloadName[] = [
  ...[20, 200, 2000, 20_000].map((size) => ({ kind: 'policy' as const, size })),
  ...[1000, 10_000, 100_000].map((size) => ({ kind: 'keys' as const, size })),
]

export function workloadOf({ kind, size }: WorkloadName): Workload {
  return kind === 'policy' ? policyWorkload(size) : grantWorkload(size, GRANTS, BUCKETS)
}
