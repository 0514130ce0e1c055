import { compilePolicy } from '../compile/stages.js'
import { flatText } from '../match/flat-text.js'
import { printPolicy } from '../policy/printer.js'
import type { LoadedBucketPolicy } from '../program/decision-program.js'
import { loadPolicy } from '../program/load.js'
import type { BucketPolicy } from '../snapshot/snapshot.js'

/** The policy of a bucket, compiled if it is readable. */
export function compileBucketPolicy(bucket: string, owner: string, { policy, diagnostics }: BucketPolicy): LoadedBucketPolicy {
  if (policy === undefined) return { kind: 'unreadable', diagnostics }
  return {
    kind: 'program',
    owner: flatText(owner),
    program: loadPolicy(compilePolicy(policy, bucket)),
    text: printPolicy(policy, 0),
    diagnostics,
  }
}
