import { readText } from '../tables/packed-text.js'
import { ROW_TEXT, recordOf, rowsOf, shardsOf } from '../tables/table.js'
import type { DecisionProgram, LoadedBucketPolicy, NameShard } from './decision-program.js'
import * as layout from './name-layout.js'
import { NO_NAME, textOfNumber } from './names.js'
import { unpackPolicy } from './packed-policy.js'

/** Whether a name is that of a bucket. @param name the place of its record, or NO_NAME */
export function isBucket({ words }: NameShard, name: number): boolean {
  return name !== NO_NAME && ((words[name + layout.NAME_FLAGS] as number) & layout.FLAG_BUCKET) !== 0
}

/** The policy of a bucket, if it has one. Of an image it is loaded when it is first asked for: a thread needs few of many. */
export function policyOf({ words, policies }: NameShard, bucket: number): LoadedBucketPolicy | undefined {
  const place = words[bucket + layout.NAME_POLICY] as number
  if (place === 0) return undefined
  const policy = policies[place - 1]
  if (policy?.kind !== 'packed') return policy
  const loaded = unpackPolicy(policy.words, policy.at)
  policies[place - 1] = loaded
  return loaded
}

/** The account of a bucket. Where there is a policy it is at hand. */
export function ownerOf(program: DecisionProgram, names: NameShard, bucket: number): string {
  const policy = policyOf(names, bucket)
  return policy?.kind === 'program' ? policy.owner : textOfNumber(program, names.words[bucket + layout.NAME_OWNER] as number)
}

/** The buckets that have policies. */
export function* bucketPolicies({ names }: DecisionProgram): Generator<{ readonly bucket: string; readonly policy: LoadedBucketPolicy }> {
  for (const shard of shardsOf(names)) {
    if (shard.policies.length === 0) continue
    for (const row of rowsOf(shard.words)) {
      const policy = policyOf(shard, recordOf(shard.words, row))
      if (policy !== undefined) yield { bucket: readText(shard.words, row + ROW_TEXT), policy }
    }
  }
}
