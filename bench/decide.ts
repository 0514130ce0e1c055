import { type AuthorizationRequest, evaluate, parseSnapshot } from '../src/index.js'
import { linearScan, type StatementJson } from './linear-scan.js'
import { type Contender, timePairs } from './paired.js'
import { authorizerOf, grantWorkload, policyWorkload, random, type Workload } from './workloads.js'

/**
 * A first timing of `decide`: against two look-ups in nested Maps, the least that any engine of keys and buckets does, and against a plain
 * linear scan of the same policies. Every answer is compared with the reference before anything is timed.
 */
const OPERATIONS = 1000
const ROUNDS = 40
const WARM_UP = 15
const CHECKED = 200

type Requests = readonly AuthorizationRequest[]

const grants = grantWorkload(1000, 3, 500)
const policies = [20, 200, 2000, 20_000].map(policyWorkload)

const contenders = [floor(grants), program(grants), ...policies.flatMap((workload) => [program(workload), scan(workload)])]
const rows = timePairs(contenders, ROUNDS, WARM_UP).map(({ name, median, ratio }) => [
  name,
  median.toFixed(0),
  `${ratio.median.toFixed(1)} (${ratio.low.toFixed(1)} to ${ratio.high.toFixed(1)})`,
])
const lines = [['', 'ns', '× floor, median (quartiles)'], ['---', '---', '---'], ...rows]
process.stdout.write(`${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`)

/** Two look-ups, of the key and of the bucket. */
function floor(workload: Workload): Contender<Requests> {
  const keys = new Map(
    (workload.snapshot.keys ?? []).map(({ accessKey, grants: own }) => [
      accessKey,
      new Map(own.map(({ bucket, permission }) => [bucket, permission])),
    ]),
  )
  return {
    name: 'floor: two look-ups in Maps of 1,000 keys × 3 buckets',
    operations: OPERATIONS,
    prepare: () => workload.requests(random, OPERATIONS),
    run: (requests) => {
      let found = 0
      for (const { principal, bucket } of requests) {
        if (principal.kind === 'key' && keys.get(principal.accessKey)?.get(bucket ?? '') !== undefined) found++
      }
      return found
    },
  }
}

function program(workload: Workload): Contender<Requests> {
  const authorizer = authorizerOf(workload)
  check(workload, (request) => authorizer.decide(request).verdict)
  return {
    name: `program: ${workload.name}`,
    operations: OPERATIONS,
    prepare: () => workload.requests(random, OPERATIONS),
    run: (requests) => {
      let allowed = 0
      for (const request of requests) if (authorizer.isAllowed(request)) allowed++
      return allowed
    },
  }
}

function scan(workload: Workload): Contender<Requests> {
  const decide = linearScan(workload.snapshot.buckets?.[0]?.policy as { Statement: readonly StatementJson[] })
  check(workload, decide)
  // A scan of 20,000 statements takes milliseconds: a few requests a round tell as much.
  const operations = isLarge(workload) ? 3 : 100
  return {
    name: `linear scan: ${workload.name}`,
    operations,
    prepare: () => workload.requests(random, operations),
    run: (requests) => {
      let allowed = 0
      for (const request of requests) if (decide(request) === 'Allow') allowed++
      return allowed
    },
  }
}

function isLarge({ snapshot }: Workload): boolean {
  return JSON.stringify(snapshot).length > 1_000_000
}

function check(workload: Workload, decide: (request: AuthorizationRequest) => string): void {
  const { snapshot } = parseSnapshot(workload.snapshot)
  if (snapshot === undefined) throw new Error(`${workload.name}: an invalid snapshot`)
  for (const request of workload.requests(random, isLarge(workload) ? 5 : CHECKED)) {
    const { verdict } = evaluate(snapshot, request)
    const answer = decide(request)
    if (answer !== verdict) throw new Error(`${workload.name}: ${answer} instead of ${verdict} for ${JSON.stringify(request)}`)
  }
}
