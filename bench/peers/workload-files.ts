import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { permissionActions } from '../../src/index.js'
import { random, type Workload } from '../workloads.js'
import { checkedRequests } from './checked-requests.js'
import { counts, limits } from './limits.js'
import { policyOf } from './statement.js'
import type { WorkloadName } from './workload-list.js'

/** The reference walks every statement: 100 answers about 20,000 of them take it three quarters of a minute. */
const LARGE = 10_000

/**
 * Writes what all processes share: requests with the right answers, worked out once. The programs in Go and Rust also find the limits,
 * requests to be timed, and the policy or the keys.
 */
export function writeWorkload(folder: string, { kind, size }: WorkloadName, workload: Workload): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const write = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value))
  write('checks.json', checkedRequests(workload, kind === 'policy' && size > LARGE ? counts.checkedOfLarge : counts.checked))
  write('requests.json', workload.requests(random, 4 * counts.operations))
  write('limits.json', { ...limits, ...counts })
  if (kind === 'policy') {
    write('policy.json', policyOf(workload))
  } else {
    write('keys.json', workload.snapshot.keys)
    write('permissions.json', permissionActions)
  }
}
