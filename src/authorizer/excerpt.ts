import type { AccessKey } from '../grants/access-key.js'
import { parsePolicy } from '../policy/parser.js'
import { isBucket, ownerOf, policyOf } from '../program/buckets.js'
import type { DecisionProgram, LoadedBucketPolicy } from '../program/decision-program.js'
import * as layout from '../program/name-layout.js'
import { findName, memberOfName, textOfNumber } from '../program/names.js'
import { readKey } from '../program/read-key.js'
import { nothingBlocked } from '../public-access/public-access-block.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import { callerOf, noDirectory } from '../request/caller.js'
import type { Account, Bucket, BucketPolicy, Snapshot } from '../snapshot/snapshot.js'
import { findRow, hashFor, NO_ROW, shardFor } from '../tables/table.js'

/** The part of the compiled snapshot that a request is about, as a snapshot again: its bucket, its key, and the accounts of both. */
export function excerptFor(program: DecisionProgram, { principal, bucket: name }: AuthorizationRequest): Snapshot {
  const bucket = name === undefined ? undefined : findBucket(program, name)
  const key = principal.kind === 'key' ? findKey(program, principal.accessKey) : undefined
  const account =
    principal.kind === 'key'
      ? key?.account
      : principal.kind === 'canonicalUser'
        ? textOrNone(program, memberOfName(program, principal.id, layout.NAME_ACCOUNT))
        : callerOf(principal, noDirectory).account
  const accounts = [bucket?.owner, account].flatMap((id) => (id === undefined ? [] : findAccount(program, id)))
  return {
    buckets: new Map(bucket === undefined ? [] : [[bucket.name, bucket]]),
    keys: new Map(key === undefined ? [] : [[key.accessKey, key]]),
    accounts: new Map(accounts.map((each) => [each.id, each])),
  }
}

function findKey(program: DecisionProgram, accessKey: string): AccessKey | undefined {
  const hash = hashFor(program.keys, accessKey)
  const shard = shardFor(program.keys, hash)
  const row = findRow(shard, hash, accessKey)
  return row === NO_ROW ? undefined : readKey(shard.words, row, (number) => textOfNumber(program, number))
}

function findBucket(program: DecisionProgram, name: string): Bucket | undefined {
  const hash = hashFor(program.names, name)
  const shard = shardFor(program.names, hash)
  const record = findName(shard, hash, name)
  if (!isBucket(shard, record)) return undefined
  const flags = shard.words[record + layout.NAME_FLAGS] as number
  const policy = policyOf(shard, record)
  return {
    name,
    owner: ownerOf(program, shard, record),
    publicAccessBlock: { ...nothingBlocked, RestrictPublicBuckets: (flags & layout.FLAG_BUCKET_RESTRICTS) !== 0 },
    ...(policy && { policy: readPolicy(policy) }),
  }
}

function readPolicy(policy: LoadedBucketPolicy): BucketPolicy {
  const { diagnostics } = policy
  return policy.kind === 'unreadable' ? { diagnostics } : { ...parsePolicy(policy.text), diagnostics }
}

function findAccount(program: DecisionProgram, id: string): readonly Account[] {
  const flags = memberOfName(program, id, layout.NAME_FLAGS)
  if ((flags & layout.FLAG_ACCOUNT) === 0) return []
  const canonicalId = textOrNone(program, memberOfName(program, id, layout.NAME_CANONICAL_ID))
  return [
    {
      id,
      publicAccessBlock: { ...nothingBlocked, RestrictPublicBuckets: (flags & layout.FLAG_ACCOUNT_RESTRICTS) !== 0 },
      ...(canonicalId !== undefined && { canonicalId }),
    },
  ]
}

function textOrNone(program: DecisionProgram, number: number): string | undefined {
  return number === 0 ? undefined : textOfNumber(program, number)
}
