import type { AccessKey } from '../grants/access-key.js'
import { parsePolicy } from '../policy/parser.js'
import type { BucketEntry, DecisionProgram } from '../program/decision-program.js'
import { readKey } from '../program/read-keys.js'
import { shardOf } from '../program/shards.js'
import { nothingBlocked } from '../public-access/public-access-block.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import { callerOf, noDirectory } from '../request/caller.js'
import type { Account, Bucket, BucketPolicy, Snapshot } from '../snapshot/snapshot.js'

/** The part of the compiled snapshot that a request is about, as a snapshot again: its bucket, its key, and the accounts of both. */
export function excerptFor(program: DecisionProgram, { principal, bucket: name }: AuthorizationRequest): Snapshot {
  const bucket = name === undefined ? undefined : shardOf(program.buckets, name).get(name)
  const key = principal.kind === 'key' ? findKey(program, principal.accessKey) : undefined
  const account =
    principal.kind === 'key'
      ? key?.account
      : principal.kind === 'canonicalUser'
        ? shardOf(program.canonicalIds, principal.id).get(principal.id)
        : callerOf(principal, noDirectory).account
  const accounts = [bucket?.owner, account].flatMap((id) => (id === undefined ? [] : accountOf(program, id)))
  return {
    buckets: new Map(bucket === undefined ? [] : [[bucket.name, bucketOf(bucket)]]),
    keys: new Map(key === undefined ? [] : [[key.accessKey, key]]),
    accounts: new Map(accounts.map((each) => [each.id, each])),
  }
}

function findKey({ keys }: DecisionProgram, accessKey: string): AccessKey | undefined {
  const shard = shardOf(keys, accessKey)
  const row = shard.rows.get(accessKey)
  return row === undefined ? undefined : readKey(shard, row)
}

function bucketOf({ name, owner, restrictsPublic, policy }: BucketEntry): Bucket {
  const stored = storedPolicy(policy)
  return {
    name,
    owner,
    publicAccessBlock: { ...nothingBlocked, RestrictPublicBuckets: restrictsPublic },
    ...(stored && { policy: stored }),
  }
}

function storedPolicy(policy: BucketEntry['policy']): BucketPolicy | undefined {
  switch (policy.kind) {
    case 'none':
      return undefined
    case 'unreadable':
      return { diagnostics: policy.diagnostics }
    case 'program':
      return { ...parsePolicy(policy.text), diagnostics: policy.diagnostics }
  }
}

function accountOf({ accounts }: DecisionProgram, id: string): readonly Account[] {
  const entry = shardOf(accounts, id).get(id)
  if (entry === undefined) return []
  const { restrictsPublic, canonicalId } = entry
  return [
    {
      id,
      publicAccessBlock: { ...nothingBlocked, RestrictPublicBuckets: restrictsPublic },
      ...(canonicalId !== undefined && { canonicalId }),
    },
  ]
}
