import { freshRequest } from '../src/benchmark/fresh.js'
import { single } from '../src/benchmark/spread.js'
import type { AuthorizationRequest, Authorizer } from '../src/index.js'
import { collect, progress } from './clock.js'
import { type Measurement, report } from './result.js'
import { authorizerOf, grantWorkload, policyWorkload, random } from './workloads.js'

/**
 * What a decision allocates. Run with --expose-gc and a young generation that holds all of it (--min-semi-space-size=128
 * --max-semi-space-size=128), so that nothing is collected while it is counted.
 */
const CALLS = 200_000
const REQUESTS = 1000
const WARM_UPS = 3

const workloads = [
  ['G1', grantWorkload(1000, 3, 500)],
  ['P1', policyWorkload(20)],
  ['P2', policyWorkload(200)],
  ['P3', policyWorkload(2000)],
] as const

const measurements = workloads.map(([id, workload], index): Measurement => {
  progress(index / workloads.length, `counting bytes, ${workload.name}`)
  const bytes = allocated(authorizerOf(workload), workload.requests(random, REQUESTS))
  return { id: `allocation ${id}`, what: `allocated by a decision, ${workload.name}`, unit: 'bytes', value: single(bytes) }
})
// That bytes would be seen shows in decisions on requests that are copied first.
const copying = grantWorkload(1000, 3, 500)
const authorizer = authorizerOf(copying)
const copies = { decide: (request: AuthorizationRequest) => authorizer.decide({ ...request }) }
const seen = allocated(copies, copying.requests(random, REQUESTS))
if (seen < 8) throw new Error('an object for each decision was not seen')
report('allocation', [
  ...measurements,
  { id: 'copies', what: 'the same with a copy of each request, to show that bytes are seen', unit: 'bytes', value: single(seen) },
])

/** Bytes a decision; the least of some runs, because the compiler's own bookkeeping falls into one at times. */
function allocated(decider: Pick<Authorizer, 'decide'>, requests: readonly AuthorizationRequest[]): number {
  const frozen = requests.map((request) => freshRequest(request, 'plain'))
  let least = Number.POSITIVE_INFINITY
  for (let run = 0; run < WARM_UPS + 3; run++) {
    collect()
    const before = process.memoryUsage().heapUsed
    const allowed = decideAll(decider, frozen)
    const bytes = process.memoryUsage().heapUsed - before
    if (allowed === 0) throw new Error('nothing was allowed')
    if (run >= WARM_UPS) least = Math.min(least, bytes)
  }
  // process.memoryUsage itself makes an object or two.
  return Math.max(0, Math.floor(least / CALLS))
}

function decideAll(decider: Pick<Authorizer, 'decide'>, requests: readonly AuthorizationRequest[]): number {
  let allowed = 0
  for (let call = 0; call < CALLS; call++) {
    if (decider.decide(requests[call % requests.length] as AuthorizationRequest).verdict === 'Allow') allowed++
  }
  return allowed
}
