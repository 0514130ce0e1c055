import type { AuthorizationRequest } from '../../../src/index.js'
import { grantWorkload, random } from '../../workloads.js'
import type { Contender } from '../rounds.js'

const workload = grantWorkload(1000, 3, 500)

/** Two look-ups of fresh strings, of the key and of the bucket, in nested Maps: the least that any engine of keys and buckets does. */
export function floor(operations: number): Contender<readonly AuthorizationRequest[]> {
  const keys = new Map(
    (workload.snapshot.keys ?? []).map(({ accessKey, grants }) => [
      accessKey,
      new Map(grants.map(({ bucket, permission }) => [bucket, permission])),
    ]),
  )
  return {
    operations,
    prepare: (count) => workload.requests(random, count),
    run: (requests) => {
      let found = 0
      for (const { principal, bucket } of requests) {
        if (principal.kind === 'key' && keys.get(principal.accessKey)?.get(bucket ?? '') !== undefined) found++
      }
      return found
    },
  }
}
