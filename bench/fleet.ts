import type { Question } from '../src/benchmark/decide-contender.js'
import { accessKeyName, bucketName } from '../src/benchmark/floor.js'
import {
  type AuthorizationRequest,
  type BucketJson,
  evaluate,
  type KeyJson,
  parseSnapshot,
  type SnapshotChange,
  type SnapshotJson,
  type SnapshotRow,
} from '../src/index.js'
import type { Random } from '../test/differential/random.js'

export const ACCOUNT = '111122223333'

const permissions = ['read', 'readwrite', 'write'] as const
/** The version of a key that has been removed. */
const REMOVED = -1

const below = (random: Random, limit: number): number => Math.floor(random() * limit)

/** A request by the numbers of its key and bucket. */
export interface LookUp {
  readonly request: AuthorizationRequest
  readonly key: number
  readonly bucket: number
  /** Whether the key has a grant on the bucket. */
  readonly isGranted: boolean
}

/**
 * Access keys with grants on buckets, of any number: each row is made when it is asked for, of its number and its version, so that nothing
 * keeps the source of what was compiled. It can change, key by key and bucket by bucket, and knows what its snapshot is then.
 */
export class Fleet {
  private readonly keyVersions: Int32Array
  private readonly bucketVersions: Int32Array
  private keyCount: number

  /** @param spare how many keys may be added later */
  constructor(
    keys: number,
    private readonly grants: number,
    private readonly buckets: number,
    spare = 0,
  ) {
    this.keyCount = keys
    // Written once, so that their pages count as the fleet's own before anything is measured.
    this.keyVersions = new Int32Array(keys + spare).fill(1).fill(0)
    this.bucketVersions = new Int32Array(buckets).fill(1).fill(0)
  }

  *rows(): Generator<SnapshotRow> {
    for (let bucket = 0; bucket < this.buckets; bucket++) yield { bucket: this.bucketRow(bucket) }
    for (const key of this.present()) yield { key: this.keyRow(key) }
  }

  snapshot(): SnapshotJson {
    return {
      buckets: Array.from({ length: this.buckets }, (_, bucket) => this.bucketRow(bucket)),
      keys: Array.from(this.present(), (key) => this.keyRow(key)),
    }
  }

  /** Every key with the names of its buckets; each name is one string, however many keys have it. */
  *grantTable(): Generator<readonly [string, readonly string[]]> {
    const names = Array.from({ length: this.buckets }, (_, bucket) => bucketName(bucket))
    for (const key of this.present()) {
      yield [accessKeyName(key), Array.from({ length: this.grants }, (_, grant) => names[this.bucketOf(key, grant)] as string)]
    }
  }

  /** A request, one in eight for a bucket that its key has no grant on. */
  lookUp(random: Random): LookUp {
    const key = below(random, this.keyCount)
    const isForeign = random() < 1 / 8
    const bucket = this.bucketOf(key, isForeign ? this.grants : below(random, this.grants))
    const request: AuthorizationRequest = {
      principal: { kind: 'key', accessKey: accessKeyName(key) },
      action: random() < 3 / 4 ? 's3:GetObject' : 's3:PutObject',
      bucket: bucketName(bucket),
      key: `${random() < 1 / 8 ? 'public1' : 'photos'}/${below(random, 100_000)}.jpg`,
      context: { 'aws:SourceIp': `203.0.113.${below(random, 256)}`, 'aws:SecureTransport': 'true' },
    }
    return { request, key, bucket, isGranted: !isForeign && this.keyVersions[key] !== REMOVED }
  }

  /** Such a request with the reference evaluator's verdict. */
  question(random: Random): Question {
    const { request, key, bucket } = this.lookUp(random)
    return { request, verdict: this.verdict(request, key, bucket) }
  }

  /** The next change of a fleet at work: a key's grants, a new key, a key gone, a bucket's policy. */
  change(random: Random): SnapshotChange {
    const kind = random()
    if (kind < 0.25) {
      const key = this.keyCount++
      if (key >= this.keyVersions.length) throw new RangeError('the fleet has no room for another key')
      return { keys: [this.keyRow(key)] }
    }
    if (kind < 0.35) {
      const bucket = below(random, this.buckets)
      this.bucketVersions[bucket] = (this.bucketVersions[bucket] as number) + 1
      return { buckets: [this.bucketRow(bucket)] }
    }
    const key = this.somebody(random)
    const version = this.keyVersions[key] as number
    this.keyVersions[key] = kind < 0.6 ? REMOVED : version + 1
    return kind < 0.6 ? { remove: { keys: [accessKeyName(key)] } } : { keys: [this.keyRow(key)] }
  }

  /**
   * The reference looks at the request's key and bucket and at nothing else of the snapshot, so the two rows are snapshot enough;
   * test/benchmark/workloads.test.ts compares with the whole.
   */
  private verdict(request: AuthorizationRequest, key: number, bucket: number) {
    const isPresent = this.keyVersions[key] !== REMOVED
    const { snapshot } = parseSnapshot({ buckets: [this.bucketRow(bucket)], keys: isPresent ? [this.keyRow(key)] : [] })
    if (snapshot === undefined) throw new Error('the fleet made an invalid row')
    return evaluate(snapshot, request).verdict
  }

  private *present(): Generator<number> {
    for (let key = 0; key < this.keyCount; key++) if (this.keyVersions[key] !== REMOVED) yield key
  }

  private somebody(random: Random): number {
    for (;;) {
      const key = below(random, this.keyCount)
      if (this.keyVersions[key] !== REMOVED) return key
    }
  }

  private keyRow(key: number): KeyJson {
    return {
      accessKey: accessKeyName(key),
      account: ACCOUNT,
      grants: Array.from({ length: this.grants }, (_, grant) => ({
        bucket: bucketName(this.bucketOf(key, grant)),
        permission: permissions[(grant + (this.keyVersions[key] as number)) % permissions.length] ?? 'read',
      })),
    }
  }

  private bucketRow(bucket: number): BucketJson {
    const name = bucketName(bucket)
    const version = this.bucketVersions[bucket] as number
    if (version === 0) return { name, owner: ACCOUNT }
    const Resource = `arn:aws:s3:::${name}/public${version}/*`
    return { name, owner: ACCOUNT, policy: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource }] } }
  }

  private bucketOf(key: number, grant: number): number {
    return (key * 7 + grant * 131) % this.buckets
  }
}
